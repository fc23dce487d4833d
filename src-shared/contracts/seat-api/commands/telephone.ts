import { Type } from 'typebox'
import { recordingReviewers } from '../../../domain/call/recording'
import { CallPurposeSchema, CallRecord, ChosenReasonSchema, PhoneNumber, WrapUpCodeSchema, WrapUpNote } from '../../call-shapes'
import { Position } from '../../case-shapes'
import { callRoutes, shiftReaders } from '../../central-api/calls'
import { MissedNote, missedCallRoutes } from '../../central-api/missed-calls'
import { HoldReason, RecordingMark, recordingRoutes } from '../../central-api/recordings'
import { CheckStepsSchema, checkReaders, seatCheckRoutes } from '../../central-api/seat-checks'
import { SupervisionModeSchema } from '../../central-api/supervision'
import { AccountNo, Empty, EpochMs, PageQuery, pageOf, plainText, Uuid } from '../../common'
import { command } from '../command'
import { central, closed } from '../shared-parts'
import { DirectoryEntry, TelephoneSettings } from '../telephone-views'

/**
 * The telephone. Commands of effect `line` act on the exchange now and are never queued: a call taken ten minutes later is wrong. Their answer says
 * that it was asked for; what becomes of it shows in `telephone.changed`. The sound commands are the page's half of the speech path.
 */
const line = [
  'phone/notConfigured',
  'phone/offline',
  'phone/refused',
  'phone/noAnswer',
  'phone/noMedia',
  'phone/notNow',
  'phone/callEnded',
] as const
const oneCall = ['call/unknown', 'call/ended', 'call/transferring', ...line] as const
const call = { callId: Uuid }
const ofCall = Type.Object(call, closed)
const CaseNo = Type.String({ minLength: 1, maxLength: 60, pattern: plainText })
const Words = Type.String({ minLength: 1, maxLength: 120, pattern: plainText })

export const telephoneCommands = {
  'telephone.dial': command({
    summary: '拨号；正在通话的一路先保持',
    input: Type.Object(
      {
        number: PhoneNumber,
        purpose: Type.Optional(Type.Enum(['outgoing', 'callback', 'consult', 'test'])),
        caseNo: Type.Optional(CaseNo),
      },
      closed,
    ),
    output: Type.Object({ callId: Uuid }),
    allowed: 'signedIn',
    effect: 'line',
    errors: ['call/bothLinesBusy', 'phone/badTarget', ...line],
  }),
  'telephone.answer': command({
    summary: '应答；正在通话的一路先保持',
    input: Type.Object({ ...call, by: Type.Optional(Type.Enum(['key', 'headset'])) }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['call/notRinging', ...oneCall],
  }),
  'telephone.reject': command({
    summary: '拒接振铃的来电',
    input: ofCall,
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['call/notRinging', ...oneCall],
  }),
  'telephone.hangUp': command({
    summary: '挂机；来电人还在时须按住或选原因',
    input: Type.Object({ ...call, pressedMs: Type.Integer({ minimum: 0, maximum: 600_000 }), reason: Type.Optional(Words) }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['call/citizenStillThere', ...oneCall],
  }),
  'telephone.hold': command({
    summary: '保持',
    input: ofCall,
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['call/notConnected', 'call/held', 'call/holdPending', 'call/inConference', ...oneCall],
  }),
  'telephone.resume': command({
    summary: '取回保持的一路；另一路先保持',
    input: ofCall,
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['call/notConnected', 'call/notHeld', 'call/holdPending', ...oneCall],
  }),
  'telephone.mute': command({
    summary: '静音或取消',
    input: Type.Object({ ...call, on: Type.Boolean() }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['call/notConnected', ...oneCall],
  }),
  'telephone.sendDigits': command({
    summary: '通话中送按键',
    input: Type.Object({ ...call, digits: Type.String({ minLength: 1, maxLength: 32 }) }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['call/notConnected', 'call/badDigits', ...oneCall],
  }),
  'telephone.transferBlind': command({
    summary: '直接转接；带案卷号则对方打开同一件',
    input: Type.Object({ ...call, target: PhoneNumber, caseNo: Type.Optional(CaseNo) }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['call/notConnected', 'call/inConference', 'phone/badTarget', ...oneCall],
  }),
  'telephone.askSatisfaction': command({
    summary: '办完以后把市民送到满意度评价，本席离线',
    input: ofCall,
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['phone/noSatisfaction', 'call/notCitizen', 'call/notConnected', 'call/inConference', ...oneCall],
  }),
  'telephone.completeTransfer': command({
    summary: '咨询后转接：保持的一路接给咨询的一路',
    input: Empty,
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['call/needsTwoCalls', 'call/notConnected', 'call/inConference', ...oneCall],
  }),
  'telephone.swap': command({
    summary: '两路切换',
    input: Empty,
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['call/needsTwoCalls', 'call/inConference', 'call/holdPending', 'call/notHeld', 'call/notConnected', ...oneCall],
  }),
  'telephone.join': command({
    summary: '三方会议',
    input: Empty,
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['call/needsTwoCalls', 'call/holdPending', ...line],
  }),
  'telephone.split': command({
    summary: '拆开会议：先来的一路保持',
    input: Empty,
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['call/needsTwoCalls', 'call/holdPending', ...line],
  }),
  'telephone.pauseRecording': command({
    summary: '暂停录音（如报身份证号时），原因记入通话记录',
    input: Type.Object({ ...call, reason: Words }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['call/unknown', 'call/notRecorded'],
  }),
  'telephone.resumeRecording': command({
    summary: '继续录音',
    input: ofCall,
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['call/unknown', 'call/notRecorded'],
  }),
  'telephone.reconnect': command({
    summary: '立即重新注册线路',
    input: Empty,
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['phone/notConfigured'],
  }),
  'telephone.supervise': command({
    summary: '监听、密语、强插或强拆一名在席人员的通话；先记入中心审计',
    input: Type.Object({ accountNo: AccountNo, mode: SupervisionModeSchema }, closed),
    output: Type.Object({ callId: Uuid }),
    allowed: ['shiftLead'],
    effect: 'line',
    errors: ['phone/noSupervision', 'agent/notAtSeat', 'agent/notTalking', 'call/bothLinesBusy', 'phone/badTarget', ...central, ...line],
  }),
  'telephone.place': command({
    summary: '正在办的来电落在哪里；随坐席状态告诉中心，不排队、不留存',
    input: Type.Object({ ...call, position: Type.Union([Position, Type.Null()]) }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'local',
    errors: ['call/unknown'],
  }),
  'telephone.showNumber': command({
    summary: '显示来电人的完整号码；记入审计',
    input: ofCall,
    output: Empty,
    allowed: 'signedIn',
    effect: 'queued',
    errors: ['call/unknown'],
  }),
  'telephone.keepCheck': command({
    summary: '记下本坐席今天的话机自检，送中心',
    input: Type.Object({ steps: CheckStepsSchema }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'queued',
    errors: [],
  }),
  'telephone.directory': command({
    summary: '通讯录：别的坐席、专业部门的值班电话、最近通话',
    input: Empty,
    output: Type.Object({ entries: Type.Array(DirectoryEntry) }),
    allowed: 'signedIn',
    effect: 'read',
    errors: [],
  }),
  'telephone.saveSettings': command({
    summary: '本机的话音设备、音量与自动应答',
    input: TelephoneSettings,
    output: Empty,
    allowed: 'always',
    whileLocked: true,
    effect: 'local',
    errors: [],
  }),

  'agent.showReady': command({
    summary: '示闲；通话和整理中选的是之后',
    input: Empty,
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['agent/signedOut', 'agent/cannotAnswer', 'agent/forcedByLead', 'phone/notConfigured'],
  }),
  'agent.showNotReady': command({
    summary: '示忙并选原因；通话和整理中选的是之后',
    input: Type.Object({ reason: ChosenReasonSchema }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'line',
    errors: ['agent/signedOut', 'phone/notConfigured'],
  }),
  'agent.raiseHand': command({
    summary: '举手：请值班长过来，说明原因',
    input: Type.Object({ reason: Words }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'local',
    errors: ['agent/signedOut', 'phone/notConfigured'],
  }),
  'agent.lowerHand': command({
    summary: '放下手',
    input: Empty,
    output: Empty,
    allowed: 'signedIn',
    effect: 'local',
    errors: [],
  }),
  'agent.acknowledge': command({
    summary: '值班长的文字提示看过了',
    input: Type.Object({ saidId: Uuid }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'local',
    errors: [],
  }),
  'agent.extendWrapUp': command({
    summary: '延长话后整理',
    input: Empty,
    output: Empty,
    allowed: 'signedIn',
    effect: 'local',
    errors: ['agent/signedOut', 'agent/notInWrapUp', 'agent/wrapUpTooLong'],
  }),
  'agent.finishWrapUp': command({
    summary: '结束话后整理，记下小结',
    input: Type.Object({ code: Type.Union([WrapUpCodeSchema, Type.Null()]), note: WrapUpNote }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'queued',
    errors: ['agent/signedOut', 'agent/notInWrapUp', 'agent/codeNeeded'],
  }),

  'callLog.list': command({
    summary: '本坐席的通话记录，新的在前',
    input: Type.Object(
      {
        ...PageQuery,
        which: Type.Optional(Type.Enum(['all', 'missed', 'incoming', 'outgoing'])),
        number: Type.Optional(PhoneNumber),
        /** Any digits of a number as people write it, `0451` or `8000`; spaces and strokes are left out. */
        digits: Type.Optional(Type.String({ pattern: '^[0-9]{1,20}$' })),
        purpose: Type.Optional(CallPurposeSchema),
        from: Type.Optional(EpochMs),
        until: Type.Optional(EpochMs),
      },
      closed,
    ),
    output: pageOf(CallRecord),
    allowed: 'signedIn',
    effect: 'read',
    errors: [],
  }),
  'callLog.get': command({
    summary: '一通电话的记录',
    input: ofCall,
    output: CallRecord,
    allowed: 'signedIn',
    effect: 'read',
    errors: ['record/notFound'],
  }),
  'callLog.describe': command({
    summary: '补记一通电话的小结',
    input: Type.Object({ ...call, code: Type.Union([WrapUpCodeSchema, Type.Null()]), note: WrapUpNote }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'queued',
    errors: ['record/notFound'],
  }),
  'callLog.promise': command({
    summary: '约定回拨时间，到时提醒；空：不再约定',
    input: Type.Object({ ...call, at: Type.Union([EpochMs, Type.Null()]) }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'queued',
    errors: ['record/notFound', 'call/noNumber'],
  }),
  'callLog.settleMissed': command({
    summary: '未接来电不再回拨，原因记入工作小结',
    input: Type.Object({ ...call, note: WrapUpNote }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'queued',
    errors: ['record/notFound'],
  }),

  'missedCalls.list': command({
    summary: '全中心的未接来电',
    input: Empty,
    output: missedCallRoutes['missedCalls.list'].response,
    allowed: missedCallRoutes['missedCalls.list'].roles,
    effect: 'live',
    errors: [...central],
  }),
  'missedCalls.claim': command({
    summary: '认领一个未接来电，取完整号码',
    input: Type.Object(call, closed),
    output: missedCallRoutes['missedCalls.claim'].response,
    allowed: missedCallRoutes['missedCalls.claim'].roles,
    effect: 'live',
    errors: [...central, 'record/notFound', 'call/claimed', 'call/noNumber'],
  }),
  'missedCalls.settle': command({
    summary: '全中心不再回拨一个未接来电',
    input: Type.Object({ ...call, note: MissedNote }, closed),
    output: Empty,
    allowed: missedCallRoutes['missedCalls.settle'].roles,
    effect: 'live',
    errors: [...central, 'record/notFound', 'call/claimed'],
  }),
  'seatChecks.list': command({
    summary: '今天各坐席的话机自检',
    input: seatCheckRoutes['seatChecks.list'].query,
    output: seatCheckRoutes['seatChecks.list'].response,
    allowed: checkReaders,
    effect: 'live',
    errors: [...central],
  }),
  'callLog.centre': command({
    summary: '全中心的通话记录，新的在前；号码遮住中间几位',
    input: callRoutes['calls.list'].query,
    output: callRoutes['calls.list'].response,
    allowed: shiftReaders,
    effect: 'live',
    errors: [...central],
  }),
  'recordings.open': command({
    summary: '收听一通电话的录音：本机有就用本机的，否则向中心取；每次收听都记入审计',
    input: Type.Object({ ...call, recordingId: Uuid }, closed),
    output: Type.Object({
      /** Names it in the address that the page plays: `recordings/<playId>.wav`. */
      playId: Uuid,
      source: Type.Enum(['seat', 'centre']),
      startedAt: EpochMs,
      durationMs: Type.Integer({ minimum: 0 }),
      marks: Type.Array(RecordingMark),
      /** Loudest sample of equal stretches, 0–1: left the far side, right the seat. */
      peaks: Type.Object({ left: Type.Array(Type.Number()), right: Type.Array(Type.Number()) }),
    }),
    allowed: 'signedIn',
    effect: 'live',
    errors: ['recording/unknown', 'recording/notYours', 'recording/notReady', 'recording/purged', ...central],
  }),
  'recordings.hold': command({
    summary: '保全一段有争议的录音，到期不清除；记入审计',
    input: Type.Object({ recordingId: Uuid, reason: HoldReason }, closed),
    output: recordingRoutes['recordings.hold'].response,
    allowed: recordingReviewers,
    effect: 'live',
    errors: ['recording/unknown', 'recording/purged', 'recording/held', ...central],
  }),
  'recordings.release': command({
    summary: '解除录音的保全；记入审计',
    input: Type.Object({ recordingId: Uuid, holdId: Uuid, reason: HoldReason }, closed),
    output: Empty,
    allowed: recordingReviewers,
    effect: 'live',
    errors: ['recording/notHeld', ...central],
  }),

  'sound.connect': command({
    summary: '页面的话音通道：交来 WebRTC 提议，取回应答',
    /** Candidates are in the SDP (no trickle): both ends are on this machine. A new offer takes the place of the channel before it. */
    input: Type.Object({ offerSdp: Type.String({ minLength: 1, maxLength: 65_536 }) }, closed),
    output: Type.Object({ answerSdp: Type.String() }),
    allowed: 'always',
    whileLocked: true,
    effect: 'local',
    errors: ['sound/unavailable', 'phone/soundRefused'],
  }),
  'sound.report': command({
    summary: '页面所见的话筒与听筒，每秒一次，变化时立即',
    input: Type.Object(
      {
        microphone: Type.Enum(['present', 'absent', 'denied']),
        microphoneLabel: Type.Union([Type.String({ maxLength: 200, pattern: plainText }), Type.Null()]),
        /** Highest sample since the last report, 0–1 of full scale, before any gain of ours. */
        microphonePeak: Type.Number({ minimum: 0, maximum: 1 }),
        isSpeakerAlive: Type.Boolean(),
        speakerLabel: Type.Union([Type.String({ maxLength: 200, pattern: plainText }), Type.Null()]),
        /** What the page measured of arriving speech in the last second; left out while nothing is played. */
        playout: Type.Optional(
          Type.Object(
            {
              /** How long speech waits in the page before it is played, milliseconds. */
              delayMs: Type.Union([Type.Number({ minimum: 0, maximum: 60_000 }), Type.Null()]),
              /** Share that was made up because nothing had come, 0–1. */
              concealedRatio: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]),
              /** Of the way from the program to the page alone: share lost, and jitter in milliseconds. */
              lossRatio: Type.Optional(Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()])),
              jitterMs: Type.Optional(Type.Union([Type.Number({ minimum: 0 }), Type.Null()])),
            },
            closed,
          ),
        ),
      },
      closed,
    ),
    output: Empty,
    allowed: 'always',
    whileLocked: true,
    effect: 'local',
    errors: [],
  }),
} as const
