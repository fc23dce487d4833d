import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OpenedStore } from '#main/store/open-store'
import type { DutyLogEntry } from '#shared/contracts/central-api/duty-log'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { ReferenceDocument, ReferenceManifestEntry } from '#shared/contracts/reference'
import { createStoreBench, entry, type StoreBench, startMs } from './store-bench'

let bench: StoreBench
let store: OpenedStore
beforeEach(() => {
  bench = createStoreBench()
  store = bench.open()
})
afterEach(() => bench.discard())

/** The same data seen by the next run of the program. */
function reopened(): OpenedStore {
  bench.close(store)
  store = bench.open()
  return store
}

const me: Me = {
  accountId: '0191f5e0-0000-7000-8000-000000000001',
  accountNo: 'A01',
  name: '王敏',
  roles: ['intake'],
  role: 'intake',
  seatNo: '02',
  shift: null,
  sessionId: '0191f5e0-0000-7000-8000-000000000002',
  signedInAt: startMs,
  mustChangePassword: false,
}
const manifestEntry = (id: string, hash = 'h1'): ReferenceManifestEntry => ({
  kind: 'calendar',
  id,
  title: `${id} 年工作日`,
  hash,
  entries: 365,
  origin: 'product',
})
const document = { kind: 'calendar', made: 'up' } as unknown as ReferenceDocument

describe('drafts, settings, snapshots and the cursor', () => {
  it('keep the newest value and survive a restart', () => {
    for (const body of ['一', '一二', "一二' OR 1=1 😀"]) store.drafts.save('A01/x', body, startMs)
    store.settings.set('theme', 'dark')
    store.settings.set('nothing', null)
    store.snapshots.put('onDuty', { people: [] }, 1)
    store.snapshots.put('onDuty', { people: ['A01'] }, 2)
    expect(store.eventCursor.get()).toBeUndefined()
    store.eventCursor.set(9_007_199_254_740_991)
    const next = reopened()
    expect(next.drafts.get('A01/x')).toEqual({ body: "一二' OR 1=1 😀", savedAt: startMs })
    expect([next.settings.get('theme'), next.settings.get('nothing'), next.settings.get('never')]).toEqual(['dark', null, undefined])
    expect(next.snapshots.get('onDuty')).toEqual({ state: { people: ['A01'] }, readAt: 2 })
    expect(next.snapshots.get('never')).toBeUndefined()
    expect(next.eventCursor.get()).toBe(9_007_199_254_740_991)
    next.drafts.discard('A01/x')
    expect(next.drafts.get('A01/x')).toBeUndefined()
  })
})

describe('the session', () => {
  it('survives a restart, and leaves the account and its verifier behind when it ends', () => {
    const session = { me, isLocked: true, lockedAt: startMs, admittedBy: 'central', needsSignIn: false } as const
    expect([store.session.get(), store.session.lastAccountNo(), store.session.verifierOf('A01')]).toEqual([undefined, undefined, undefined])
    store.session.put(session)
    store.session.rememberVerifier('A01', 'scrypt:old', me, 1)
    store.session.rememberVerifier('A01', 'scrypt:new', me, 2)
    expect(reopened().session.get()).toEqual(session)
    store.session.clear()
    expect(store.session.get()).toBeUndefined()
    expect(store.session.lastAccountNo()).toBe('A01')
    expect(store.session.verifierOf('A01')).toEqual({ verifier: 'scrypt:new', me, verifiedAt: 2 })
  })
})

describe('reference data', () => {
  it('is listed in the order of the centre, and a document goes with its entry', () => {
    expect(store.reference.manifest()).toEqual({ entries: [], readAt: null })
    const entries = [manifestEntry('2027'), manifestEntry('2026')]
    store.reference.replaceManifest(entries, 1)
    store.reference.put(manifestEntry('2026'), document, 5)
    store.reference.put(manifestEntry('2027'), document, 6)
    const changed = [manifestEntry('2026', 'h2')]
    store.reference.replaceManifest(changed, 2)
    expect(reopened().reference.manifest()).toEqual({ entries: changed, readAt: 2 })
    expect(store.reference.get('calendar', '2027')).toBeUndefined()
    // The document on hand is still the one of the old hash, and says so: the reader fetches the new one.
    expect(store.reference.get('calendar', '2026')).toEqual({ entry: manifestEntry('2026', 'h1'), document, readAt: 5 })
    expect(store.reference.get('areas', '2026')).toBeUndefined()
  })
})

describe('the duty log', () => {
  const viewOf = (number: number) => {
    const { shiftId: _, ...view } = entry(number)
    return view
  }

  it('gives the newest first, as many as asked', () => {
    for (const number of [2, 1, 3]) store.dutyLog.insert(entry(number))
    expect(store.dutyLog.newest(2)).toEqual([viewOf(3), viewOf(2)])
  })

  it('is completed by the centre’s word, which wins, and grows by other people’s entries', () => {
    store.dutyLog.insert(entry(1))
    store.dutyLog.setSync('entry-1', 'parked', '该月已归档')
    expect(store.dutyLog.newest(1)).toEqual([{ ...viewOf(1), sync: 'parked', reason: '该月已归档' }])
    store.dutyLog.setText('entry-1', '改过')
    expect(store.dutyLog.newest(1)[0]?.text).toBe('改过')
    const { sync: _, reason: __, ...written } = entry(1)
    const central: DutyLogEntry = { ...written, authorRole: 'intake', receivedAt: startMs + 99 }
    store.dutyLog.applyFromCentral(central)
    store.dutyLog.applyFromCentral(central)
    store.dutyLog.applyFromCentral({ ...central, entryId: 'theirs', authorNo: 'B02' })
    const sent = { ...viewOf(1), receivedAt: startMs + 99, sync: 'sent' }
    expect(reopened().dutyLog.newest(10)).toEqual([{ ...sent, entryId: 'theirs', authorNo: 'B02' }, sent])
    store.dutyLog.remove('theirs')
    expect(store.dutyLog.newest(10)).toEqual([sent])
  })
})

describe('cases in and out', () => {
  const came = { kind: 'registered', count: 1 } as const
  it('are told from a number or a moment on, each once, with whether something may not have been heard', () => {
    expect(store.caseFlow.since(null, startMs)).toEqual({ flows: [], isWhole: false })
    store.caseFlow.keepGap(100, startMs)
    store.caseFlow.keep(101, startMs + 1, [came])
    store.caseFlow.keep(101, startMs + 1, [came])
    store.caseFlow.keep(104, startMs + 9, [{ kind: 'closed', count: 1 }])
    expect(store.caseFlow.since(100, 0)).toEqual({ flows: [came, { kind: 'closed', count: 1 }], isWhole: true })
    expect(store.caseFlow.since(101, 0)).toEqual({ flows: [{ kind: 'closed', count: 1 }], isWhole: true })
    expect(store.caseFlow.since(null, startMs + 2)).toEqual({ flows: [{ kind: 'closed', count: 1 }], isWhole: true })
    expect(store.caseFlow.since(90, 0).isWhole).toBe(false)
    // The seat was away, and read everything anew.
    store.caseFlow.keepGap(104, startMs + 10)
    store.caseFlow.keepGap(250, startMs + 20)
    expect(reopened().caseFlow.since(101, 0)).toEqual({ flows: [{ kind: 'closed', count: 1 }], isWhole: false })
    expect(store.caseFlow.since(250, 0)).toEqual({ flows: [], isWhole: true })
  })
})
