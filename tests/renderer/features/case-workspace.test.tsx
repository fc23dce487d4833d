import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { ReferenceDocument } from '#shared/contracts/reference'
import type { RoleId } from '#shared/domain/account/role'
import type { CaseState } from '#shared/domain/case/states'
import { createFakeCases, rowOfFake } from '../../../src-renderer/bridge/fake-cases'
import { fakeReference } from '../../../src-renderer/bridge/fake-data'
import { CaseSettingsProvider, useCaseSettings } from '../../../src-renderer/features/cases/use-case-settings'
import { CaseWorkspace } from '../../../src-renderer/features/cases/workspace/case-workspace'
import { show } from './show'

/** The desk of a case on the fake core, driven by keyboard and pointer; the real rules answer. */
const handbook: ReferenceDocument<'handbook'> = {
  kind: 'handbook',
  title: '指挥手册',
  standard: 'GB/T 47678.5-2026',
  entries: (
    [
      ['component', '01002', '污水井盖'],
      ['event', '06001', '暴露垃圾'],
      ['component', '01005', '路灯'],
      ['event', '06002', '道路破损'],
      ['event', '06003', '店外经营'],
      ['component', '01006', '行道树'],
      ['event', '06006', '机动车乱停放'],
      ['event', '06008', '油烟污染'],
    ] as const
  ).map(([kind, subclassCode, name]) => ({
    ...{
      kind,
      subclassCode,
      name,
      closing: '恢复原状，现场清理干净',
      departmentType: '市政',
      legalBasis: '《城市道路管理条例》第二十七条',
    },
    conditions: [
      {
        conditionId: `${kind === 'event' ? 'E' : 'C'}${subclassCode}-1`,
        text: '缺失、移位、开裂，存在安全隐患',
        limit: { value: 2, unit: 'urgentHour' as const },
      },
      {
        conditionId: `${kind === 'event' ? 'E' : 'C'}${subclassCode}-2`,
        text: '破损面积超过 25 平方厘米',
        limit: { value: 4, unit: 'workingHour' as const },
      },
    ],
  })),
}
const responsibility: ReferenceDocument<'responsibility'> = {
  kind: 'responsibility',
  title: '责任矩阵',
  standard: 'GB/T 47678.5-2026',
  rows: handbook.entries.map(({ kind, subclassCode }) => ({
    ...{ kind, subclassCode, areaCode: '230108', departmentCode: 'D07', legalBasis: '《城市道路管理条例》第二十七条' },
    limit: { value: 1, unit: 'workingDay' as const },
  })),
}
const reference = [
  ...fakeReference,
  ...([handbook, responsibility] as const).map((document) => ({
    entry: { kind: document.kind, id: 'test', title: document.title, hash: document.kind, entries: 1, origin: 'city' as const },
    document,
  })),
]

function casesIn(state: CaseState, source?: string): readonly string[] {
  return [...createFakeCases(Date.now()).values()]
    .filter((one) => {
      const row = rowOfFake(one)
      return row.state === state && !row.isSensitive && !row.isRecused && (source === undefined || row.source === source)
    })
    .map(({ caseId }) => caseId)
}

function Opened({ ids }: { readonly ids: readonly string[] }) {
  const [caseId, setCaseId] = useState(ids[0] ?? '')
  const settings = useCaseSettings()
  const [isClosed, setClosed] = useState(false)
  if (isClosed) return <p>已回到列表</p>
  return (
    settings && (
      <CaseWorkspace
        caseId={caseId}
        queue="toClose"
        neighbours={ids}
        onNext={(by) => setCaseId((before) => ids[ids.indexOf(before) + by] ?? before)}
        onClose={() => setClosed(true)}
        onOpenCase={setCaseId}
      />
    )
  )
}

const open = (ids: readonly string[], role: RoleId, more: Parameters<typeof show>[2] = {}) =>
  show(
    <CaseSettingsProvider>
      <Opened ids={ids} />
    </CaseSettingsProvider>,
    role,
    { reference, ...more },
  )

const said = (text: RegExp) => expect.element(page.getByText(text).first()).toBeVisible()
const asked = (shown: Awaited<ReturnType<typeof open>>, command: string) => shown.asked(command) as readonly Record<string, unknown>[]

/** C goes to the checks, Space ticks, Tab goes on. */
async function tickChecks(): Promise<void> {
  await userEvent.keyboard('c {Tab} ')
  await said(/必核 2 项已齐/)
}

describe('deciding', () => {
  it('asks for each mandatory check before it closes, and puts the cursor there', async () => {
    const shown = await open(casesIn('checked', 'collector'), 'shiftLead')
    await expect.element(page.getByText(/由您编辑/)).toBeVisible()
    await said(/必核 2 项，已核 0 项/)
    await userEvent.keyboard('{F9}')
    await said(/还有必核项没有勾：达到结案条件、现场已清理/)
    await userEvent.keyboard(' ')
    await said(/必核 2 项，已核 1 项/)
    await userEvent.keyboard('{F9}')
    await said(/还有必核项没有勾：现场已清理/)
    expect(asked(shown, 'cases.act')).toEqual([])
    await userEvent.keyboard(' ')
    await said(/必核 2 项已齐/)
    await userEvent.keyboard('{F9}')
    await said(/已结案 /)
    expect(asked(shown, 'cases.act')[0]).toMatchObject({ action: 'close', input: { checklist: ['closingMet', 'siteCleared'] } })
  })

  it('closes, opens the next case by itself, and takes the decision back while that is open', async () => {
    const ids = casesIn('checked', 'collector')
    const shown = await open(ids, 'shiftLead')
    await expect.element(page.getByText(/由您编辑/)).toBeVisible()
    await tickChecks()
    await userEvent.keyboard('{F9}')
    await said(/已结案 /)
    await said(/第 2 条/)
    const [act] = asked(shown, 'cases.act')
    expect(act).toMatchObject({ caseId: ids[0], action: 'close', input: { opinion: '现场已恢复，达到结案条件，同意结案。' } })
    await said(/本次已办 1 件/)
    await userEvent.keyboard('{Control>}z{/Control}')
    await said(/已撤销/)
    expect(asked(shown, 'cases.undo')[0]).toMatchObject({ caseId: ids[0], actId: act?.actId })
    await said(/第 1 条/)
  })

  it('asks for the reason before it sends back, and puts the cursor where it belongs', async () => {
    const shown = await open(casesIn('checked', 'collector'), 'shiftLead')
    await expect.element(page.getByText(/由您编辑/)).toBeVisible()
    await userEvent.keyboard('{F10}')
    await said(/还缺：理由/)
    expect(document.activeElement?.tagName).toBe('TEXTAREA')
    expect(asked(shown, 'cases.act')).toEqual([])
    await userEvent.keyboard('照片不符{F10}')
    await said(/已返工/)
    expect(asked(shown, 'cases.act')[0]).toMatchObject({ action: 'rework', input: { reason: '照片不符' } })
  })

  it('files under the condition chosen from the handbook, with a ready phrase', async () => {
    const shown = await open(casesIn('preFiled', 'collector'), 'shiftLead')
    await expect.element(page.getByText(/由您编辑/)).toBeVisible()
    await userEvent.keyboard('g{ArrowDown} ')
    await expect.element(page.getByRole('option', { selected: true })).toHaveAttribute('data-condition', expect.stringMatching(/-2$/))
    await userEvent.keyboard('{Control>}2{/Control}{F9}')
    await said(/已立案/)
    expect(asked(shown, 'cases.act')[0]).toMatchObject({
      action: 'file',
      input: { conditionId: expect.stringMatching(/-2$/), opinion: expect.stringContaining('安全隐患') },
    })
  })

  it('dispatches by the proposal of the matrix, from an inline form, with Ctrl+Enter', async () => {
    const shown = await open(casesIn('filed', 'hotline'), 'dispatcher')
    await expect.element(page.getByText(/由您编辑/)).toBeVisible()
    await userEvent.keyboard('{Control>}1{/Control}{F9}')
    await said(/依责任矩阵/)
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await said(/已派遣/)
    expect(asked(shown, 'cases.act')[0]).toMatchObject({
      action: 'dispatch',
      input: {
        departmentCode: 'D07',
        departmentName: '区市政管理处',
        limit: { value: 1, unit: 'workingDay' },
        legalBasis: '《城市道路管理条例》第二十七条',
      },
    })
  })

  it('sends a collector of the grid to verify', async () => {
    const shown = await open(casesIn('reported', 'hotline'), 'intake')
    await expect.element(page.getByText(/由您编辑/)).toBeVisible()
    await page.getByRole('button', { name: '发核实' }).click()
    await page.getByRole('combobox', { name: '监督员' }).click()
    await page.getByText(/邵春生　在岗/).click()
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await said(/已发核实/)
    expect(asked(shown, 'cases.act')[0]).toMatchObject({ action: 'orderVerification', input: { collectorNo: '0901' } })
  })

  it('says what changed when somebody was faster, marks it, and keeps the words', async () => {
    const [first = ''] = casesIn('preFiled', 'collector')
    const shown = await open([first], 'shiftLead')
    await expect.element(page.getByText(/由您编辑/)).toBeVisible()
    await page.getByRole('textbox', { name: '办理意见' }).fill('我写的话')
    shown.core.failNext('cases.act', 'record/stale', { current: 3 })
    await userEvent.keyboard('{F9}')
    await said(/刚被他人改过/)
    await expect.element(page.getByRole('textbox', { name: '办理意见' })).toHaveValue('我写的话')
    expect(shown.core.decideAs('intake', first, 'addOpinion', { opinion: '来电人又打来' }).ok).toBe(true)
    await said(/1 条新经过/)
  })
})

describe('marks on a photo', () => {
  it('have all keys while their editor is open: keeping them decides nothing, taking one back takes no decision back', async () => {
    const ids = casesIn('preFiled', 'collector')
    const shown = await open(ids, 'shiftLead')
    await expect.element(page.getByText(/由您编辑/)).toBeVisible()
    await userEvent.keyboard('pa')
    await expect.element(page.getByRole('region', { name: '标注' })).toBeVisible()
    // F9 and J are not the desk's; C takes the next colour, Enter puts an arrow.
    await userEvent.keyboard('{F9}jc{Enter}{Enter}')
    await userEvent.keyboard('{Control>}z{/Control}')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await said(/标注照片已记下/)
    expect(asked(shown, 'cases.note')[0]).toMatchObject({
      ...{ caseId: ids[0], action: 'annotatePhoto' },
      input: { annotations: [{ kind: 'arrow', colour: 'yellow' }] },
    })
    expect(asked(shown, 'cases.act')).toEqual([])
    expect(asked(shown, 'cases.undo')).toEqual([])
    await said(/第 1 条/)
    await expect.element(page.getByRole('region', { name: '标注' })).not.toBeInTheDocument()
    // Back on the photos, the desk's keys mean what they did.
    await userEvent.keyboard('{F9}')
    await said(/已立案/)
  })
})

describe('forms', () => {
  const choose = async (title: string) => {
    await userEvent.keyboard('{Control>}0{/Control}')
    await page.getByRole('menuitem', { name: title }).click()
  }

  it('corrects a case: a code that cannot be one is refused in words, the history tells before and after', async () => {
    const [first = ''] = casesIn('preFiled', 'collector')
    const shown = await open([first], 'shiftLead')
    await expect.element(page.getByText(/由您编辑/)).toBeVisible()
    await choose('更正案卷')
    await expect.element(page.getByRole('button', { name: /^立案/ })).not.toHaveClass(/primary/)
    await page.getByRole('textbox', { name: '单元网格' }).fill('2301080010050')
    await page.getByRole('textbox', { name: '位置' }).fill('小区北门')
    await userEvent.keyboard('{Control>}1{/Control}')
    await page.getByRole('button', { name: /^提交/ }).click()
    await said(/应为 15 位数字/)
    expect(document.activeElement?.getAttribute('aria-label')).toBe('单元网格')
    expect(asked(shown, 'cases.act')).toEqual([])
    await page.getByRole('textbox', { name: '单元网格' }).fill('230108001005018')
    await page.getByRole('button', { name: /^提交/ }).click()
    await said(/已更正案卷/)
    await said(/位置 .+ → 小区北门/)
    await expect.element(page.getByText(/条新经过/)).not.toBeInTheDocument()
    await expect.element(page.getByText(/本次已办/)).not.toBeInTheDocument()
  })

  it('relates any case found by its number', async () => {
    const [first = '', second = ''] = casesIn('checked', 'collector')
    const other = rowOfFake(createFakeCases(Date.now()).get(second) as Parameters<typeof rowOfFake>[0])
    const shown = await open([first], 'shiftLead')
    await expect.element(page.getByText(/由您编辑/)).toBeVisible()
    await choose('关联案卷')
    await page.getByRole('combobox', { name: '另一案卷' }).fill(other.caseNo)
    await page.getByTitle(new RegExp(other.caseNo)).first().click()
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await said(/已关联案卷/)
    expect(asked(shown, 'cases.act')[0]).toMatchObject({ action: 'relate', input: { otherCaseId: second, otherCaseNo: other.caseNo } })
  })

  it('hand a case over to inspection, which the case then says', async () => {
    const shown = await open(casesIn('checked', 'collector'), 'shiftLead')
    await expect.element(page.getByText(/由您编辑/)).toBeVisible()
    await page.getByRole('button', { name: /^督办/ }).click()
    await expect.element(page.getByRole('radio', { name: '督办' })).toBeChecked()
    await page.getByText('移交监察', { exact: true }).click()
    await page.getByLabelText('要求办结时间').fill('2030-01-02 10:00')
    await userEvent.keyboard('{Enter}')
    await page.getByRole('textbox', { name: '理由' }).fill('多次逾期')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.element(page.getByText(/次，已移交监察/)).toBeVisible()
    expect(asked(shown, 'cases.act')[0]).toMatchObject({ action: 'oversee', input: { oversightLevel: 'inspection', reason: '多次逾期' } })
  })

  it('close with Esc before the case does, also from a field', async () => {
    await open(casesIn('checked', 'collector'), 'shiftLead')
    await expect.element(page.getByText(/由您编辑/)).toBeVisible()
    await page.getByRole('button', { name: /^督办/ }).click()
    const form = page.getByRole('region', { name: /^督办/ })
    await expect.element(form).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(form).not.toBeInTheDocument()
    await userEvent.keyboard('h')
    await expect.element(page.getByRole('region', { name: '基本情况' })).not.toBeInTheDocument()
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('region', { name: '基本情况' })).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await said(/已回到列表/)
  })
})

describe('reading', () => {
  it('lets a second person read, and the shift lead take over', async () => {
    const [first = ''] = casesIn('checked', 'collector')
    const shown = await open([first], 'shiftLead', {
      prepare: (core) => core.failNext('cases.lock', 'case/locked', { name: '周敏', seatNo: '01', until: '10:20' }),
    })
    await said(/周敏（01 席）正在编辑/)
    await userEvent.keyboard('{F9}')
    await said(/周敏（坐席 01）正在编辑/)
    expect(asked(shown, 'cases.act')).toEqual([])
    await page.getByRole('button', { name: '接管' }).click()
    await expect.element(page.getByText(/由您编辑/)).toBeVisible()
    expect(asked(shown, 'cases.lock').at(-1)).toMatchObject({ takeOver: true })
  })

  it('hears at once that somebody took the case over or gave it back', async () => {
    const [first = ''] = casesIn('checked', 'collector')
    const shown = await open([first], 'shiftLead')
    await expect.element(page.getByText(/由您编辑/)).toBeVisible()
    shown.core.lockAs('director', first)
    await said(/（01 席）正在编辑/)
    shown.core.lockAs(null, first)
    await expect.element(page.getByText(/由您编辑/)).toBeVisible()
  })

  it('keeps nobody out while somebody only reads whose turn it is not', async () => {
    const [first = ''] = casesIn('dispatched')
    const shown = await open([first], 'shiftLead')
    await expect.element(page.getByText('请作废')).toBeVisible()
    expect(asked(shown, 'cases.lock')).toEqual([])
    shown.core.lockAs('departmentOperator', first)
    await said(/（01 席）正在编辑/)
    await expect.element(page.getByRole('button', { name: '接管' })).toBeVisible()
  })

  it('goes on reading offline, greys decisions with the reason, and queues an opinion', async () => {
    const [first = ''] = casesIn('checked', 'collector')
    const shown = await open([first], 'shiftLead', { prepare: (core) => core.setOffline(true) })
    await said(/本机存的内容/)
    await userEvent.keyboard('{F9}')
    await said(/中心离线/)
    expect(asked(shown, 'cases.act')).toEqual([])
    await page.getByRole('textbox').fill('已电话核对')
    await userEvent.keyboard('{Control>}0{/Control}')
    await page.getByRole('menuitem', { name: '记意见' }).click()
    await expect.element(page.getByRole('radio', { name: '办理意见' })).toHaveFocus()
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await said(/已记下，待发送/)
    await said(/待发送　已电话核对/)
  })

  it('writes a note of its kind, by N, and shows the kind in the history', async () => {
    const [first = ''] = casesIn('checked', 'collector')
    const shown = await open([first], 'shiftLead')
    await expect.element(page.getByText(/由您编辑/)).toBeVisible()
    await userEvent.keyboard('n')
    await expect.element(page.getByRole('radio', { name: '办理意见' })).toHaveFocus()
    await page.getByText('案卷沟通', { exact: true }).click()
    await page.getByRole('textbox').fill('与监督员核对了门牌')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await said(/案卷沟通，与监督员核对了门牌/)
    expect(asked(shown, 'cases.note')[0]).toMatchObject({
      ...{ caseId: first, action: 'addOpinion' },
      input: { opinion: '与监督员核对了门牌', noteKind: 'communication' },
    })
  })

  it('keeps what was typed with Esc and when the case is opened again', async () => {
    const ids = casesIn('checked', 'collector')
    await open(ids, 'shiftLead')
    await page.getByRole('textbox').fill('写了一半')
    await userEvent.keyboard('{Escape}j')
    await said(/第 2 条/)
    await expect.element(page.getByRole('textbox')).toHaveValue('')
    await userEvent.keyboard('k')
    await expect.element(page.getByRole('textbox')).toHaveValue('写了一半')
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByText('已回到列表')).toBeVisible()
  })

  it('shows a masked number only for a reason', async () => {
    const shown = await open(casesIn('checked', 'hotline'), 'shiftLead')
    await expect.element(page.getByText(/139\*{4}/)).toBeVisible()
    await userEvent.keyboard('{Alt>}n{/Alt}')
    await page.getByRole('textbox', { name: '查看理由' }).fill('回访')
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByText(/30 秒后重新遮蔽/)).toBeVisible()
    expect(asked(shown, 'cases.reveal')[0]).toMatchObject({ person: 'citizen', reason: '回访' })
  })
})
