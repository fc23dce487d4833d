import type { AppError } from '#shared/base/app-error'
import { err, type Result } from '#shared/base/result'
import type { CallRecord } from '#shared/contracts/call-shapes'
import type { CaseRowSchema } from '#shared/contracts/case-shapes'
import { appError, type ErrorCode } from '#shared/contracts/errors'
import type { CommandSpec } from '#shared/contracts/seat-api/command'
import { commands } from '#shared/contracts/seat-api/commands'
import { caseCommands } from '#shared/contracts/seat-api/commands/cases'
import type { CommandName, InputOfCommand, SeatTransport, StateOfTopic, TopicMessage, TopicName } from '#shared/contracts/seat-api/table'
import type { TelephoneCallView } from '#shared/contracts/seat-api/telephone-views'
import type { RoleId } from '#shared/domain/account/role'
import type { ActionId } from '#shared/domain/case/actions'
import { actAs, lockAs, showQueues } from './fake-case-handlers'
import { caseActorOf, createFakeCases } from './fake-cases'
import { fakePassword, fakeReference } from './fake-data'
import { createFakeHandlers } from './fake-handlers'
import { dialFake, endFake, ringFake } from './fake-telephone'
import { type FakeOptions, type FakeWorld, initialState } from './fake-world'

/**
 * A core made of memory, so that the whole renderer runs alone: in tests, and on the development server with `?fake`. It answers every command
 * of the table, broadcasts every topic, and fails when told to. It proves nothing about the real core and never reaches the product's bundle.
 */
export interface FakeCore {
  readonly transport: SeatTransport
  /** Everything that was asked, oldest first. */
  readonly calls: readonly FakeCall[]
  state<N extends TopicName>(topic: N): StateOfTopic<N>
  publish<N extends TopicName>(topic: N, state: StateOfTopic<N>): void
  /** The centre goes away or comes back; live commands then give `central/offline`, records queue. */
  setOffline(isOffline: boolean): void
  /** The window loses the core itself, or finds it again with revisions that begin anew. */
  setLink(status: 'open' | 'closed'): void
  /** Somebody else decides about a case, by the same rules; every window is told. */
  decideAs(role: RoleId, caseId: string, action: ActionId, input?: InputOfCommand<'cases.act'>['input']): Result<CaseRowSchema, AppError>
  /** Somebody else takes a case to edit, or gives it back (null); every window is told. */
  lockAs(role: RoleId | null, caseId: string): void
  /** A call comes in, or the seat makes one; `endCall`: the far side hangs up. */
  ring(given?: Partial<TelephoneCallView>): TelephoneCallView
  dialOut(given?: Partial<TelephoneCallView>): TelephoneCallView
  endCall(callId: string, endedBy?: CallRecord['endedBy']): void
  /** The next call of this command fails with this code. */
  failNext(command: CommandName, code: ErrorCode, detail?: Readonly<Record<string, unknown>>): void
}

export interface FakeCall {
  readonly command: CommandName
  readonly input: unknown
}

const liveCommands: ReadonlySet<CommandName> = new Set([
  'session.changePassword',
  'accounts.list',
  'accounts.create',
  'accounts.update',
  'accounts.resetPassword',
  'seats.list',
  'seats.create',
  'seats.update',
  'audit.list',
  'exchangeLog.list',
  'reference.save',
  ...(Object.keys(caseCommands) as (keyof typeof caseCommands)[]).filter((name) => caseCommands[name].effect === 'live'),
])

export function createFakeCore(given: Partial<FakeOptions> = {}): FakeCore {
  const options: FakeOptions = {
    now: () => Date.now(),
    signedInAs: null,
    layouts: {},
    caseLists: {},
    theme: 'light',
    reference: fakeReference,
    suggestedAccountNo: '0101',
    ...given,
  }
  const messageListeners = new Set<(message: TopicMessage) => void>()
  const statusListeners = new Set<(status: 'open' | 'closed') => void>()
  const failures = new Map<CommandName, AppError>()
  const calls: FakeCall[] = []
  let link: 'open' | 'closed' = 'open'

  const world: FakeWorld = {
    options,
    state: initialState(options),
    reference: options.reference,
    revisions: new Map(),
    drafts: new Map(),
    password: fakePassword,
    wrongAttempts: 0,
    cases: createFakeCases(options.now()),
    waiting: new Map(),
    pendingNotes: [],
    views: new Map(),
    attachments: new Map(),
    nextNumber: 1000,
    isOffline: () => world.state['connection.changed'].state === 'offline',
    publish(topic, state) {
      const revision = (world.revisions.get(topic) ?? 0) + 1
      world.revisions.set(topic, revision)
      world.state = { ...world.state, [topic]: state }
      if (link === 'open') for (const listener of messageListeners) listener({ topic, revision, state } as TopicMessage)
    },
  }
  const handlers = createFakeHandlers(world)
  if (options.signedInAs) showQueues(world)

  function answer(command: CommandName, input: unknown): Result<unknown, AppError> {
    const failure = failures.get(command)
    failures.delete(command)
    if (failure) return err(failure)
    const spec: CommandSpec = commands[command]
    const isDue = world.state['session.changed'].agent?.mustChangePassword === true
    if (isDue && spec.allowed !== 'always' && !spec.beforePasswordChange) return err(appError('auth/passwordMustChange'))
    if (world.isOffline() && liveCommands.has(command)) return err(appError('central/offline'))
    return (handlers[command] as (input: unknown) => Result<unknown, AppError>)(input)
  }

  return {
    calls,
    state: (topic) => world.state[topic],
    publish: world.publish,
    setOffline: (isOffline) => setOffline(world, isOffline),
    setLink(status) {
      link = status
      if (status === 'open') world.revisions.clear()
      for (const listener of statusListeners) listener(status)
    },
    decideAs: (role, caseId, action, input = {}) => actAs(world, caseActorOf(role), { caseId, action, input }),
    lockAs: (role, caseId) => lockAs(world, caseId, role && { ...caseActorOf(role), accountNo: `other ${role}` }),
    ring: (call) => ringFake(world, call),
    dialOut: (call) => dialFake(world, call),
    endCall: (callId, endedBy) => endFake(world, callId, endedBy),
    failNext: (command, code, detail) => failures.set(command, appError(code, detail)),
    transport: {
      async invoke(command, payload) {
        await Promise.resolve()
        if (link === 'closed') return err(appError('seat/closed'))
        calls.push({ command: command as CommandName, input: payload })
        return answer(command as CommandName, payload)
      },
      onMessage(listener) {
        messageListeners.add(listener)
        return () => messageListeners.delete(listener)
      },
      onStatus(listener) {
        statusListeners.add(listener)
        queueMicrotask(() => listener(link))
        return () => statusListeners.delete(listener)
      },
    },
  }
}

function setOffline(world: FakeWorld, isOffline: boolean): void {
  const before = world.state['connection.changed']
  world.publish('connection.changed', {
    ...before,
    state: isOffline ? 'offline' : 'online',
    since: world.options.now(),
    lastHeardAt: isOffline ? before.lastHeardAt : world.options.now(),
    roundTripMs: isOffline ? null : 12,
    reason: isOffline ? '中心没有应答。' : null,
  })
  if (isOffline) return
  // What waited goes out now, as the real outbox would do.
  const sent = new Set(world.state['outbox.changed'].intents.map((intent) => intent.intentId))
  const log = world.state['dutyLog.changed']
  const entries = log.entries.map((entry) =>
    sent.has(entry.entryId) ? { ...entry, sync: 'sent' as const, receivedAt: world.options.now() } : entry,
  )
  world.publish('dutyLog.changed', { ...log, entries })
  world.publish('outbox.changed', { waiting: 0, parked: 0, intents: [] })
  const deliveries = [...world.waiting.values()]
  world.waiting.clear()
  world.pendingNotes = []
  for (const deliver of deliveries) deliver()
}
