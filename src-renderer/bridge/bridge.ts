import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import type {
  CommandName,
  InputOfCommand,
  OutputOfCommand,
  SeatTransport,
  StateOfTopic,
  TopicMessage,
  TopicName,
} from '#shared/contracts/seat-api/table'

/**
 * The renderer's only way to the core, typed by the seat API table. It holds the newest state of each topic that somebody watches, and nothing
 * else: subscribe, then ask for the snapshot, ignore what is not newer. After the core restarted (`open` again) revisions begin anew, so every
 * watched topic is asked for again while the old state stays on screen.
 */
export interface Bridge {
  /** Never rejects: a lost connection is `central/…`-like value too, with the code `seat/closed`. */
  call<N extends CommandName>(name: N, input: InputOfCommand<N>): Promise<Result<OutputOfCommand<N>, AppError>>
  topic<N extends TopicName>(name: N): TopicWatch<N>
  /** Whether the window can reach the core at all; `opening` until it did for the first time. */
  readonly link: Watch<Link>
  /** When the core last kept something typed in this window, as it answered; undefined before the first. */
  readonly draftSavedAt: Watch<number | undefined>
}

export type Link = 'opening' | 'open' | 'closed'

/** A value that changes, in the shape that `useSyncExternalStore` wants. */
export interface Watch<T> {
  get(): T
  subscribe(listener: () => void): () => void
}

/** Undefined until the first snapshot arrived, and again once the core refuses the topic to this window (signed out). */
export type TopicWatch<N extends TopicName> = Watch<StateOfTopic<N> | undefined>

interface TopicSlot {
  revision: number
  state: unknown
  listeners: Set<() => void>
}

export function createBridge(transport: SeatTransport): Bridge {
  const slots = new Map<TopicName, TopicSlot>()
  const watches = new Map<TopicName, TopicWatch<TopicName>>()
  const link = createValue<Link>('opening')
  const draftSavedAt = createValue<number | undefined>(undefined)

  /** A record takes its draft with it, and nobody is told of the draft of the person before. */
  function noteDraft(command: string, value: unknown): void {
    if (command === 'drafts.save') draftSavedAt.set((value as OutputOfCommand<'drafts.save'>).savedAt)
    else if (command === 'dutyLog.append' || command === 'session.signOut') draftSavedAt.set(undefined)
  }

  const call: Bridge['call'] = async (name, input) => {
    const answer = await transport.invoke(name, input)
    if (answer.ok) noteDraft(name, answer.value)
    return answer as never
  }

  function accept(slot: TopicSlot, revision: number, state: unknown): void {
    if (revision <= slot.revision) return
    slot.revision = revision
    slot.state = state
    for (const listener of slot.listeners) listener()
  }

  async function askForSnapshot(name: TopicName, slot: TopicSlot): Promise<void> {
    const answer = await call('topics.snapshot', { topic: name })
    if (answer.ok) return accept(slot, answer.value.revision, answer.value.state)
    if (answer.error.code !== 'auth/signInRequired' || slot.state === undefined) return
    // Signed out: what the last person could see must not greet the next one.
    slot.revision = -1
    slot.state = undefined
    for (const listener of slot.listeners) listener()
  }

  function slotOf(name: TopicName): TopicSlot {
    const known = slots.get(name)
    if (known) return known
    const slot: TopicSlot = { revision: -1, state: undefined, listeners: new Set() }
    slots.set(name, slot)
    if (link.get() === 'open') void askForSnapshot(name, slot)
    return slot
  }

  function askForAll(): void {
    for (const [name, slot] of slots) {
      slot.revision = -1
      void askForSnapshot(name, slot)
    }
  }

  transport.onMessage((message: TopicMessage) => {
    const slot = slots.get(message.topic)
    if (slot) accept(slot, message.revision, message.state)
    // What a window may see changed with the session: topics refused before can be read now.
    if (message.topic === 'session.changed') {
      const isSignedOut = (message as TopicMessage<'session.changed'>).state.state === 'signedOut'
      for (const [name, other] of slots) if (isSignedOut || other.revision === -1) void askForSnapshot(name, other)
    }
  })
  transport.onStatus((status) => {
    if (status === 'closed' && link.get() === 'opening') return
    link.set(status)
    if (status === 'open') askForAll()
  })

  return {
    call,
    topic<N extends TopicName>(name: N): TopicWatch<N> {
      const known = watches.get(name)
      if (known) return known as unknown as TopicWatch<N>
      const watch: TopicWatch<N> = {
        get: () => slots.get(name)?.state as StateOfTopic<N> | undefined,
        subscribe(listener) {
          const slot = slotOf(name)
          slot.listeners.add(listener)
          return () => slot.listeners.delete(listener)
        },
      }
      watches.set(name, watch as unknown as TopicWatch<TopicName>)
      return watch
    },
    link,
    draftSavedAt,
  }
}

function createValue<T>(initial: T): Watch<T> & { set(value: T): void } {
  const listeners = new Set<() => void>()
  let value = initial
  return {
    get: () => value,
    set(next) {
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
