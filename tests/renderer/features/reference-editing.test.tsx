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
import type { RoleId } from '../../../src-shared/domain/account/role'
import { show } from './show'

/** The administrator keeps the handbook and the responsibility matrix; everybody else reads them. */
const shipped = [areasFile, oldEdition, newEdition, departmentsFile, limitsFile]
const reference = demonstrationOf(shipped.map(({ id, document }) => ({ id, origin: 'product', document }))).map(
  ({ id, origin, document }): FakeReference => {
    const checked = document as FakeReference['document']
    return { entry: { kind: checked.kind, id, title: checked.title, hash: `${checked.kind}/${id}`, entries: 1, origin }, document: checked }
  },
)

const open = (kind: string, code: string, role: RoleId) => show(<ReferencePane focus={{ kind, id: '230108', code }} />, role, { reference })
const chosen = (name: string) => page.getByRole('grid', { name }).getByRole('row', { selected: true })

/** Enter on the row that was asked for; the list has the focus. */
async function openRow(name: string): Promise<void> {
  await expect.element(chosen(name)).toBeInTheDocument()
  await expect.element(page.getByRole('grid', { name })).toHaveFocus()
  await userEvent.keyboard('{Enter}')
}

describe('keeping the handbook', () => {
  beforeEach(() => page.viewport(1366, 768))

  it('changes a condition and its limit, keeps its id, and shows what was saved', async () => {
    const { core } = await open('handbook', '06013', 'admin')
    await openRow('指挥手册（演示）')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabelText('结案条件').fill('路面平整，压实无松散')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.element(dialog).not.toBeInTheDocument()
    await expect.element(chosen('指挥手册（演示）')).toMatchTextContent('路面平整，压实无松散')
    const saved = core.calls.find(({ command }) => command === 'reference.save')?.input as {
      document: { entries: { subclassCode: string; conditions: { conditionId: string }[] }[] }
    }
    expect(saved.document.entries.find(({ subclassCode }) => subclassCode === '06013')?.conditions[0]?.conditionId).toBe('E06013-1')
  })

  it('tells an administrator whose document is old, and keeps what was typed', async () => {
    const { core } = await open('responsibility', '06036', 'admin')
    await openRow('责任矩阵（演示）')
    const law = page.getByRole('dialog').getByLabelText('法律依据')
    await law.fill('本市市容管理条例')
    core.failNext('reference.save', 'record/stale', { current: 'x' })
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.element(page.getByRole('alert')).toMatchTextContent('刚被他人改过')
    await expect.element(law).toHaveValue('本市市容管理条例')
  })

  it('opens nothing for a dispatcher', async () => {
    await open('handbook', '06013', 'dispatcher')
    await openRow('指挥手册（演示）')
    expect(page.getByRole('dialog').query()).toBeNull()
  })
})
