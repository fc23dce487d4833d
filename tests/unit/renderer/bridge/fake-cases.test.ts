/** The fake core's cases: screens are built and tested on them, so they must be of every sort, and the real rules must have allowed every step. */
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import { CaseDetail } from '#shared/contracts/case-shapes'
import type { CommandName, InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { RoleId } from '#shared/domain/account/role'
import { queuesOf } from '#shared/domain/case/queues'
import { caseStateIds } from '#shared/domain/case/states'
import { fakeAccountOf } from '../../../../src-renderer/bridge/fake-data'
import { createFakeCore, type FakeCore } from '../../../../src-renderer/bridge/fake-transport'

const now = Date.UTC(2026, 10, 24, 2, 0)
const coreOf = (role: RoleId) => createFakeCore({ now: () => now, signedInAs: fakeAccountOf(role) })
const call = async <N extends CommandName>(core: FakeCore, name: N, input: InputOfCommand<N>) =>
  (await core.transport.invoke(name, input)) as Result<OutputOfCommand<N>, AppError>
async function must<N extends CommandName>(core: FakeCore, name: N, input: InputOfCommand<N>): Promise<OutputOfCommand<N>> {
  const answer = await call(core, name, input)
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`)
  return answer.value
}

describe('the fake cases', () => {
  it('are about sixty, in nearly every state, and each opens whole', async () => {
    const core = coreOf('director')
    const { items } = await must(core, 'cases.list', { limit: 1000 })
    expect(items.length).toBeGreaterThan(55)
    expect(new Set(items.map(({ state }) => state))).toEqual(
      new Set(caseStateIds.filter((state) => state !== 'voided' && state !== 'declined' && state !== 'merged')),
    )
    for (const { caseId } of items) {
      const { detail } = await must(core, 'cases.open', { caseId })
      expect([...Value.Errors(CaseDetail, detail)]).toEqual([])
    }
  })

  it.each(['intake', 'shiftLead', 'dispatcher', 'supervisor', 'commander', 'departmentOperator', 'opinionMonitor'] as const)(
    'fill the queues of %s, lamps included',
    async (role) => {
      const core = coreOf(role)
      const { queues } = core.state('queues.changed')
      expect(queues.map(({ queue }) => queue)).toEqual([...queuesOf(role)])
      expect(queues.filter(({ count }) => count > 0).length).toBeGreaterThan(queues.length / 2)
      for (const { queue, count } of queues) expect((await must(core, 'queues.read', { queue })).rows).toHaveLength(count)
    },
  )

  it('are decided by the rules: a decision moves the case, tells windows, and a stale or unlawful one is refused in words', async () => {
    const core = coreOf('shiftLead')
    const { rows } = await must(core, 'queues.read', { queue: 'toFile' })
    const [first] = rows
    if (!first) throw new Error('nothing to file')
    const act = { caseId: first.caseId, version: first.version, action: 'file' as const, actId: first.caseId }
    expect(await call(core, 'cases.act', { ...act, input: {} })).toMatchObject({ ok: false, error: { code: 'case/inputMissing' } })
    expect(await must(core, 'cases.act', { ...act, input: { opinion: '同意立案。' } })).toMatchObject({ state: 'filed' })
    expect(core.state('cases.changed').changes).toMatchObject([{ caseId: first.caseId, row: { state: 'filed' } }])
    expect((await must(core, 'queues.read', { queue: 'toFile' })).rows).toHaveLength(rows.length - 1)
    expect(await call(core, 'cases.act', { ...act, input: { opinion: '再一次' } })).toMatchObject({
      ok: false,
      error: { code: 'record/stale' },
    })
    expect(core.decideAs('dispatcher', first.caseId, 'close', { opinion: '不行' })).toMatchObject({
      ok: false,
      error: { code: 'case/notInState' },
    })
  })

  it('keep from a post what it may not see', async () => {
    const all = (await must(coreOf('director'), 'cases.list', { limit: 1000 })).items
    const sensitive = all.find(({ isSensitive }) => isSensitive)
    const recused = all.find(({ isRecused }) => isRecused)
    const intake = coreOf('intake')
    for (const hidden of [sensitive, recused]) {
      expect(await call(intake, 'cases.open', { caseId: hidden?.caseId ?? '' })).toMatchObject({
        ok: false,
        error: { code: 'record/notFound' },
      })
    }
  })

  it('take a note written offline once the centre is back', async () => {
    const core = coreOf('intake')
    const { rows } = await must(core, 'queues.read', { queue: 'toAccept' })
    const { caseId = '', caseNo = '' } = rows[0] ?? {}
    core.setOffline(true)
    await must(core, 'cases.note', { caseId, caseNo, action: 'addOpinion', input: { opinion: '来电人又打来一次' } })
    expect((await must(core, 'cases.open', { caseId })).pending).toMatchObject([{ input: { opinion: '来电人又打来一次' } }])
    core.setOffline(false)
    const { detail, pending } = await must(core, 'cases.open', { caseId })
    expect({ pending, last: detail.history.at(-1)?.input.opinion }).toEqual({ pending: [], last: '来电人又打来一次' })
  })

  it('run a batch, refusals and all', async () => {
    const core = coreOf('shiftLead')
    const { rows } = await must(core, 'queues.read', { queue: 'toFile' })
    const items = rows.map(({ caseId, caseNo, version }, index) => ({ caseId, caseNo, version: index === 0 ? version + 5 : version }))
    await must(core, 'bulk.start', { action: 'file', items, input: { opinion: '同意立案。' } })
    await new Promise<void>((resolve) => setImmediate(resolve))
    const [job] = core.state('bulk.changed').jobs
    expect({ state: job?.state, done: job?.done, refused: job?.refused.map(({ code }) => code) }).toMatchObject({
      state: 'done',
      refused: expect.arrayContaining(['record/stale']),
    })
    expect((job?.done ?? 0) + (job?.refused.length ?? 0)).toBe(items.length)
  })
})
