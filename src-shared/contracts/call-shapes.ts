import { type Static, Type } from 'typebox'
import { agentPhases, chosenReasons, notReadyReasons } from '../domain/agent/state'
import { callPurposes } from '../domain/call/call'
import { endCauseNames, endedByNames } from '../domain/call/ending'
import { satisfactionNames } from '../domain/call/satisfaction'
import { wrapUpCodeIds } from '../domain/call/wrap-up'
import { AccountNo, EpochMs, Name, orNull, plainText, SeatNo, Uuid } from './common'

/** Shapes of telephone facts that the seat API and the central API share. Numbers are in the one form of `domain/call/number.ts`. */
const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>): K[] => Object.keys(table) as K[]
export const PhoneNumber = Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\s@<>":;?\\u0000-\\u001f\\u007f]+$' })
export const CallPurposeSchema = Type.Enum(keysOf(callPurposes))
export const EndedBySchema = Type.Enum(keysOf(endedByNames))
export const EndCauseSchema = Type.Enum(keysOf(endCauseNames))
export const SatisfactionSchema = Type.Enum(keysOf(satisfactionNames))
export const WrapUpCodeSchema = Type.Enum([...wrapUpCodeIds])
export const AgentPhaseSchema = Type.Enum(keysOf(agentPhases))
export const NotReadyReasonSchema = Type.Enum(keysOf(notReadyReasons))
/** Those that a person may choose. */
export const ChosenReasonSchema = Type.Enum([...chosenReasons])
export const WrapUpNote = Type.String({ maxLength: 500, pattern: '^[^\\u0000-\\u0009\\u000b-\\u001f\\u007f]*$' })

/** What was measured over a call at this seat, both ways; null where nothing was measured. */
export const CallQuality = Type.Object({
  /** Mean opinion score of ITU-T G.107, 1–4.5: the mean of the call's seconds, and the worst of them. */
  mosMean: orNull(Type.Number({ minimum: 1, maximum: 5 })),
  mosWorst: orNull(Type.Number({ minimum: 1, maximum: 5 })),
  /** Share of the far side's packets that were lost, 0–1. */
  lossRatio: orNull(Type.Number({ minimum: 0, maximum: 1 })),
  jitterMs: orNull(Type.Number({ minimum: 0 })),
  roundTripMs: orNull(Type.Number({ minimum: 0 })),
  /**
   * The last part of the way, from the program to the page and its headset: lost and jitter of the loopback, and the share of sound that was made up.
   * Left out or null: not measured.
   */
  seat: Type.Optional(
    orNull(
      Type.Object({
        lossRatio: orNull(Type.Number({ minimum: 0, maximum: 1 })),
        jitterMs: orNull(Type.Number({ minimum: 0 })),
        concealedRatio: orNull(Type.Number({ minimum: 0, maximum: 1 })),
      }),
    ),
  ),
})
export type CallQuality = Static<typeof CallQuality>

/** One call that is over. */
export const CallRecord = Type.Object(
  {
    callId: Uuid,
    direction: Type.Enum(['incoming', 'outgoing']),
    purpose: CallPurposeSchema,
    /** Null: withheld, or no number. */
    number: orNull(Type.String({ maxLength: 64, pattern: plainText })),
    displayName: orNull(Type.String({ maxLength: 120, pattern: plainText })),
    isWithheld: Type.Boolean(),
    calledNumber: orNull(Type.String({ maxLength: 64, pattern: plainText })),
    caseNo: orNull(Type.String({ maxLength: 60, pattern: plainText })),
    seatNo: SeatNo,
    /** Who sat there; null when nobody was signed in. */
    accountNo: orNull(AccountNo),
    name: orNull(Name),
    startedAt: EpochMs,
    answeredAt: orNull(EpochMs),
    endedAt: EpochMs,
    answeredBy: orNull(Type.Enum(['key', 'headset', 'policy'])),
    endedBy: EndedBySchema,
    cause: EndCauseSchema,
    sipStatus: orNull(Type.Integer({ minimum: 0, maximum: 999 })),
    q850: orNull(Type.Integer({ minimum: 0, maximum: 127 })),
    /** The reason that the seat chose for hanging up while the citizen was still there. */
    hangUpReason: orNull(Type.String({ maxLength: 120, pattern: plainText })),
    /** The call went on over a restart of the program. */
    wasResumed: Type.Boolean(),
    quality: orNull(CallQuality),
    /** Kept recording of this call; null: none. */
    recordingId: orNull(Uuid),
    wrapUpCode: orNull(WrapUpCodeSchema),
    wrapUpNote: orNull(WrapUpNote),
    /** When the person promised to call back; left out or null: nothing was promised. */
    callBackAt: Type.Optional(orNull(EpochMs)),
    /** What the citizen said to the service; `awaited` from the seat that asked, the answer from the centre. Left out or null: nobody asked. */
    satisfaction: Type.Optional(orNull(SatisfactionSchema)),
  },
  { additionalProperties: false },
)
export type CallRecord = Static<typeof CallRecord>

/** A stretch of one person's time in one state; statistics of the shift add them up. `reason` is a `NotReadyReason` or what was forced. */
export const AgentInterval = Type.Object(
  {
    intervalId: Uuid,
    seatNo: SeatNo,
    accountNo: AccountNo,
    phase: AgentPhaseSchema,
    reason: orNull(Type.String({ maxLength: 60, pattern: plainText })),
    /** Technical faults are kept out of people's scores. */
    isForced: Type.Boolean(),
    callId: orNull(Uuid),
    startedAt: EpochMs,
    endedAt: EpochMs,
  },
  { additionalProperties: false },
)
export type AgentInterval = Static<typeof AgentInterval>
