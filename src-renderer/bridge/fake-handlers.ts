import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { topics } from '#shared/contracts/seat-api/topics'
import { newSteering } from '#shared/domain/camera/steering'
import { parseDutyLogText } from '#shared/domain/duty-log/duty-log'
import { fakeAdministration } from './fake-administration'
import { fakeBaseMaps } from './fake-base-maps'
import { fakeCaseHandlers, showQueues } from './fake-case-handlers'
import { type FakeReference, fakeAccounts } from './fake-data'
import { fakeEquipmentHandlers } from './fake-equipment'
import { fakeGbDevices } from './fake-gb-devices'
import { fakeGeo } from './fake-geo'
import { fakeKnowledge } from './fake-knowledge'
import { fakeQuality } from './fake-quality'
import { fakeShift } from './fake-shift'
import { fakeSteer } from './fake-steering'
import { fakeTelephone } from './fake-telephone'
import { fakeWall } from './fake-wall'
import { type FakeHandlers, type FakeWorld, nextUuid, sessionOf } from './fake-world'

/** Plausible answers to every command of the table, from memory. Only what a window can see is imitated, not how the core comes to it. */
export function createFakeHandlers(world: FakeWorld): FakeHandlers {
  return {
    ...programHandlers(world),
    ...sessionHandlers(world),
    ...outboxHandlers(world),
    ...draftHandlers(world),
    ...windowHandlers(world),
    ...fakeAdministration(world),
    ...fakeCaseHandlers(world),
    ...fakeTelephone(world),
    ...fakeGeo(world),
    ...fakeBaseMaps(),
    ...fakeShift(world),
    ...fakeWall(world),
    ...fakeKnowledge(),
    ...fakeQuality(world),
    'citizenLinks.create': () =>
      ok({ url: 'https://centre.example.invalid/p/0123456789abcdefghijkl', expiresAt: world.options.now() + 86_400_000, most: 6 }),
    'followUps.list': () => ok({ items: [] }),
    'missedCalls.list': () => ok({ items: [] }),
    'missedCalls.claim': () => ok({ number: '13912340826', until: 0 }),
    'missedCalls.settle': () => ok({}),
    'callers.lookUp': () => ok({}),
    // Pictures come over a stream that a page alone does not have.
    'cameras.watch': () => err(appError('camera/unreachable', { address: '127.0.0.1:554' })),
    'cameras.leave': () => ok({}),
    'cameras.readSteering': ({ cameraNo }) => ok({ steering: newSteering(cameraNo), canTurn: true }),
    'cameras.steer': ({ cameraNo, ask }) => fakeSteer(world, cameraNo, ask),
    ...fakeGbDevices(world),
    'patrol.keep'(input) {
      const agent = world.state['session.changed'].agent
      const stop = { ...input, stopId: nextUuid(world), byNo: agent?.accountNo ?? '', byName: agent?.name ?? '' }
      world.publish('patrol.changed', { stops: [...world.state['patrol.changed'].stops, stop] })
      return ok({ stopId: stop.stopId })
    },
    ...fakeEquipmentHandlers(world),
    'morale.report': () => ok({ reportId: nextUuid(world) }),
    'morale.list': () => ok({ items: [] }),
    'wallScreens.open': () => ok({ addresses: ['/?wall=1'] }),
    'wallScreens.shown': () => ok({}),
    'wallScreens.watch': () => err(appError('camera/unreachable', { address: '127.0.0.1:554' })),
    'wallScreens.leave': () => ok({}),
  }
}

type Handlers<N extends keyof FakeHandlers> = Pick<FakeHandlers, N>

function programHandlers(world: FakeWorld): Handlers<'app.describe' | 'app.reportFault' | 'topics.snapshot' | 'diagnostics.get'> {
  return {
    'app.describe': () =>
      ok({
        version: '0.1.0',
        shell: 'browser',
        seatNo: '02',
        suggestedAccountNo: world.options.suggestedAccountNo,
        startedAt: world.options.now(),
        autoLockMinutes: 10,
      }),
    'app.reportFault': () => ok({}),
    'topics.snapshot': ({ topic }) => {
      const name = topic as keyof FakeWorld['state']
      const { state, agent } = world.state['session.changed']
      if (topics[name].visible === 'signedIn' && state !== 'signedIn') {
        return err(appError(state === 'locked' ? 'session/locked' : 'auth/signInRequired'))
      }
      if (topics[name].visible === 'signedIn' && agent?.mustChangePassword) return err(appError('auth/passwordMustChange'))
      return ok({ revision: world.revisions.get(name) ?? 0, state: world.state[name] })
    },
    'diagnostics.get': () =>
      ok({
        dataFolder: '/var/lib/seat',
        secretsKeptIn: 'osKeyStore',
        database: {
          bytes: 4_812_800,
          schemaVersion: 3,
          isEncrypted: false,
          lastBackupAt: world.options.now() - 3_600_000,
          slowStatements: 0,
        },
        runtime: { node: '24.21.0', electron: null, platform: 'linux x64' },
        centralUrl: 'https://centre.example.invalid',
      }),
  }
}

function sessionHandlers(
  world: FakeWorld,
): Handlers<'session.signIn' | 'session.signOut' | 'session.lock' | 'session.unlock' | 'session.touch' | 'session.changePassword'> {
  function refusePassword() {
    world.wrongAttempts += 1
    if (world.wrongAttempts >= 5) return err(appError('auth/lockedOut', { minutes: 15 }))
    return err(appError('auth/wrongPassword', { remaining: 5 - world.wrongAttempts }))
  }
  const session = () => world.state['session.changed']
  return {
    'session.signIn'({ accountNo, password, role, shift }) {
      const account = fakeAccounts.find((each) => each.accountNo === accountNo)
      const present = session().agent
      const isRenewal = session().needsSignIn && present?.accountNo === accountNo
      if (present && !isRenewal) return err(appError('session/alreadySignedIn'))
      if (!account || password !== world.password) return refusePassword()
      if (role && !account.roles.includes(role)) return err(appError('auth/roleNotHeld'))
      world.wrongAttempts = 0
      const next = sessionOf(account, world.options.now())
      const agent = next.agent && { ...next.agent, role: role ?? next.agent.role }
      const admittedBy = world.isOffline() ? 'offline' : 'central'
      world.publish('session.changed', { ...next, agent, admittedBy, shift: shift === undefined ? next.shift : shift })
      showQueues(world)
      return ok({})
    },
    'session.signOut'() {
      world.publish('session.changed', sessionOf(null, world.options.now()))
      return ok({})
    },
    'session.lock'() {
      world.publish('session.changed', { ...session(), state: 'locked', lockedAt: world.options.now() })
      return ok({})
    },
    'session.unlock'({ password }) {
      if (password !== world.password) return refusePassword()
      world.wrongAttempts = 0
      world.publish('session.changed', { ...session(), state: 'signedIn', lockedAt: null })
      return ok({})
    },
    'session.touch': () => ok({}),
    'session.changePassword'({ oldPassword, newPassword }) {
      if (oldPassword !== world.password) return refusePassword()
      if (newPassword.length < 10 || newPassword === oldPassword) return err(appError('auth/weakPassword'))
      world.password = newPassword
      const { agent } = session()
      world.publish('session.changed', { ...session(), agent: agent && { ...agent, mustChangePassword: false } })
      return ok({})
    },
  }
}

function outboxHandlers(
  world: FakeWorld,
): Handlers<
  'connection.retry' | 'outbox.retry' | 'outbox.edit' | 'outbox.withdraw' | 'dutyLog.append' | 'reference.get' | 'reference.save'
> {
  type Intents = FakeWorld['state']['outbox.changed']['intents']
  const intents = () => world.state['outbox.changed'].intents
  function publish(next: Intents): void {
    const parked = next.filter((intent) => intent.state === 'parked').length
    world.publish('outbox.changed', { waiting: next.length - parked, parked, intents: next })
  }
  function change(intentId: string, patch: Partial<Intents[number]>) {
    if (!intents().some((intent) => intent.intentId === intentId)) return err(appError('intent/unknown'))
    publish(intents().map((intent) => (intent.intentId === intentId ? { ...intent, ...patch } : intent)))
    return ok({})
  }
  return {
    'connection.retry': () => ok({}),
    'outbox.retry': ({ intentId }) => change(intentId, { state: 'waiting', reason: null }),
    'outbox.edit': ({ intentId, text }) =>
      change(intentId, { editableText: text, summary: text.slice(0, 40), state: 'waiting', reason: null }),
    'outbox.withdraw'({ intentId }) {
      const withdrawn = intents().find((intent) => intent.intentId === intentId)
      if (!withdrawn) return err(appError('intent/unknown'))
      if (withdrawn.kind === 'dutyLog.append') {
        const body = JSON.stringify({ kind: 'event', text: withdrawn.editableText })
        world.drafts.set('dutyLog/new#returned', { body, savedAt: world.options.now() })
      }
      world.waiting.delete(intentId)
      world.pendingNotes = world.pendingNotes.filter((note) => note.intentId !== intentId)
      publish(intents().filter((intent) => intent.intentId !== intentId))
      return ok({})
    },
    'dutyLog.append'({ kind, text: typed, draftKey }) {
      const text = parseDutyLogText(typed)
      if (!text.ok) return err(appError(text.error))
      const { agent, seatNo } = world.state['session.changed']
      const entryId = nextUuid(world)
      const at = world.options.now()
      const author = { authorNo: agent?.accountNo ?? '0101', authorName: agent?.name ?? '', seatNo }
      const isWaiting = world.isOffline()
      const log = world.state['dutyLog.changed']
      const entry = {
        ...author,
        entryId,
        kind,
        text: text.value,
        writtenAt: at,
        receivedAt: isWaiting ? null : at,
        sync: isWaiting ? ('waiting' as const) : ('sent' as const),
        reason: null,
      }
      world.publish('dutyLog.changed', { ...log, entries: [entry, ...log.entries] })
      if (draftKey) world.drafts.delete(draftKey)
      if (isWaiting) {
        const intent = { intentId: entryId, kind: 'dutyLog.append', title: '工作日志', summary: text.value.slice(0, 40) }
        const rest = { editableText: text.value, accountNo: author.authorNo, createdAt: at, attempts: 0, nextAttemptAt: null, reason: null }
        publish([...intents(), { ...intent, ...rest, state: 'waiting' }])
      }
      return ok({ entryId })
    },
    'reference.get'({ kind, id }) {
      const found = world.reference.find((item) => item.entry.kind === kind && item.entry.id === id)
      return found ? ok({ ...found, readAt: world.options.now() }) : err(appError('record/notFound'))
    },
    'reference.save'({ kind, id, seenHash, document }) {
      const found = world.reference.find((item) => item.entry.kind === kind && item.entry.id === id)
      if ((found?.entry.hash ?? null) !== seenHash) return err(appError('record/stale', { current: found?.entry.hash ?? '—' }))
      const saved = document as FakeReference['document']
      const entry = { kind, id, title: saved.title, entries: 1, hash: `${seenHash ?? kind}+`, origin: 'city' as const }
      world.reference = found
        ? world.reference.map((item) => (item === found ? { entry, document: saved } : item))
        : [...world.reference, { entry, document: saved }]
      world.publish('reference.changed', { entries: world.reference.map((item) => item.entry), readAt: world.options.now() })
      return ok(entry)
    },
  }
}

function draftHandlers(world: FakeWorld): Handlers<'drafts.get' | 'drafts.list' | 'drafts.save' | 'drafts.discard'> {
  return {
    'drafts.get'({ key }) {
      const returned = world.drafts.get(`${key}#returned`)
      const kept = world.drafts.get(key) ?? { body: null, savedAt: null }
      return ok({ ...kept, returned: returned ? { body: returned.body, returnedAt: returned.savedAt } : null })
    },
    'drafts.list'({ prefix }) {
      const keys = new Set([...world.drafts.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.replace(/#returned$/, '')))
      const items = [...keys].flatMap((key) => {
        const [kept, back] = [world.drafts.get(key), world.drafts.get(`${key}#returned`)]
        const returned = back ? { body: back.body, returnedAt: back.savedAt } : null
        return { key, body: kept?.body ?? null, savedAt: Math.max(kept?.savedAt ?? 0, back?.savedAt ?? 0), returned }
      })
      return ok({ items: items.sort((a, b) => b.savedAt - a.savedAt) })
    },
    'drafts.save'({ key, body, returnedAt }) {
      if (returnedAt !== undefined) world.drafts.delete(`${key}#returned`)
      const savedAt = world.options.now()
      world.drafts.set(key, { body, savedAt })
      return ok({ savedAt })
    },
    'drafts.discard'({ key }) {
      world.drafts.delete(key)
      return ok({})
    },
  }
}

function windowHandlers(
  world: FakeWorld,
): Handlers<
  'settings.setTheme' | 'settings.saveLayout' | 'settings.saveCaseList' | 'settings.saveMapBookmarks' | 'windows.popOut' | 'notices.dismiss'
> {
  const settings = () => world.state['settings.changed']
  return {
    'settings.setTheme'({ theme }) {
      world.publish('settings.changed', { ...settings(), theme })
      return ok({})
    },
    'settings.saveLayout'({ role, layout }) {
      world.publish('settings.changed', { ...settings(), layouts: { ...settings().layouts, [role]: layout } })
      return ok({})
    },
    'settings.saveCaseList'({ role, list }) {
      world.publish('settings.changed', { ...settings(), caseLists: { ...settings().caseLists, [role]: list } })
      return ok({})
    },
    'settings.saveMapBookmarks'({ bookmarks }) {
      world.publish('settings.changed', { ...settings(), mapBookmarks: bookmarks })
      return ok({})
    },
    'windows.popOut': ({ pane }) => ok({ address: `?fake&pane=${pane}` }),
    'notices.dismiss'({ noticeId }) {
      const notices = world.state['notices.changed'].notices.filter((notice) => notice.noticeId !== noticeId)
      world.publish('notices.changed', { notices })
      return ok({})
    },
  }
}
