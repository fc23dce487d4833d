import { describe, expect, it, vi } from 'vitest'
import { createBridge } from '../../../../src-renderer/bridge/bridge'
import { fakeAccountOf } from '../../../../src-renderer/bridge/fake-data'
import { createFakeCore } from '../../../../src-renderer/bridge/fake-transport'

const signedIn = { signedInAs: fakeAccountOf('intake') }

describe('the bridge', () => {
  it('asks for a snapshot once a topic is watched, and follows what is broadcast', async () => {
    const core = createFakeCore(signedIn)
    const topic = createBridge(core.transport).topic('outbox.changed')
    const seen = vi.fn()
    topic.subscribe(seen)
    await vi.waitFor(() => expect(topic.get()?.waiting).toBe(0))
    core.publish('outbox.changed', { waiting: 2, parked: 0, intents: [] })
    expect(topic.get()?.waiting).toBe(2)
    expect(seen).toHaveBeenCalledTimes(2)
  })

  it('keeps the old state while the core is away and takes the new core’s, whose revisions begin anew', async () => {
    const core = createFakeCore(signedIn)
    const bridge = createBridge(core.transport)
    const topic = bridge.topic('outbox.changed')
    topic.subscribe(() => {})
    await vi.waitFor(() => expect(topic.get()).toBeDefined())
    core.publish('outbox.changed', { waiting: 5, parked: 0, intents: [] })
    core.setLink('closed')
    expect(bridge.link.get()).toBe('closed')
    expect(topic.get()?.waiting).toBe(5)
    core.publish('outbox.changed', { waiting: 1, parked: 0, intents: [] })
    core.setLink('open')
    await vi.waitFor(() => expect(topic.get()?.waiting).toBe(1))
  })

  it('forgets after sign-out what a signed-out window may not see, and reads it again for the next person', async () => {
    const core = createFakeCore(signedIn)
    const bridge = createBridge(core.transport)
    const log = bridge.topic('dutyLog.changed')
    log.subscribe(() => {})
    bridge.topic('session.changed').subscribe(() => {})
    await vi.waitFor(() => expect(log.get()?.entries.length).toBeGreaterThan(0))
    await bridge.call('session.signOut', {})
    await vi.waitFor(() => expect(log.get()).toBeUndefined())
    await bridge.call('session.signIn', { accountNo: '0102', password: 'ping-an-2026' })
    await vi.waitFor(() => expect(log.get()?.entries.length).toBeGreaterThan(0))
  })

  it('knows when the core last kept a draft', async () => {
    const core = createFakeCore({ ...signedIn, now: () => 1_000 })
    const bridge = createBridge(core.transport)
    expect(bridge.draftSavedAt.get()).toBeUndefined()
    await bridge.call('drafts.save', { key: 'dutyLog/new', body: '字' })
    expect(bridge.draftSavedAt.get()).toBe(1_000)
  })

  it('forgets the draft once its record was taken, and when the person leaves', async () => {
    const bridge = createBridge(createFakeCore(signedIn).transport)
    await bridge.call('drafts.save', { key: 'dutyLog/new', body: '字' })
    await bridge.call('dutyLog.append', { kind: 'event', text: '字', draftKey: 'dutyLog/new' })
    expect(bridge.draftSavedAt.get()).toBeUndefined()
    await bridge.call('drafts.save', { key: 'dutyLog/new', body: '又' })
    await bridge.call('session.signOut', {})
    expect(bridge.draftSavedAt.get()).toBeUndefined()
  })
})
