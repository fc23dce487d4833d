/**
 * How a call ended: who ended it and why, from SIP status codes (RFC 3261 §21), Reason headers (RFC 3326) and Q.850 causes, in words that a seat
 * and a shift lead can settle a dispute with. It decides nothing about the call itself.
 */
export type EndedBy = 'caller' | 'seat' | 'exchange' | 'network' | 'program'

export const endedByNames: Readonly<Record<EndedBy, string>> = {
  caller: '对方挂机',
  seat: '本席挂机',
  exchange: '交换机结束',
  network: '线路中断',
  program: '程序结束',
}

/** `answered`: they talked. The others never did, except `interrupted`. */
export type EndCause =
  | 'answered'
  | 'missed'
  | 'abandoned'
  | 'rejected'
  | 'answeredElsewhere'
  | 'busy'
  | 'noAnswer'
  | 'unreachable'
  | 'wrongNumber'
  | 'forbidden'
  | 'transferred'
  | 'interrupted'
  | 'failed'

export const endCauseNames: Readonly<Record<EndCause, string>> = {
  answered: '正常结束',
  missed: '未接',
  abandoned: '来电人放弃',
  rejected: '拒接',
  answeredElsewhere: '他席已接',
  busy: '对方忙',
  noAnswer: '无人接听',
  unreachable: '无法接通',
  wrongNumber: '空号或号码有误',
  forbidden: '线路不允许此呼叫',
  transferred: '已转出',
  interrupted: '通话中断',
  failed: '呼叫失败',
}

/** In a few words: who hung up, or what became of it. `satisfaction`: set when the citizen was passed to the announcement after the call. */
export function endingWords({ endedBy, cause, satisfaction }: EndingSaid): string {
  if (cause === 'transferred' && satisfaction) return '已送评价'
  return cause === 'answered' ? endedByNames[endedBy] : endCauseNames[cause]
}
export interface EndingSaid extends Pick<Ending, 'endedBy' | 'cause'> {
  readonly satisfaction?: string | null | undefined
}

export interface Ending {
  readonly endedBy: EndedBy
  readonly cause: EndCause
  /** SIP status of the final answer, when one ended it. */
  readonly sipStatus: number | null
  /** Q.850 cause 1–127 from a Reason header; the trunk's own word. */
  readonly q850: number | null
}

/** What signalling saw, in its own words (`CallEnd` of the user agent has this shape). */
export interface EndFacts {
  /** `network`: nobody hung up; the call was lost. */
  readonly endedBy: 'here' | 'peer' | 'network'
  readonly how: 'bye' | 'cancelled' | 'rejected' | 'redirected' | 'noAnswer' | 'lost' | 'transferred' | 'replaced' | 'answeredElsewhere'
  readonly sipCause: number | null
  readonly q850Cause: number | null
}

/** `direction` and `wasAnswered` are of the call that ends; `wanted` is set when this seat asked for the end. */
export interface EndContext {
  readonly direction: 'incoming' | 'outgoing'
  readonly wasAnswered: boolean
  readonly wanted?: 'hangUp' | 'reject' | 'transferred' | 'programEnds' | undefined
}

export function endingOf(facts: EndFacts, context: EndContext): Ending {
  const cause = context.wasAnswered
    ? causeOfTalk(facts, context)
    : context.direction === 'incoming'
      ? causeOfRing(facts)
      : causeOfAttempt(facts)
  return { endedBy: whoEnded(facts, context), cause, sipStatus: facts.sipCause, q850: facts.q850Cause }
}

function whoEnded({ endedBy, how }: EndFacts, { wanted, wasAnswered, direction }: EndContext): EndedBy {
  if (endedBy === 'network') return 'network'
  // RFC 5589 §6.1: whichever side says BYE after the transfer, the seat was who passed the caller on.
  if (how === 'transferred') return 'seat'
  if (endedBy === 'here') return wanted === 'programEnds' ? 'program' : 'seat'
  // A refusal of what we dialled, or a CANCEL because another seat took it, comes from the exchange; BYE and other CANCELs are the caller's.
  return !wasAnswered && (direction === 'outgoing' || how === 'answeredElsewhere') ? 'exchange' : 'caller'
}

function causeOfTalk({ endedBy, how }: EndFacts, { wanted }: EndContext): EndCause {
  if (how === 'transferred' || wanted === 'transferred') return 'transferred'
  return endedBy === 'network' ? 'interrupted' : 'answered'
}

function causeOfRing({ endedBy, how }: EndFacts): EndCause {
  if (how === 'answeredElsewhere') return 'answeredElsewhere'
  if (endedBy === 'here') return 'rejected'
  return endedBy === 'peer' && how === 'cancelled' ? 'abandoned' : 'missed'
}

function causeOfAttempt({ endedBy, how, sipCause, q850Cause }: EndFacts): EndCause {
  if (endedBy === 'network') return 'unreachable'
  // The seat gave up before anybody answered.
  if (endedBy === 'here' || how === 'noAnswer') return 'noAnswer'
  return (q850Cause !== null && q850Causes.get(q850Cause)) || (sipCause !== null && statusCause(sipCause)) || 'failed'
}

const q850Causes: ReadonlyMap<number, EndCause> = new Map([
  [1, 'wrongNumber'],
  [3, 'unreachable'],
  [17, 'busy'],
  [18, 'noAnswer'],
  [19, 'noAnswer'],
  [20, 'unreachable'],
  [21, 'rejected'],
  [22, 'wrongNumber'],
  [27, 'unreachable'],
  [28, 'wrongNumber'],
  [34, 'unreachable'],
  [38, 'unreachable'],
  [41, 'unreachable'],
  [42, 'unreachable'],
  [50, 'forbidden'],
  [55, 'forbidden'],
  [57, 'forbidden'],
])

const statusCauses: ReadonlyMap<number, EndCause> = new Map([
  [401, 'forbidden'],
  [403, 'forbidden'],
  [404, 'wrongNumber'],
  [407, 'forbidden'],
  [408, 'noAnswer'],
  [410, 'wrongNumber'],
  [480, 'noAnswer'],
  [484, 'wrongNumber'],
  [486, 'busy'],
  [487, 'noAnswer'],
  [488, 'failed'],
  [503, 'unreachable'],
  [600, 'busy'],
  [603, 'rejected'],
  [604, 'wrongNumber'],
])

const statusCause = (status: number): EndCause => statusCauses.get(status) ?? (status >= 500 && status < 600 ? 'unreachable' : 'failed')

/** A missed call is one that a citizen made and nobody at this seat took; it goes to the shift's list of calls to give back. */
export const isMissed = (ending: Ending): boolean => ending.cause === 'missed' || ending.cause === 'abandoned'
