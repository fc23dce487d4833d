import { describe, expect, it } from 'vitest'
import type { CaseFacts } from '#shared/domain/case/facts'
import type { CaseActor, HistoryEntry } from '#shared/domain/case/history'
import type { CentreProfile } from '#shared/domain/case/profile'
import { progressOf } from '#shared/domain/case/progress'
import { workCalendarOf } from '#shared/domain/clock/work-calendar'
import { fakeProfileDocument } from '../../../../src-renderer/bridge/fake-case-data'
import { systemChecks, tickItems } from '../../../../src-renderer/features/cases/workspace/checks'
import { responsibleRow } from '../../../../src-renderer/features/cases/workspace/forms/responsible-row'
import { historyLines } from '../../../../src-renderer/features/cases/workspace/history-rows'
import { layOut, offersOf } from '../../../../src-renderer/features/cases/workspace/offers'
import { stagesOf } from '../../../../src-renderer/features/cases/workspace/stages'

/** What the workspace says of a case, from its history alone. */
const profile = fakeProfileDocument as CentreProfile
const calendar = workCalendarOf([])
const start = Date.parse('2026-11-20T08:12:00+08:00')
const at = (minutes: number) => start + minutes * 60_000
const intake: CaseActor = { accountNo: '0101', name: '吴敏', role: 'intake', departmentCode: null }
const lead: CaseActor = { accountNo: '0102', name: '李强', role: 'shiftLead', departmentCode: null }
const dispatcher: CaseActor = { accountNo: '0103', name: '赵云', role: 'dispatcher', departmentCode: null }
const operator: CaseActor = { accountNo: '0109', name: '陈立', role: 'departmentOperator', departmentCode: 'D01' }
const facts: CaseFacts = {
  ...{
    source: 'collector',
    kind: 'component',
    standard: 'GB/T 47678.5-2026',
    subclassCode: '01002',
    subclassName: '污水井盖',
    majorName: '公用设施',
  },
  ...{ description: '井盖开裂', address: '新疆大街 46 号', position: { lng: 126.6, lat: 45.6 }, gridCode: '230108001001001' },
  ...{ communityCode: '230108001001', streetCode: '230108001', componentCode: null, isUrgent: false, isSensitive: false, namedAgents: [] },
  ...{ hasCitizen: false, wantsReply: false, mayNotBeCalled: false, cameraNo: null, external: null, instruction: null },
}
const step = (
  seq: number,
  minutes: number,
  action: HistoryEntry['action'],
  by: CaseActor,
  from: HistoryEntry['from'],
  to: HistoryEntry['to'],
  input = {},
): HistoryEntry => ({
  ...{ seq, at: at(minutes), action, by, from, to, input },
})
const history: readonly HistoryEntry[] = [
  step(1, 0, 'register', intake, null, 'reported'),
  step(2, 19, 'preFile', intake, 'reported', 'preFiled', { opinion: '属实。' }),
  step(3, 26, 'file', lead, 'preFiled', 'filed', { opinion: '同意。' }),
  step(4, 31, 'undo', lead, 'filed', 'preFiled', { undoes: 3 }),
  step(5, 34, 'file', lead, 'preFiled', 'filed', { opinion: '同意立案。' }),
  step(6, 39, 'dispatch', dispatcher, 'filed', 'dispatched', {
    ...{ departmentCode: 'D01', departmentName: '区排水管护所', limit: { value: 2, unit: 'urgentHour' }, opinion: '请处置' },
  }),
  step(7, 185, 'reportHandled', operator, 'dispatched', 'handled', { opinion: '已更换。', photoIds: ['p'] }),
]
const progressAfter = (count: number) => {
  const progress = progressOf({ facts, photoIds: ['q'] }, history.slice(0, count))
  if (!progress) throw new Error('no registration')
  return progress
}
const context = (count: number, minutes: number) => ({ progress: progressAfter(count), profile, calendar, now: at(minutes) })

describe('stages of a case', () => {
  it('tells times, lengths, who and by how much it ran over', () => {
    const stages = stagesOf(context(7, 190))
    expect(stages.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'current', 'todo', 'todo'])
    expect(stages[0]).toMatchObject({ lines: ['08:12–08:31　19 分'], who: '吴敏', overrun: '超 9 分' })
    expect(stages[3]).toMatchObject({ lines: ['08:51–11:17　2 小时 26 分'], who: '陈立', overrun: '超 26 分' })
    expect(stages[4]).toMatchObject({ lines: ['11:17 起　5 分'], who: '督查员 待督查，剩 25 分', overrun: null })
  })

  it('leaves out what was never entered and names who holds it now', () => {
    const [collect, establish, , handle] = stagesOf(context(6, 60))
    expect(collect?.state).toBe('done')
    expect(establish?.state).toBe('done')
    expect(handle).toMatchObject({ state: 'current', who: '区排水管护所 处置中，剩 1 小时 39 分' })
  })
})

describe('history of a case', () => {
  const lines = historyLines({ ...context(7, 190), history, pending: [], seenVersion: 6, reader: lead.accountNo, beginning: facts })

  it('gives each step its time against its limit', () => {
    expect(lines[1]).toMatchObject({ title: '预立案', used: '超 9 分', isOver: true, who: '吴敏 受理员' })
    expect(lines[5]).toMatchObject({
      title: '派遣',
      used: '5',
      limit: '10 分',
      isOver: false,
      text: '区排水管护所，限 2 紧急工作时，请处置',
    })
    expect(lines[6]).toMatchObject({ title: '处置完毕', used: '超 26 分', isOver: true, text: '已更换，照片 1', isNew: true })
  })

  it('strikes through what was taken back, and says what it waits for', () => {
    expect(lines[2]).toMatchObject({ title: '立案', isUndone: true, used: '' })
    expect(lines[3]).toMatchObject({ title: '撤销', text: '撤回第 3 步' })
    expect(lines[3]?.isUndone).toBeUndefined()
    expect(lines.at(-1)).toMatchObject({ title: '待督查', tone: 'now', used: '5', limit: '30 分' })
  })

  it('tells what a correction changed, from what to what, and not to its author as news', () => {
    const corrected = [
      ...history.slice(0, 2),
      step(3, 22, 'amend', lead, 'preFiled', 'preFiled', { facts: { subclassCode: '06010', subclassName: '暴露垃圾' }, reason: '看错' }),
      step(4, 23, 'amend', lead, 'preFiled', 'preFiled', { facts: { address: '北门', isUrgent: true }, reason: '补正' }),
      step(5, 24, 'amend', lead, 'preFiled', 'preFiled', { facts: { address: '南门' }, reason: '再补' }),
    ]
    const told = (reader: string) =>
      historyLines({ ...context(2, 30), history: corrected, pending: [], seenVersion: 2, reader, beginning: facts }).slice(2, 5)
    const [subclass, place, again] = told('other')
    expect(subclass).toMatchObject({
      text: `小类 ${facts.subclassCode} ${facts.subclassName} → 06010 暴露垃圾，看错`,
      isNew: true,
    })
    expect(place?.text).toBe(`位置 ${facts.address} → 北门，紧急程度 ${facts.isUrgent ? '紧急' : '一般'} → 紧急，补正`)
    expect(again?.text).toBe('位置 北门 → 南门，再补')
    expect(told(lead.accountNo)[0]?.isNew).toBeUndefined()
  })

  it('shows what was not sent yet, with the reason when it was refused', () => {
    const note = { intentId: 'i', action: 'addOpinion' as const, input: { opinion: '已核' }, writtenAt: at(188), byName: '李强' }
    const pending = [
      { ...note, reason: null },
      { ...note, reason: '已结案' },
    ]
    const shown = historyLines({ ...context(7, 190), history, pending, seenVersion: null, reader: lead.accountNo, beginning: facts })
    expect(shown.slice(7, 9).map(({ text, isPending }) => ({ text, isPending }))).toEqual([
      { text: '待发送　已核', isPending: true },
      { text: '未被接受：已结案　已核', isPending: true },
    ])
  })
})

describe('checks before closing', () => {
  const photo = { attachmentId: 'a', fileName: 'a', mediaType: 'image/jpeg', bytes: 1, width: 1, height: 1, uploadedAt: at(200), seq: 7 }
  const before = { ...photo, purpose: 'report' as const, takenAt: at(0), distanceM: 4 }
  const check = { ...photo, purpose: 'check' as const, takenAt: at(234), distanceM: 3 }

  it('compares places and times, and says when there is nothing to compare', () => {
    const verdicts = (attachments: Parameters<typeof systemChecks>[1]) =>
      systemChecks(progressAfter(7), attachments, intake).map(({ verdict }) => verdict)
    expect(verdicts([before, check])).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect(verdicts([before, { ...check, distanceM: 51, takenAt: at(180) }])).toEqual(['warn', 'warn', 'ok', 'ok'])
    expect(verdicts([{ ...before, distanceM: null }])).toEqual(['unknown', 'unknown', 'ok', 'ok'])
  })

  it('asks about the overrun only where there is one', () => {
    const checked = { isWithoutCheck: false }
    expect(tickItems(checked, '恢复', null).map(({ id, text, isDue }) => [id, text, isDue])).toEqual([
      ['closingMet', '达到结案条件：恢复', true],
      ['siteCleared', '现场已清理，围挡已撤', true],
    ])
    const late = { id: 'overrunTrue', text: '超时原因属实，计入责任单位', isDue: false, note: '提醒项　超 26 分' }
    expect(tickItems(checked, null, '超 26 分').at(-1)).toEqual(late)
    expect(tickItems({ isWithoutCheck: true }, '恢复', '超 26 分'), 'an approval leaves no site to look at').toEqual([late])
  })
})

describe('what is offered', () => {
  const offered = (count: number, actor: CaseActor, reasons: { liveReason?: string; lockReason?: string } = {}) =>
    offersOf({ progress: progressAfter(count), profile, actor, now: at(40), liveReason: null, lockReason: null, ...reasons })

  it('puts one action on each key, of the post alone, with the form it needs', () => {
    const { buttons } = layOut(offered(6, operator))
    expect(buttons.slice(0, 2).map(({ action, key }) => [action, key])).toEqual([
      ['reportHandled', 'F9'],
      ['requestSendBack', 'F10'],
    ])
    expect(buttons[0]?.fields).toContain('photoIds')
    expect(offered(6, intake).map(({ action }) => action)).not.toContain('reportHandled')
  })

  it('greys with the reason: the rule, the centre that is away, the other editor', () => {
    const reasonOf = (action: string, offers: ReturnType<typeof offered>) => offers.find((offer) => offer.action === action)?.reason
    expect(reasonOf('reportHandled', offered(6, { ...operator, departmentCode: 'D02' }))).toContain('没有派给您的部门')
    expect(reasonOf('reportHandled', offered(6, operator, { liveReason: '中心离线' }))).toBe('中心离线')
    expect(reasonOf('reportHandled', offered(6, operator, { lockReason: '周敏正在编辑' }))).toBe('周敏正在编辑')
    expect(reasonOf('addOpinion', offered(6, operator, { liveReason: '中心离线' }))).toBeNull()
  })
})

describe('who answers for a place', () => {
  const row = (areaCode: string, departmentCode: string) => ({
    ...{
      kind: 'component' as const,
      subclassCode: '01002',
      areaCode,
      departmentCode,
      legalBasis: '条例',
      limit: { value: 1, unit: 'workingDay' as const },
    },
  })

  it('takes the narrowest area that contains it', () => {
    const rows = [row('230108', 'A'), row('230108001', 'B'), row('230108002', 'C')]
    expect(responsibleRow(rows, facts)?.departmentCode).toBe('B')
    expect(responsibleRow(rows, { ...facts, streetCode: '230108009', communityCode: '230108009001' })?.departmentCode).toBe('A')
    expect(responsibleRow(rows, { ...facts, kind: 'event' })).toBeUndefined()
  })
})
