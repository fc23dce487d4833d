import { type Static, Type } from 'typebox'
import type { Handover } from '../../../domain/shift/handover'
import { DutyLogSearch, dutyLogRoutes } from '../../central-api/duty-log'
import { rosterWriters, shiftPosts, shiftRoutes } from '../../central-api/shift'
import { AccountNo, Empty, Name, Password, plainText, Uuid } from '../../common'
import { command } from '../command'
import { central, closed } from '../shared-parts'

/** The handover: records of this seat (queued); roster, requests and attendance: live, the centre decides. */
const onHandover = { handoverId: Uuid }
const Words = (maxLength: number) => Type.String({ maxLength })
const Line = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: plainText })
const Code = Type.String({ pattern: '^[0-9]{6}$' })
const disk = ['store/full', 'store/readOnly'] as const
const record = { allowed: shiftPosts, effect: 'queued' } as const

export const handoverCommands = {
  'handover.begin': command({
    ...record,
    summary: '开始交班：按此刻的事实汇总',
    input: Type.Object({ form: Type.Enum(['lead', 'post']) }, closed),
    output: Type.Object(onHandover),
    errors: [...disk],
  }),
  'handover.refresh': command({
    ...record,
    summary: '重新汇总到此刻',
    input: Type.Object(onHandover, closed),
    output: Empty,
    errors: [...disk, 'handover/unknown', 'handover/sealedBefore', 'handover/notYours', 'handover/ended'],
  }),
  'handover.noteItem': command({
    ...record,
    summary: '写明一项待办或特殊事项',
    input: Type.Object({ ...onHandover, section: Type.Enum(['openItems', 'special']), title: Line(200), ownerName: Words(40) }, closed),
    output: Empty,
    errors: [...disk, 'handover/unknown', 'handover/sealedBefore', 'handover/notYours', 'handover/ended'],
  }),
  'handover.dropItem': command({
    ...record,
    summary: '划去一项自己写的',
    input: Type.Object({ ...onHandover, itemId: Line(120) }, closed),
    output: Empty,
    errors: [...disk, 'handover/unknown', 'handover/sealedBefore', 'handover/notYours', 'handover/ended'],
  }),
  'handover.seal': command({
    ...record,
    summary: '交班签字，内容封存',
    input: Type.Object({ ...onHandover, judgement: Words(4000), focus: Words(2000), reminder: Words(2000) }, closed),
    output: Empty,
    errors: [...disk, 'handover/unknown', 'handover/sealedBefore', 'handover/notYours', 'handover/ended', 'handover/writtenFormDue'],
  }),
  'handover.enter': command({
    summary: '接班人在本席以本人口令确认身份',
    allowed: shiftPosts,
    effect: 'live',
    input: Type.Object({ ...onHandover, accountNo: AccountNo, password: Password }, closed),
    output: Type.Object({ name: Type.String() }),
    errors: [
      ...central,
      'auth/wrongPassword',
      'auth/lockedOut',
      'auth/accountDisabled',
      'auth/offlineUnknown',
      'handover/ownAcceptance',
      'request/busy',
    ],
  }),
  'handover.point': command({
    ...record,
    summary: '复述、收下、提问、回答一项，或写异议',
    input: Type.Object(
      { ...onHandover, pointId: Line(120), did: Type.Enum(['read', 'take', 'ask', 'answer', 'object']), text: Words(500) },
      closed,
    ),
    output: Empty,
    errors: [
      ...disk,
      'handover/unknown',
      'handover/notSealed',
      'handover/ended',
      'handover/notYours',
      'handover/ownAcceptance',
      'handover/pointUnknown',
      'handover/questionOpen',
      'handover/reasonMissing',
    ],
  }),
  'handover.accept': command({
    ...record,
    summary: '接班签字',
    input: Type.Object(onHandover, closed),
    output: Empty,
    errors: [
      ...disk,
      'handover/unknown',
      'handover/notSealed',
      'handover/acceptedBefore',
      'handover/ownAcceptance',
      'handover/pointsDue',
      'handover/otherDigest',
    ],
  }),
  'handover.acceptByCode': command({
    ...record,
    summary: '交班坐席录入接班人念回的口令',
    input: Type.Object({ ...onHandover, incomingNo: AccountNo, incomingName: Name, reply: Code }, closed),
    output: Empty,
    errors: [...disk, 'handover/unknown', 'handover/notSealed', 'handover/notYours', 'handover/wrongCode', 'handover/acceptedBefore'],
  }),
  'handover.reply': command({
    summary: '接班坐席由对方念的口令算出要念回的口令',
    allowed: shiftPosts,
    effect: 'read',
    input: Type.Object({ code: Code }, closed),
    output: Type.Object({ reply: Code }),
    errors: [],
  }),
  'handover.leave': command({
    ...record,
    summary: '没有人接班而离岗：写明理由和准许人',
    input: Type.Object({ ...onHandover, reason: Words(500), consentBy: Type.Union([Words(40), Type.Null()]) }, closed),
    output: Empty,
    errors: [...disk, 'handover/unknown', 'handover/notSealed', 'handover/notYours', 'handover/ended', 'handover/reasonMissing'],
  }),
  'handover.leavePost': command({
    ...record,
    summary: '没有人接班而要签出：把本班所知交班签字，写明理由离岗',
    input: Type.Object({ reason: Words(500), consentBy: Type.Union([Words(40), Type.Null()]) }, closed),
    output: Empty,
    errors: [...disk, 'handover/reasonMissing', 'handover/notYours', 'handover/ended', 'handover/sealedBefore'],
  }),
  'handover.abandon': command({
    ...record,
    summary: '放弃这次还没有签字的交班',
    input: Type.Object(onHandover, closed),
    output: Empty,
    errors: [...disk, 'handover/unknown', 'handover/sealedBefore', 'handover/notYours', 'handover/ended'],
  }),
} as const

const live = { effect: 'live' } as const
export const shiftCommands = {
  ...handoverCommands,
  'dutyLog.search': command({
    ...live,
    summary: '查历年工作日志',
    allowed: [...shiftPosts, 'admin'],
    input: DutyLogSearch,
    output: Type.Object({
      items: Type.Array(Type.Unsafe<import('../../central-api/duty-log').DutyLogEntry>(Type.Object({}))),
      next: Type.Union([Type.String(), Type.Null()]),
    }),
    errors: [...central],
  }),
  'dutyLog.verify': command({
    ...live,
    summary: '验证工作日志的封签',
    allowed: [...shiftPosts, 'admin'],
    input: Empty,
    output: Type.Unsafe<Static<typeof import('../../central-api/duty-log').dutyLogRoutes['dutyLog.verify']['response']>>(Type.Object({})),
    errors: [...central],
  }),
  'dutyLog.archive': command({
    ...live,
    summary: '取一个月的工作日志归档',
    allowed: [...shiftPosts, 'admin'],
    input: dutyLogRoutes['dutyLog.archive'].query,
    /** `records`: the handovers as their steps fold. */
    output: Type.Unsafe<import('../../central-api/duty-log').DutyLogArchive & { readonly records: readonly Handover[] }>(Type.Object({})),
    errors: [...central],
  }),
  'roster.people': command({
    ...live,
    summary: '看可排班的人',
    allowed: rosterWriters,
    input: Empty,
    output: shiftRoutes['roster.people'].response,
    errors: [...central],
  }),
  'roster.read': command({
    ...live,
    summary: '看排班表',
    allowed: 'signedIn',
    input: shiftRoutes['roster.read'].query,
    output: shiftRoutes['roster.read'].response,
    errors: [...central, 'request/invalid'],
  }),
  'roster.write': command({
    ...live,
    summary: '写排班表',
    allowed: rosterWriters,
    input: shiftRoutes['roster.write'].body,
    output: shiftRoutes['roster.write'].response,
    errors: [...central, 'roster/unfit', 'request/invalid'],
  }),
  'admissions.create': command({
    ...live,
    summary: '准许非当班上机',
    allowed: rosterWriters,
    input: shiftRoutes['admissions.create'].body,
    output: shiftRoutes['admissions.create'].response,
    errors: [...central, ...shiftRoutes['admissions.create'].errors],
  }),
  'shiftRequests.list': command({
    ...live,
    summary: '看请假、调班等申请',
    allowed: shiftPosts,
    input: Empty,
    output: shiftRoutes['shiftRequests.list'].response,
    errors: [...central],
  }),
  'shiftRequests.ask': command({
    ...live,
    summary: '申请请假、调休、调班，报加班',
    allowed: shiftPosts,
    input: shiftRoutes['shiftRequests.ask'].body,
    output: shiftRoutes['shiftRequests.ask'].response,
    errors: [...central, ...shiftRoutes['shiftRequests.ask'].errors],
  }),
  'shiftRequests.answer': command({
    ...live,
    summary: '办理一项申请',
    allowed: shiftPosts,
    input: Type.Object({ requestId: Uuid, ...shiftRoutes['shiftRequests.answer'].body.properties }, closed),
    output: shiftRoutes['shiftRequests.answer'].response,
    errors: [...central, ...shiftRoutes['shiftRequests.answer'].errors],
  }),
  'attendance.read': command({
    ...live,
    summary: '看考勤',
    allowed: shiftPosts,
    input: shiftRoutes['attendance.read'].query,
    output: shiftRoutes['attendance.read'].response,
    errors: [...central, 'request/invalid'],
  }),
  'attendance.correct': command({
    ...live,
    summary: '更正一班考勤',
    allowed: rosterWriters,
    input: shiftRoutes['attendance.correct'].body,
    output: shiftRoutes['attendance.correct'].response,
    errors: [...central, 'attendance/own'],
  }),
} as const
