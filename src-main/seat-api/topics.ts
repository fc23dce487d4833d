import type { AppError } from '#shared/base/app-error'
import type { Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import { appError, type ErrorCode } from '#shared/contracts/errors'
import { type StateOfTopic, type TopicMessage, type TopicName, topicNames } from '#shared/contracts/seat-api/table'
import { topics as topicTable } from '#shared/contracts/seat-api/topics'
import type { SessionView } from '#shared/contracts/seat-api/views'

/**
 * The newest state of every topic, with a revision that only grows. What only a signed-in window may see is held back while nobody is, the seat
 * is locked or a password must be changed first, and said again when that ends. It reads no state anywhere: workflows publish.
 */
export interface Topics {
  /** A state equal to the last one is dropped. Publishing `session.changed` also decides what windows may see from then on. */
  publish<N extends TopicName>(topic: N, state: StateOfTopic<N>): void
  /** Errors: `auth/signInRequired`, `session/locked`, `auth/passwordMustChange`; `record/notFound` for a topic that does not exist. */
  snapshot(name: string): Result<{ readonly revision: number; readonly state: unknown }, AppError>
  subscribe(listener: (message: TopicMessage) => void): Stop
  /** For the core itself: the newest state, whoever may see it. */
  look<N extends TopicName>(topic: N): StateOfTopic<N> | undefined
}

interface Slot {
  revision: number
  state: unknown
  /** The state as JSON: cheap to compare, and the same text the shells will send. */
  text: string
}

type Standing = SessionView['state'] | 'passwordDue'

export function createTopics(log: Log): Topics {
  const slots = new Map<TopicName, Slot>()
  const listeners = new Set<(message: TopicMessage) => void>()
  let seen: Standing = 'signedOut'

  const isVisible = (topic: TopicName): boolean => seen === 'signedIn' || topicTable[topic].visible === 'always'

  function send(topic: TopicName): void {
    const slot = slots.get(topic)
    if (!slot || !isVisible(topic)) return
    // The table's types were checked on publishing; a map by name cannot carry them.
    const message = { topic, revision: slot.revision, state: slot.state } as TopicMessage
    for (const listener of [...listeners]) {
      try {
        listener(message)
      } catch (cause) {
        // A window that went away while it was told must not undo what was told about.
        log.error('topic listener threw', { topic, cause })
      }
    }
  }

  function showTo(next: Standing): void {
    const wasHidden = seen !== 'signedIn'
    seen = next
    if (next !== 'signedIn' || !wasHidden) return
    for (const topic of topicNames) {
      const slot = slots.get(topic)
      if (!slot || topicTable[topic].visible === 'always') continue
      // A window may still hold the revision from before it was hidden: only a newer one is taken.
      slot.revision += 1
      send(topic)
    }
  }

  return {
    publish(topic, state) {
      const text = JSON.stringify(state)
      const slot = slots.get(topic)
      if (slot?.text === text) return
      slots.set(topic, { revision: (slot?.revision ?? 0) + 1, state, text })
      if (topic !== 'session.changed') return send(topic)
      const session = state as SessionView
      // Less to see: before it is said. More to see: after, so that windows know who is there first.
      const standing = standingOf(session)
      if (standing !== 'signedIn') showTo(standing)
      send(topic)
      showTo(standing)
    },
    snapshot(name) {
      const topic = topicNames.find((known) => known === name)
      const slot = topic && slots.get(topic)
      if (!topic || !slot) return err(appError('record/notFound'))
      if (!isVisible(topic)) return err(appError(refusals[seen]))
      return ok({ revision: slot.revision, state: slot.state })
    },
    // What was published under a name has that name's type.
    look: <N extends TopicName>(topic: N) => slots.get(topic)?.state as StateOfTopic<N> | undefined,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const refusals = {
  signedOut: 'auth/signInRequired',
  signedIn: 'auth/signInRequired',
  locked: 'session/locked',
  passwordDue: 'auth/passwordMustChange',
} as const satisfies Record<Standing, ErrorCode>

function standingOf({ state, agent }: SessionView): Standing {
  return state === 'signedIn' && agent?.mustChangePassword ? 'passwordDue' : state
}
