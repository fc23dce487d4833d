import type { CallRecord } from '#shared/contracts/call-shapes'
import type { SoundView, TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import type { AgentDesk } from './agent-desk'
import type { CallDesk } from './call-desk'
import type { Line } from './line'
import type { SupervisionDesk } from './supervision'
import { agentView, callView, registrationView } from './views'

/** The whole telephone as windows see it. */
export interface Shown {
  readonly line: Pick<Line, 'setup' | 'registration'>
  readonly lineReason: string | null
  readonly desk: Pick<CallDesk, 'telephone' | 'notesOf'>
  readonly agent: Pick<AgentDesk, 'state' | 'faults'>
  readonly sound: SoundView
  readonly offsetMs: number
  readonly lastEnded: CallRecord | null
  readonly supervision: Pick<SupervisionDesk, 'listeners' | 'modes'>
  readonly hand: TelephoneView['hand']
  readonly said: TelephoneView['said']
  readonly hidesNumbers: boolean
}

export function showTelephone({
  line,
  lineReason,
  desk,
  agent,
  sound,
  offsetMs,
  lastEnded,
  supervision,
  hand,
  said,
  hidesNumbers,
}: Shown): TelephoneView {
  const setup = line.setup()
  const registration = line.registration()
  const { calls, focusId, isConference } = desk.telephone()
  return {
    line: setup ? 'configured' : lineReason === null ? 'unconfigured' : 'incomplete',
    lineReason,
    extension: setup?.profile.account ?? null,
    exchangeName: setup?.profile.name ?? null,
    isDemonstration: setup?.isDemonstration ?? false,
    registration: registration && registrationView(registration, offsetMs),
    agent: agentView(agent.state()),
    faults: [...agent.faults()],
    calls: calls.map((call) => callView(call, desk.notesOf(call.callId), hidesNumbers)),
    focusId,
    isConference,
    sound,
    listeners: supervision.listeners(),
    hand,
    said: [...said],
    echoNumber: setup?.profile.echoNumber ?? null,
    asksSatisfaction: setup !== null && setup.profile.satisfactionTarget !== null,
    supervisionModes: supervision.modes(),
    lastEnded,
    hidesNumbers,
  }
}
