import { type CaseKeeper, createCaseKeeper } from '#main/workflows/cases/keep-cases'
import type { CaseStore, Publish, Store } from '#main/workflows/ports'
import { err, ok } from '#shared/base/result'
import type { CaseDetail, CaseRowSchema } from '#shared/contracts/case-shapes'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { StateOfTopic, TopicName } from '#shared/contracts/seat-api/table'
import type { CaseRow } from '#shared/domain/case/row'
import { createFakeClock, type FakeClock } from '../../../../fakes/fake-clock'
import { caseRowOf } from '../../../../fixtures/case-rows'

/** A keeper over a disk made of memory, with a clock that stands still and everything that windows were told. */
export interface CaseBench {
  readonly clock: FakeClock
  readonly cases: CaseKeeper
  readonly disk: { scope: string | undefined; readAt: number | null; readonly rows: Map<string, CaseRowSchema>; isFull: boolean }
  readonly told: { readonly topic: TopicName; readonly state: unknown }[]
  last<N extends TopicName>(topic: N): StateOfTopic<N> | undefined
  event(row: CaseRowSchema | null, caseId?: string): void
  /** The program again, over the same disk. */
  restarted(): CaseBench
}

export const startMs = Date.UTC(2026, 10, 21, 8)

export const me = (told: Partial<Me> = {}): Me => ({
  ...{ accountId: 'a', accountNo: '0201', name: '林小燕', roles: ['intake'], role: 'intake', seatNo: '02', shift: null },
  ...{ sessionId: 's', signedInAt: startMs, mustChangePassword: false },
  ...told,
})

export const caseId = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`

export function row(number: number, told: Partial<CaseRow> = {}): CaseRowSchema {
  const dueAt = startMs + number * 60_000
  const clock: CaseRow['clock'] = {
    ...{ of: 'node', limit: { value: 10, unit: 'minute' }, extraMs: 0, startedAt: dueAt - 600_000, amberAt: dueAt - 150_000, dueAt },
    ...{ pausedMs: 0, pausedSince: null, stoppedAt: null },
  }
  return caseRowOf({ caseId: caseId(number), clock, ...told }) as CaseRowSchema
}

export function createCaseBench(disk: CaseBench['disk'] = { scope: undefined, readAt: null, rows: new Map(), isFull: false }): CaseBench {
  const clock = createFakeClock(startMs)
  const told: { topic: TopicName; state: unknown }[] = []
  const details = new Map<string, { detail: CaseDetail; readAt: number }>()
  const store = memoryStore(disk, details)
  const publish: Publish = (topic, state) => void told.push({ topic, state })
  const cases = createCaseKeeper({ store, clock, now: clock.now, publish })
  return {
    clock,
    cases,
    disk,
    told,
    last: (topic) => told.findLast((one) => one.topic === topic)?.state as never,
    event(changed, id = changed?.caseId ?? '') {
      const change = { caseId: id, row: changed, byNo: '0101' }
      if (store.transaction(() => cases.store(change)).ok) cases.shown(change)
    },
    restarted: () => createCaseBench(disk),
  }
}

function memoryStore(disk: CaseBench['disk'], details: Map<string, { detail: CaseDetail; readAt: number }>) {
  const cases: CaseStore = {
    scope: () => disk.scope,
    enter(scope) {
      if (disk.scope === scope) return false
      disk.rows.clear()
      details.clear()
      disk.readAt = null
      disk.scope = scope
      return true
    },
    readAt: () => disk.readAt,
    setReadAt: (at) => {
      disk.readAt = at
    },
    rowsAfter: (id, limit) =>
      [...disk.rows.values()]
        .filter((one) => one.caseId > id)
        .sort((a, b) => (a.caseId < b.caseId ? -1 : 1))
        .slice(0, limit),
    putRow: (one) => void disk.rows.set(one.caseId, one),
    removeRow(id) {
      disk.rows.delete(id)
      details.delete(id)
      return []
    },
    dropRow: (id) => void disk.rows.delete(id),
    forgetUnheld: () => [],
    detail: (id) => details.get(id),
    putDetail: (detail, readAt) => void details.set(detail.row.caseId, { detail, readAt }),
    caseOfAttachment: () => undefined,
  }
  const transaction: Store['transaction'] = (work) => (disk.isFull ? err(appError('store/full')) : ok(work()))
  const pictures = { sweep: () => {}, removeFiles: () => {} } as unknown as Store['attachments']['pictures']
  return { transaction, cases, attachments: { pictures } as Store['attachments'] }
}
