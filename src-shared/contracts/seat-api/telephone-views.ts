import { type Static, Type } from 'typebox'
import { faultIds } from '../../domain/agent/answerability'
import { callPhaseIds } from '../../domain/call/call'
import { warningWords } from '../../domain/call/quality'
import { AgentPhaseSchema, CallPurposeSchema, CallRecord, NotReadyReasonSchema } from '../call-shapes'
import { AgentOnBoard, RaisedHand } from '../central-api/calls'
import { SupervisionModeSchema } from '../central-api/supervision'
import { AccountNo, EpochMs, orNull, plainText, Uuid } from '../common'

/**
 * The telephone as windows see it. Times are the centre's, as on all records; running clocks are the window's work. Words for ids are in the
 * domain: `callPhases`, `agentPhases`, `notReadyReasons`, `faultWords`, `warningWords`, `endCauseNames`.
 */
const text = Type.String({ maxLength: 200 })

export const RegistrationStateView = Type.Object({
  state: Type.Enum(['off', 'trying', 'registered', 'refused', 'unreachable']),
  since: EpochMs,
  /** Last answer of the registrar, e.g. 403 Forbidden. */
  status: orNull(Type.Integer()),
  reason: orNull(text),
  nextTryAt: orNull(EpochMs),
  expiresAt: orNull(EpochMs),
  /** Whether the exchange answers our OPTIONS; null: not asked yet. */
  isAnswering: orNull(Type.Boolean()),
  roundTripMs: orNull(Type.Number()),
  transport: Type.Enum(['UDP', 'TCP', 'TLS']),
  localAddress: orNull(text),
})

export const ForcedView = Type.Union([
  Type.Object({ by: Type.Literal('fault'), faults: Type.Array(Type.Enum([...faultIds])) }),
  Type.Object({ by: Type.Literal('unansweredRing') }),
  Type.Object({ by: Type.Literal('shiftLead'), accountNo: AccountNo, note: text }),
  Type.Object({ by: Type.Literal('absence') }),
])

/** `wish` is what the person wants when nothing stands against it; during a call it is what comes after it. */
export const AgentView = Type.Object({
  phase: AgentPhaseSchema,
  since: EpochMs,
  wish: Type.Union([
    Type.Object({ phase: Type.Literal('ready') }),
    Type.Object({ phase: Type.Literal('notReady'), reason: NotReadyReasonSchema }),
  ]),
  forced: orNull(ForcedView),
  callId: orNull(Uuid),
  wrapUpEndsAt: orNull(EpochMs),
  /** The wrap-up lasts until the call has its code. */
  isCodeDue: Type.Boolean(),
})
export type AgentView = Static<typeof AgentView>

export const TelephoneCallView = Type.Object({
  callId: Uuid,
  direction: Type.Enum(['incoming', 'outgoing']),
  purpose: CallPurposeSchema,
  phase: Type.Enum([...callPhaseIds]),
  held: Type.Enum(['none', 'local', 'remote', 'both']),
  isHoldPending: Type.Boolean(),
  isMuted: Type.Boolean(),
  /** In the one form of `domain/call/number.ts` (`writeNumber` for people); null when withheld or no number. */
  number: orNull(text),
  /** Text from outside: shown as text, never as anything else. */
  displayName: orNull(text),
  isWithheld: Type.Boolean(),
  /** The line that was called, when the exchange says so. */
  calledNumber: orNull(text),
  /** The case that a transfer carried here. */
  caseNo: orNull(text),
  startedAt: EpochMs,
  answeredAt: orNull(EpochMs),
  /** Speech is interrupted although the call lives. */
  isInterrupted: Type.Boolean(),
  /** The call goes on after a restart of the program, and the far side has not confirmed it yet. */
  isResuming: Type.Boolean(),
  /** It went on over a restart of the program: the half-typed report is there. */
  wasResumed: Type.Boolean(),
  /** The far side is heard before it answers: the program plays no ringing tone of its own. */
  hasEarlyMedia: Type.Boolean(),
  recording: Type.Enum(['off', 'on', 'paused']),
  transfer: orNull(Type.Object({ kind: Type.Enum(['blind', 'attended', 'satisfaction']), target: text })),
  /** Set when the call will be answered by policy after the beep. */
  answersItselfAt: orNull(EpochMs),
  /** The centre wants a citizen's number hidden, and nobody has shown it: windows write its middle as stars. */
  isNumberHidden: Type.Boolean(),
  /** It was taken over from this colleague, and who calls has come along; null: neither. */
  handedBy: orNull(text),
  /** A part in the call of this colleague. */
  supervision: orNull(Type.Object({ mode: SupervisionModeSchema, accountNo: AccountNo, name: text, seatNo: text })),
})
export type TelephoneCallView = Static<typeof TelephoneCallView>

export const SoundView = Type.Object({
  /** Speech flows between the page and this program. */
  isUp: Type.Boolean(),
  microphone: Type.Enum(['present', 'absent', 'denied']),
  microphoneLabel: orNull(text),
  /** Since when it gives nothing but digital silence; null while it is heard. Levels are the page's own: it holds the microphone. */
  microphoneSilentSince: orNull(EpochMs),
  isSpeakerAlive: Type.Boolean(),
  speakerLabel: orNull(text),
})
export type SoundView = Static<typeof SoundView>

export const ListenerView = Type.Object({
  accountNo: AccountNo,
  name: text,
  mode: SupervisionModeSchema,
  since: EpochMs,
})

/** What a shift lead wrote to the person here and the person has not read. */
export const SaidView = Type.Object({ saidId: Uuid, byName: text, words: text, at: EpochMs })

export const TelephoneView = Type.Object({
  /** `unconfigured` 未配置电话: this seat has no extension; `incomplete`: it has one, and its password or profile is missing or wrong. */
  line: Type.Enum(['unconfigured', 'incomplete', 'configured']),
  /** Why it is incomplete, one sentence. */
  lineReason: orNull(text),
  extension: orNull(text),
  exchangeName: orNull(text),
  /** The exchange is a simulated one; every screen says 演示. */
  isDemonstration: Type.Boolean(),
  registration: orNull(RegistrationStateView),
  agent: AgentView,
  /** Faults found now, the one to mend first leading; shown also while the person is not ready. */
  faults: Type.Array(Type.Enum([...faultIds])),
  /** In the order in which they began; at most two. */
  calls: Type.Array(TelephoneCallView),
  focusId: orNull(Uuid),
  isConference: Type.Boolean(),
  sound: SoundView,
  /** Who listens to this seat now. */
  listeners: Type.Array(ListenerView),
  /** This seat asks for the shift lead; null: it does not. */
  hand: orNull(RaisedHand),
  /** Of the shift lead, unread; the oldest first. */
  said: Type.Array(SaidView),
  /** What is dialled to hear oneself; null: the exchange has none. */
  echoNumber: orNull(text),
  /** The exchange has an announcement that asks citizens how the service was. */
  asksSatisfaction: Type.Boolean(),
  /** Which parts in colleagues' calls the exchange offers. */
  supervisionModes: Type.Array(SupervisionModeSchema),
  /** The last call that ended, until the next begins: the wrap-up is about it. */
  lastEnded: orNull(CallRecord),
  /** The centre wants citizens' numbers hidden on the bar. */
  hidesNumbers: Type.Boolean(),
})
export type TelephoneView = Static<typeof TelephoneView>

/** What each agent of the hall does now, for those who answer for the shift; empty for others. `readAt`: how old it is. */
export const AgentsView = Type.Object({ agents: Type.Array(AgentOnBoard), readAt: orNull(EpochMs) })
export type AgentsView = Static<typeof AgentsView>

/** The hotline's queue as the centre last told it. `none`: the centre has no way to the exchange's queue. */
export const QueueView = Type.Object({
  state: Type.Enum(['unknown', 'none', 'known']),
  waiting: Type.Integer({ minimum: 0 }),
  /** Since when the first in the line waits; null: nobody does. */
  longestSince: orNull(EpochMs),
  /** Seats that could take a call now. */
  free: Type.Integer({ minimum: 0 }),
  readAt: orNull(EpochMs),
})
export type QueueView = Static<typeof QueueView>

/** Each second of each live call; apart from the telephone, so that only what shows it paints. */
export const CallQualityView = Type.Object({
  calls: Type.Array(
    Type.Object({
      callId: Uuid,
      mos: orNull(Type.Number()),
      lossRatio: orNull(Type.Number()),
      jitterMs: orNull(Type.Number()),
      roundTripMs: orNull(Type.Number()),
      warnings: Type.Array(Type.Enum(Object.keys(warningWords) as (keyof typeof warningWords)[])),
    }),
  ),
})
export type CallQualityView = Static<typeof CallQualityView>

/** A call to be given back: one that nobody took, or one whose caller was promised a time. Missed calls of one number are one entry. */
export const MissedCallView = Type.Object({
  number: orNull(text),
  displayName: orNull(text),
  count: Type.Integer({ minimum: 1 }),
  lastCallId: Uuid,
  lastAt: EpochMs,
  /** When it should be given back; null for withheld numbers, which cannot. */
  dueAt: orNull(EpochMs),
  isPromised: Type.Boolean(),
})
export type MissedCallView = Static<typeof MissedCallView>

/** The newest calls at this seat and those to be given back; older ones are asked for by page. */
export const CallLogView = Type.Object({ recent: Type.Array(CallRecord), missed: Type.Array(MissedCallView) })
export type CallLogView = Static<typeof CallLogView>

/** A device by the id that the page's browser gives it. Ids change with the browser's profile and the socket it is plugged into; then the label finds it. */
export const DeviceChoice = Type.Object(
  { deviceId: Type.String({ minLength: 1, maxLength: 200 }), label: Type.String({ maxLength: 200, pattern: plainText }) },
  { additionalProperties: false },
)
export type DeviceChoice = Static<typeof DeviceChoice>

/** How this PC's telephone is used. A device that nobody chose (null) is the machine's own default. */
export const TelephoneSettings = Type.Object(
  {
    microphone: orNull(DeviceChoice),
    speaker: orNull(DeviceChoice),
    /** Where it rings: often the PC's own loudspeaker. */
    ringer: orNull(DeviceChoice),
    /** Echo canceller, noise suppression and automatic gain of the page; off for headsets that do it themselves. */
    improvesMicrophone: Type.Boolean(),
    /** 0–1 of the device; the microphone up to twice. */
    speakerVolume: Type.Number({ minimum: 0, maximum: 1 }),
    ringerVolume: Type.Number({ minimum: 0, maximum: 1 }),
    microphoneGain: Type.Number({ minimum: 0, maximum: 2 }),
    answersItself: Type.Boolean(),
    /** From the first ring to the answer by policy; a beep comes first. */
    answersItselfAfterMs: Type.Integer({ minimum: 0, maximum: 10_000 }),
  },
  { additionalProperties: false },
)
export type TelephoneSettings = Static<typeof TelephoneSettings>

export const DirectoryEntry = Type.Object({
  kind: Type.Enum(['seat', 'person', 'department', 'recent']),
  name: text,
  number: text,
  /** Beside the name: the person on duty at a seat, the post of a person, the type of a department. */
  detail: orNull(text),
})
export type DirectoryEntry = Static<typeof DirectoryEntry>

/** Before anybody chose: the machine's own devices, and no answering by itself. */
export const usualTelephoneSettings: TelephoneSettings = {
  microphone: null,
  speaker: null,
  ringer: null,
  improvesMicrophone: true,
  speakerVolume: 1,
  ringerVolume: 1,
  microphoneGain: 1,
  answersItself: false,
  answersItselfAfterMs: 3_000,
}
