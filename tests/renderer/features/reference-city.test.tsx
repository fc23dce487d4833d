import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import areasFile from '../../../resources/reference/areas-230108.json'
import oldEdition from '../../../resources/reference/classification-gbt30428.2-2013.json'
import newEdition from '../../../resources/reference/classification-gbt47678.5-2026.json'
import departmentsFile from '../../../resources/reference/departments.json'
import limitsFile from '../../../resources/reference/handling-limits-gbt30428.2-2013.json'
import type { FakeReference } from '../../../src-renderer/bridge/fake-data'
import { ReferencePane } from '../../../src-renderer/features/reference/reference-pane'
import { demonstrationOf } from '../../../src-server/demo/areas'
import { show } from './show'

/** The lists of the documents about the ground and about who answers for it, as large as the demonstration's city. */
const shipped = [areasFile, oldEdition, newEdition, departmentsFile, limitsFile]
const reference = demonstrationOf(shipped.map(({ id, document }) => ({ id, origin: 'product', document }))).map(
  ({ id, origin, document }): FakeReference => {
    const checked = document as FakeReference['document']
    return { entry: { kind: checked.kind, id, title: checked.title, hash: `${checked.kind}/${id}`, entries: 1, origin }, document: checked }
  },
)

const grid = (name: string) => page.getByRole('grid', { name })
const firstRow = (name: string) => grid(name).getByRole('row').nth(1)
const open = (kind: string, code?: string) =>
  show(<ReferencePane focus={{ kind, id: '230108', ...(code !== undefined && { code }) }} />, 'dispatcher', { reference })

describe('a city in the reference pane', () => {
  beforeEach(() => page.viewport(1366, 768))

  it('tells who handles a subclass where, by name, with limit and law', async () => {
    await open('responsibility', '06036')
    const row = grid('责任矩阵（演示）').getByRole('row', { selected: true })
    await expect.element(row).toMatchTextContent('06036乱堆杂物事件平房区城管综合执法队伍1 工作日《城市市容和环境卫生管理条例》')
    await expect.element(row).toBeInViewport()
  })

  it('reads the handbook: conditions with their limits, closing, department', async () => {
    await open('handbook', '06013')
    const row = grid('指挥手册（演示）').getByRole('row', { selected: true })
    await expect.element(row).toMatchTextContent('道路破损事件路面塌陷、坑深足以伤车绊人。 2 紧急工作时')
    await expect.element(row).toMatchTextContent('市政设施管理单位')
  })

  it('finds a place by pinyin initials', async () => {
    await open('places')
    await expect.element(firstRow('平房区地名地址（演示）')).toBeVisible()
    await userEvent.type(page.getByRole('textbox', { name: '名称、拼音首字母、编码' }), 'yxdj')
    await expect.element(firstRow('平房区地名地址（演示）')).toMatchTextContent('友协大街')
  })

  it('counts components by subclass instead of listing 20 000', async () => {
    await open('components')
    await expect.element(firstRow('平房区部件（演示）')).toMatchTextContent(/^01001供水井盖\d+/)
    await expect.element(page.getByText('20000 个部件，GB/T 47678.5-2026')).toBeVisible()
  })

  it.each([
    ['grids', '平房区单元网格边界（演示）', /230108001002001青年社区001号网格[\d.]+ 公顷/],
    ['streetsNetwork', '平房区道路（演示）', /^s001星海大街主干路$/],
    ['cameras', '平房区监控点（演示）', /^001.*路口球机23010800001320000001/],
    ['patrolAreas', '平房区责任网格（演示）', /^1001.+ 1002\d230108001002/],
  ])('lists %s', async (kind, title, row) => {
    await open(kind)
    await expect.element(firstRow(title)).toMatchTextContent(row)
  })

  it('fits the smallest screen', async () => {
    await open('handbook')
    await expect.element(firstRow('指挥手册（演示）')).toBeVisible()
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1366)
  })
})
