import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { CaseRowSchema } from '#shared/contracts/case-shapes'
import { appError } from '#shared/contracts/errors'
import type { BulkJob } from '#shared/contracts/seat-api/case-views'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import { type ActionId, actionSpec } from '#shared/domain/case/actions'
import type { Refusal } from '#shared/domain/case/guards'
import type { CaseActor } from '#shared/domain/case/history'
import { isInQueue, queuesOf } from '#shared/domain/case/queues'
import { isCitizenDue, localReference } from '#shared/domain/case/registration'
import { isEnd } from '#shared/domain/case/states'
import type { Viewer } from '#shared/domain/case/visibility'
import { lampAt } from '#shared/domain/clock/case-clock'
import { type FakeCaseFiles, fakeCaseFiles } from './fake-case-files'
import {
  caseActorOf,
  decideFake,
  detailOfFake,
  type FakeCase,
  fakeDepartmentCode,
  isSeenBy,
  lockedByOther,
  newFakeCase,
  progress,
  rowOfFake,
  undoFake,
} from './fake-cases'
import { type FakeHandlers, type FakePendingNote, type FakeWorld, nextUuid } from './fake-world'

/** The fake core's answers about cases: the real rules decide, on the cases of `fake-cases.ts`; what is written while it is offline waits. */
type Handlers = Pick<
  FakeHandlers,
  | 'queues.read'
  | 'cases.open'
  | 'cases.list'
  | 'cases.search'
  | 'cases.act'
  | 'cases.undo'
  | 'cases.note'
  | 'cases.register'
  | 'cases.lock'
  | 'cases.unlock'
  | 'cases.reveal'
  | 'bulk.start'
  | 'bulk.cancel'
  | 'bulk.dismiss'
>

export function fakeCaseHandlers(world: FakeWorld): Handlers & FakeCaseFiles {
  const now = world.options.now
  return {
    'queues.read'({ queue, after, limit = 1_000 }) {
      const viewer = viewerOf(world)
      const rows = visibleRows(world).filter((row) => isInQueue(row, queue, viewer, now()))
      const page = pageOf(rows, after, limit)
      return ok({ rows: page.items, next: page.next, upTo: world.state['cases.changed'].upTo, readAt: now(), isComplete: true })
    },
    'cases.open'({ caseId }) {
      const one = seen(world, caseId)
      if (!one) return err(appError('record/notFound'))
      const pending = world.pendingNotes.filter((note) => note.caseId === caseId).map(({ caseId: _, ...note }) => note)
      return ok({ detail: detailOfFake(one, world.cases), readAt: now(), isCached: world.isOffline(), pending })
    },
    'cases.list': ({ queue, isOpen, after, limit = 100, ...filter }) => {
      const viewer = viewerOf(world)
      const rows = visibleRows(world).filter(
        (row) =>
          (queue === undefined || isInQueue(row, queue, viewer, now())) &&
          (isOpen === undefined || isEnd(row.state) !== isOpen) &&
          fits(row, filter),
      )
      return ok(pageOf(rows, after, limit))
    },
    'cases.search': ({ q, after }) => {
      const words = q.trim()
      const found = visibleRows(world).filter((row) =>
        [row.caseNo, row.summary, row.address, row.subclassName, row.gridCode].some((text) => text?.includes(words)),
      )
      return ok(pageOf(found, after, 30))
    },
    'cases.act': ({ caseId, version, action, input }) => actAs(world, actorOf(world), { caseId, version, action, input }),
    'cases.undo'({ caseId, version }) {
      const one = seen(world, caseId)
      if (!one) return err(appError('record/notFound'))
      if (progress(one).version !== version) return err(appError('record/stale', { current: progress(one).version }))
      return told(world, undoFake(one, actorOf(world), now()))
    },
    ...noteHandlers(world),
    ...lockHandlers(world),
    ...bulkHandlers(world),
    ...fakeCaseFiles(world, () => visibleRows(world)),
  }
}

export function viewerOf(world: FakeWorld): Viewer {
  const { agent } = world.state['session.changed']
  const role = agent?.role ?? 'presenter'
  return { accountNo: agent?.accountNo ?? '', role, departmentCode: role === 'departmentOperator' ? fakeDepartmentCode : null }
}

const actorOf = (world: FakeWorld): CaseActor => {
  const { agent } = world.state['session.changed']
  const actor = caseActorOf(agent?.role ?? 'intake')
  return agent ? { ...actor, accountNo: agent.accountNo, name: agent.name } : actor
}

function seen(world: FakeWorld, caseId: string): FakeCase | undefined {
  const one = world.cases.get(caseId)
  return one && isSeenBy(one, viewerOf(world)) ? one : undefined
}

const visibleRows = (world: FakeWorld): CaseRowSchema[] =>
  [...world.cases.values()].filter((one) => isSeenBy(one, viewerOf(world))).map(rowOfFake)

const keyOf = (row: CaseRowSchema) => `${String(row.clock?.dueAt ?? 999_999_999_999_999).padStart(15, '0')}/${row.caseId}`

function pageOf(rows: readonly CaseRowSchema[], after: string | undefined, limit: number) {
  const ordered = rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).filter((row) => after === undefined || keyOf(row) > after)
  const items = ordered.slice(0, limit)
  const last = items.at(-1)
  return { items, next: last && ordered.length > limit ? keyOf(last) : null }
}

type Filter = Omit<InputOfCommand<'cases.list'>, 'queue' | 'isOpen' | 'after' | 'limit'>

function fits(row: CaseRowSchema, { states, sources, subclassCode, streetCode, gridCode, departmentCode, from, until, isUrgent }: Filter) {
  return (
    (states === undefined || states.split(',').includes(row.state)) &&
    (sources === undefined || sources.split(',').includes(row.source)) &&
    (subclassCode === undefined || row.subclassCode.startsWith(subclassCode)) &&
    (streetCode === undefined || row.streetCode === streetCode) &&
    (gridCode === undefined || row.gridCode === gridCode) &&
    (departmentCode === undefined || row.departmentCode === departmentCode) &&
    (from === undefined || row.beganAt >= from) &&
    (until === undefined || row.beganAt < until) &&
    (isUrgent === undefined || row.isUrgent === isUrgent)
  )
}

/** What anybody decides: also how a test lets somebody else be faster. `version` absent: whatever it is. */
export function actAs(
  world: FakeWorld,
  actor: CaseActor,
  act: {
    readonly caseId: string
    readonly version?: number
    readonly action: ActionId
    readonly input: InputOfCommand<'cases.act'>['input']
  },
): Result<CaseRowSchema, AppError> {
  const one = world.cases.get(act.caseId)
  if (!one || !isSeenBy(one, { ...actor, role: actor.role === 'system' || actor.role === 'platform' ? 'admin' : actor.role })) {
    return err(appError('record/notFound'))
  }
  const { version } = progress(one)
  if (act.version !== undefined && act.version !== version) return err(appError('record/stale', { current: version }))
  const locked = lockedByOther(one, actor.accountNo, world.options.now())
  if (!locked.ok && actionSpec(act.action).form !== 'note')
    return err(appError('case/locked', { ...locked.error, until: timeOf(locked.error.until) }))
  return told(world, decideFake(one, act.action, actor, act.input, world.options.now()), actor.accountNo)
}

const timeOf = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(11, 16)

/** After a decision every window is told, as the event of the real centre would tell it. */
function told(world: FakeWorld, answer: Result<CaseRowSchema, Refusal>, byNo = viewerOf(world).accountNo): Result<CaseRowSchema, AppError> {
  if (!answer.ok) return err(appError(answer.error.code, answer.error.detail))
  tell(world, answer.value.caseId, byNo)
  return answer
}

/** Somebody at another seat takes a case to edit, also from whoever has it, or gives it back (null). */
export function lockAs(world: FakeWorld, caseId: string, actor: CaseActor | null): void {
  const one = world.cases.get(caseId)
  if (!one) return
  const until = world.options.now() + 300_000
  one.lock = actor && { accountNo: actor.accountNo, name: actor.name, seatNo: '01', until }
  tellLock(world, caseId)
}

/** As the centre's event of a lock that was taken or given back. */
function tellLock(world: FakeWorld, caseId: string): void {
  const { locks } = world.state['locks.changed']
  const lock = world.cases.get(caseId)?.lock ?? null
  world.publish('locks.changed', { locks: [...locks.filter((each) => each.caseId !== caseId), { caseId, lock }] })
}

function tell(world: FakeWorld, caseId: string, byNo: string): void {
  const one = seen(world, caseId)
  const { upTo } = world.state['cases.changed']
  world.publish('cases.changed', { after: upTo, upTo: upTo + 1, changes: [{ caseId, row: one ? rowOfFake(one) : null, byNo }] })
  showQueues(world)
}

/** Counts and lamps of the queues of whoever is signed in. */
export function showQueues(world: FakeWorld): void {
  const viewer = viewerOf(world)
  const at = world.options.now()
  const rows = visibleRows(world)
  const queues = queuesOf(viewer.role).map((queue) => {
    const members = rows.filter((row) => isInQueue(row, queue, viewer, at))
    const lamps = members.map(({ clock }) => (clock ? lampAt(clock, at) : 'green'))
    const oldestEnteredAt = members.length === 0 ? null : Math.min(...members.map(({ enteredAt }) => enteredAt))
    const [red, amber] = (['red', 'amber'] as const).map((tone) => lamps.filter((lamp) => lamp === tone).length)
    return { queue, count: members.length, red: red ?? 0, amber: amber ?? 0, oldestEnteredAt, isComplete: true }
  })
  world.publish('queues.changed', { queues, readAt: at })
}

type Some<N extends keyof Handlers> = Pick<Handlers, N>

function noteHandlers(world: FakeWorld): Some<'cases.note' | 'cases.register'> {
  const wait = (intentId: string, kind: string, title: string, summary: string, editableText: string | null) => {
    const { intents } = world.state['outbox.changed']
    const about = { intentId, kind, title, summary, editableText, accountNo: actorOf(world).accountNo, createdAt: world.options.now() }
    const waiting = { ...about, state: 'waiting' as const, attempts: 0, nextAttemptAt: null, reason: null }
    world.publish('outbox.changed', { waiting: intents.length + 1, parked: 0, intents: [...intents, waiting] })
  }
  return {
    'cases.note'({ caseId, caseNo, action, input, draftKey }) {
      const intentId = nextUuid(world)
      const actor = actorOf(world)
      const deliver = () => void actAs(world, actor, { caseId, action, input })
      if (world.isOffline()) {
        const note: FakePendingNote = { intentId, action, input, writtenAt: world.options.now(), byName: actor.name, reason: null }
        world.pendingNotes.push({ ...note, caseId })
        world.waiting.set(intentId, deliver)
        wait(intentId, 'case.note', '案卷记录', `${caseNo} ${actionSpec(action).title}`, input.opinion ?? null)
      } else {
        const done = actAs(world, actor, { caseId, action, input })
        if (!done.ok) return done.error.code === 'case/inputMissing' ? done : ok({ intentId })
      }
      if (draftKey) world.drafts.delete(draftKey)
      return ok({ intentId })
    },
    'cases.register'({ facts, citizen, photoIds, draftKey }) {
      if (facts.description.trim() === '') return err(appError('case/inputMissing', { fields: '描述' }))
      if (isCitizenDue(facts) && !citizen?.number.trim()) return err(appError('case/citizenMissing'))
      const [caseId, intentId] = [nextUuid(world), nextUuid(world)]
      const [actor, at] = [actorOf(world), world.options.now()]
      const deliver = () => {
        world.cases.set(caseId, newFakeCase(world.cases.size + 1, { caseId, facts, citizen, photoIds }, actor, at))
        tell(world, caseId, actor.accountNo)
      }
      if (world.isOffline()) {
        world.waiting.set(intentId, deliver)
        wait(intentId, 'case.register', '登记案卷', `${localReference(caseId)} ${facts.subclassName} ${facts.address}`, facts.description)
      } else deliver()
      if (draftKey) world.drafts.delete(draftKey)
      return ok({ caseId, intentId })
    },
  }
}

function lockHandlers(world: FakeWorld): Some<'cases.lock' | 'cases.unlock' | 'cases.reveal'> {
  return {
    'cases.lock'({ caseId, takeOver }) {
      const one = seen(world, caseId)
      if (!one) return err(appError('record/notFound'))
      const { accountNo, name, role } = actorOf(world)
      const locked = lockedByOther(one, accountNo, world.options.now())
      if (!locked.ok && !(takeOver && role === 'shiftLead')) {
        return err(appError('case/locked', { ...locked.error, until: timeOf(locked.error.until) }))
      }
      one.lock = { accountNo, name, seatNo: '02', until: world.options.now() + 300_000 }
      tellLock(world, caseId)
      return ok(one.lock)
    },
    'cases.unlock'({ caseId }) {
      const one = seen(world, caseId)
      if (!one) return err(appError('record/notFound'))
      if (one.lock?.accountNo === actorOf(world).accountNo) {
        one.lock = null
        tellLock(world, caseId)
      }
      return ok({})
    },
    'cases.reveal'({ caseId, person }) {
      const citizen = person === 'citizen' ? seen(world, caseId)?.citizen : { name: '邵春生', number: '13904511100' }
      return citizen ? ok({ name: citizen.name, number: citizen.number }) : err(appError('record/notFound'))
    },
  }
}

function bulkHandlers(world: FakeWorld): Some<'bulk.start' | 'bulk.cancel' | 'bulk.dismiss'> {
  const jobs = () => world.state['bulk.changed'].jobs
  const job = (bulkId: string) => jobs().find((each) => each.bulkId === bulkId)
  const change = (bulkId: string, patch: (job: BulkJob) => Partial<BulkJob>) =>
    world.publish('bulk.changed', { jobs: jobs().map((each) => (each.bulkId === bulkId ? { ...each, ...patch(each) } : each)) })
  /** One after the other, each in its own turn, so that windows see it going on. */
  async function run(bulkId: string, { action, items, input }: InputOfCommand<'bulk.start'>): Promise<void> {
    for (const { caseId, caseNo, version } of items) {
      await Promise.resolve()
      if (job(bulkId)?.state !== 'running') return
      const answer = actAs(world, actorOf(world), { caseId, version, action, input })
      change(bulkId, ({ done, refused }) =>
        answer.ok
          ? { done: done + 1 }
          : { refused: [...refused, { caseId, caseNo, code: answer.error.code, message: answer.error.message }] },
      )
    }
    change(bulkId, () => ({ state: 'done' }))
  }
  return {
    'bulk.start'(input) {
      const bulkId = nextUuid(world)
      const begun = { bulkId, action: input.action, title: actionSpec(input.action).title, startedAt: world.options.now() }
      world.publish('bulk.changed', { jobs: [...jobs(), { ...begun, state: 'running', total: input.items.length, done: 0, refused: [] }] })
      void run(bulkId, input)
      return ok({ bulkId })
    },
    'bulk.cancel'({ bulkId }) {
      if (!job(bulkId)) return err(appError('record/notFound'))
      change(bulkId, ({ state }) => ({ state: state === 'running' ? 'cancelled' : state }))
      return ok({})
    },
    'bulk.dismiss'({ bulkId }) {
      if (!job(bulkId) || job(bulkId)?.state === 'running') return err(appError('record/notFound'))
      world.publish('bulk.changed', { jobs: jobs().filter((each) => each.bulkId !== bulkId) })
      return ok({})
    },
  }
}
