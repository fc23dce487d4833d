import type { AppError } from '#shared/base/app-error'
import type { Stop } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { type Cti, type CtiParts, createCtiListeners, type QueueMember, type QueueStatus, tellRated } from '../cti'
import { createTextLink, type TextLink } from '../text-link'
import { type AmiMessage, createAmiReader, writeAmi } from './ami-messages'

/**
 * The queue of an Asterisk (app_queue), over its manager interface: QueuePause, QueueStatus, and the events of callers. Written to the documentation of
 * Asterisk 16 to 20, and tried against a fake that speaks as documented; no real Asterisk has been asked.
 */
export interface AmiOptions {
  readonly host: string
  /** 5038 unless configured otherwise there. */
  readonly port: number
  readonly user: string
  readonly secret: string
  readonly queue: string
  /** How a member is called for an extension, e.g. `PJSIP/{extension}`. */
  readonly memberInterface: string
}

const answerWithinMs = 8_000
const pingEveryMs = 30_000

interface Waiting {
  readonly take: (message: AmiMessage) => void
  readonly lose: () => void
}

export function createAmiCti(options: AmiOptions, { clock, log, random }: CtiParts): Cti {
  const listeners = createCtiListeners((cause) => log.error('a listener of the queue failed', { cause: String(cause) }))
  const waiting = new Map<string, Waiting>()
  const answered = new Set<string>()
  let reader = createAmiReader()
  let isUp = false
  let count = 0
  let stopPinging: Stop = () => {}

  const link: TextLink = createTextLink({
    ...{ host: options.host, port: options.port, clock, random },
    onOpen: () => {
      reader = createAmiReader()
    },
    onBytes: (bytes) => {
      const wasGreeted = reader.hasBanner()
      const messages = reader.feed(bytes)
      if (!messages) return link.drop()
      // Before it is known who is there, no secret is told.
      if (!wasGreeted && reader.hasBanner()) void logIn()
      for (const message of messages) take(message)
    },
    onDown: (reason) => {
      stopPinging()
      for (const one of [...waiting.values()]) one.lose()
      if (isUp) log.warn('the exchange’s queue is away', { reason })
      const wasUp = isUp
      isUp = false
      if (wasUp) listeners.tell({ type: 'disconnected' })
    },
  })
  /** `collect` gets each message of this action; true ends it. Null: no answer. */
  const act = (fields: Readonly<Record<string, string>>, collect: (message: AmiMessage) => boolean): Promise<boolean> =>
    new Promise((resolve) => {
      count += 1
      const id = `seat-${count}`
      const end = (isAnswered: boolean): void => {
        stopWaiting()
        waiting.delete(id)
        resolve(isAnswered)
      }
      const stopWaiting = clock.after(answerWithinMs, () => end(false))
      waiting.set(id, { take: (message) => collect(message) && end(true), lose: () => end(false) })
      if (!link.send(writeAmi({ ...fields, ActionID: id }))) end(false)
    })
  const request = async (fields: Readonly<Record<string, string>>): Promise<Result<void, AppError>> => {
    let answer: AmiMessage | null = null
    const isAnswered = await act(fields, (message) => {
      answer = message
      return true
    })
    return outcomeOf(isAnswered ? answer : null)
  }

  async function logIn(): Promise<void> {
    const answer = await request({ Action: 'Login', Username: options.user, Secret: options.secret, Events: 'call,agent,user' })
    if (!answer.ok) {
      log.error('the exchange’s queue did not let us in', { code: answer.error.code, reason: answer.error.detail?.reason })
      return link.drop()
    }
    isUp = true
    stopPinging = clock.every(pingEveryMs, async () => {
      // A connection whose other end has vanished says nothing at all.
      if (!(await request({ Action: 'Ping' })).ok) link.drop()
    })
    listeners.tell({ type: 'connected' })
  }
  function take(message: AmiMessage) {
    const own = waiting.get(message.actionid ?? '')
    if (own) return own.take(message)
    const { uniqueid: callerId = '', event } = message
    // UserEvent(Satisfaction,Ref: …,Answer: …) of the dial plan's announcement.
    if (event === 'UserEvent' && message.userevent === 'Satisfaction') return tellRated(listeners, message, clock.now())
    if (message.queue !== options.queue) return
    if (event === 'QueueCallerJoin') listeners.tell({ type: 'callerJoined', callerId, at: clock.now() })
    // AgentConnect comes before QueueCallerLeave, and says who took the call.
    if (event === 'AgentConnect') {
      answered.add(callerId)
      listeners.tell({ type: 'callerLeft', callerId, extension: extensionOf(message), at: clock.now() })
    }
    if (event === 'QueueCallerLeave' && !answered.delete(callerId))
      listeners.tell({ type: 'callerLeft', callerId, extension: null, at: clock.now() })
  }
  const [before = '', after = ''] = options.memberInterface.split('{extension}')
  function extensionOf(message: AmiMessage): string | null {
    const name = message.interface ?? message.location ?? ''
    const isOurs = name.startsWith(before) && name.endsWith(after) && name.length > before.length + after.length
    return isOurs ? name.slice(before.length, name.length - after.length) : null
  }

  async function queueStatus(): Promise<Result<QueueStatus, AppError>> {
    const members: QueueMember[] = []
    const callers: { readonly callerId: string; readonly since: number }[] = []
    let refusal: AmiMessage | null = null
    const isAnswered = await act({ Action: 'QueueStatus', Queue: options.queue }, (message) => {
      const extension = message.event === 'QueueMember' ? extensionOf(message) : null
      if (extension !== null) members.push({ extension, state: stateOf(message) })
      if (message.event === 'QueueEntry')
        callers.push({ callerId: message.uniqueid ?? message.channel ?? '', since: clock.now() - 1_000 * Number(message.wait ?? 0) })
      if (message.response === 'Error') refusal = message
      return message.event === 'QueueStatusComplete' || refusal !== null
    })
    const outcome = outcomeOf(isAnswered ? (refusal ?? { response: 'Success' }) : null)
    return outcome.ok ? ok({ waiting: callers.toSorted((a, b) => a.since - b.since), members }) : outcome
  }
  return {
    pauseMember: (extension, pause) =>
      request({
        ...{
          Action: 'QueuePause',
          Queue: options.queue,
          Interface: `${before}${extension}${after}`,
          Paused: pause === null ? 'false' : 'true',
        },
        ...(pause !== null && { Reason: pause }),
      }),
    queueStatus,
    onEvent: listeners.add,
    isUp: () => isUp,
    stop: async () => {
      stopPinging()
      link.stop()
      for (const one of [...waiting.values()]) one.lose()
    },
  }
}

function outcomeOf(answer: AmiMessage | null): Result<void, AppError> {
  if (!answer) return err(appError('cti/offline'))
  return answer.response === 'Success' || answer.ping !== undefined
    ? ok(undefined)
    : err(appError('cti/refused', { reason: answer.message ?? '' }))
}

/** Device states as Asterisk numbers them: 1 not in use, 5 unavailable, 4 invalid, 0 unknown; the others are in use one way or another. */
function stateOf({ paused, status }: AmiMessage): QueueMember['state'] {
  if (status === '5' || status === '4') return 'away'
  if (paused === '1') return 'paused'
  return status === '1' || status === '0' ? 'free' : 'busy'
}
