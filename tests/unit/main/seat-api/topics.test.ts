import { beforeEach, describe, expect, it } from 'vitest'
import { createTopics, type Topics } from '#main/seat-api/topics'
import { sessionView } from '#main/workflows/session-holder'
import type { SessionView } from '#shared/contracts/seat-api/views'
import { createKeptLog } from '../../../fakes/kept-log'

const signedOut = sessionView(undefined, '02', false)
const signedIn: SessionView = { ...signedOut, state: 'signedIn' }
const locked: SessionView = { ...signedOut, state: 'locked' }
const outbox = (waiting: number) => ({ waiting, parked: 0, intents: [] })

describe('topics', () => {
  let topics: Topics
  let told: string[]
  beforeEach(() => {
    topics = createTopics(createKeptLog())
    told = []
    topics.subscribe(({ topic, revision }) => void told.push(`${topic} ${revision}`))
  })

  it('keep the newest state with a growing revision and drop one that says nothing new', () => {
    topics.publish('settings.changed', { theme: 'dark', layouts: {}, caseLists: {} })
    topics.publish('settings.changed', { theme: 'dark', layouts: {}, caseLists: {} })
    topics.publish('settings.changed', { theme: 'light', layouts: {}, caseLists: {} })
    expect(told).toEqual(['settings.changed 1', 'settings.changed 2'])
    expect(topics.snapshot('settings.changed')).toEqual({
      ok: true,
      value: { revision: 2, state: { theme: 'light', layouts: {}, caseLists: {} } },
    })
  })

  it('hide from a signed-out window what only a signed-in one may see, and say it anew after the session', () => {
    topics.publish('session.changed', signedOut)
    topics.publish('outbox.changed', outbox(1))
    expect(topics.snapshot('outbox.changed')).toMatchObject({ ok: false, error: { code: 'auth/signInRequired' } })
    topics.publish('session.changed', signedIn)
    expect(told).toEqual(['session.changed 1', 'session.changed 2', 'outbox.changed 2'])
    expect(topics.snapshot('outbox.changed')).toEqual({ ok: true, value: { revision: 2, state: outbox(1) } })
  })

  it('are silent behind a lock, and newer than anything a window holds after it', () => {
    topics.publish('session.changed', signedIn)
    topics.publish('outbox.changed', outbox(1))
    topics.publish('session.changed', locked)
    topics.publish('outbox.changed', outbox(2))
    expect(topics.snapshot('outbox.changed')).toMatchObject({ ok: false, error: { code: 'session/locked' } })
    topics.publish('session.changed', signedIn)
    expect(told).toEqual(['session.changed 1', 'outbox.changed 1', 'session.changed 2', 'session.changed 3', 'outbox.changed 3'])
  })

  it('are hidden until a password that somebody else set is changed', () => {
    const agent = { accountNo: '0201', name: '林小燕', role: 'intake', roles: ['intake'] } as const
    const due: SessionView = { ...signedIn, agent: { ...agent, roles: ['intake'], mustChangePassword: true } }
    topics.publish('session.changed', due)
    topics.publish('outbox.changed', outbox(1))
    expect(topics.snapshot('outbox.changed')).toMatchObject({ ok: false, error: { code: 'auth/passwordMustChange' } })
    expect(topics.snapshot('session.changed')).toMatchObject({ ok: true })
    topics.publish('session.changed', { ...due, agent: { ...agent, roles: ['intake'], mustChangePassword: false } })
    expect(told).toEqual(['session.changed 1', 'session.changed 2', 'outbox.changed 2'])
  })

  it('go to the other windows although one of them throws', () => {
    const log = createKeptLog()
    const robust = createTopics(log)
    const heard: string[] = []
    robust.subscribe(() => {
      throw new Error('window is gone')
    })
    robust.subscribe(({ topic }) => void heard.push(topic))
    robust.publish('session.changed', signedOut)
    expect(heard).toEqual(['session.changed'])
    expect(log.lines).toMatchObject([{ level: 'error', message: 'topic listener threw' }])
  })

  it('know no other names', () => {
    expect(topics.snapshot('__proto__')).toMatchObject({ ok: false, error: { code: 'record/notFound' } })
  })
})
