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
  /** Whether the window can reach the core at all. */
  readonly link: { get(): 'open' | 'closed'; subscribe(listener: () => void): () => void }
}

/** The shape that `useSyncExternalStore` wants. */
export interface TopicWatch<N extends TopicName> {
  /** Undefined until the first snapshot arrived. */
  get(): StateOfTopic<N> | undefined
  subscribe(listener: () => void): () => void
}

interface TopicSlot {
  revision: number
  state: unknown
  listeners: Set<() => void>
}

export function createBridge(transport: SeatTransport): Bridge {
  const slots = new Map<TopicName, TopicSlot>()
  const watches = new Map<TopicName, TopicWatch<TopicName>>()
  const linkListeners = new Set<() => void>()
  let link: 'open' | 'closed' = 'closed'

  const call: Bridge['call'] = async (name, input) => (await transport.invoke(name, input)) as never

  function accept(slot: TopicSlot, revision: number, state: unknown): void {
    if (revision <= slot.revision) return
    slot.revision = revision
    slot.state = state
    for (const listener of slot.listeners) listener()
  }

  async function askForSnapshot(name: TopicName, slot: TopicSlot): Promise<void> {
    const answer = await call('topics.snapshot', { topic: name })
    if (answer.ok) accept(slot, answer.value.revision, answer.value.state)
  }

  function slotOf(name: TopicName): TopicSlot {
    const known = slots.get(name)
    if (known) return known
    const slot: TopicSlot = { revision: -1, state: undefined, listeners: new Set() }
    slots.set(name, slot)
    if (link === 'open') void askForSnapshot(name, slot)
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
      for (const [name, other] of slots) if (other.revision === -1) void askForSnapshot(name, other)
    }
  })
  transport.onStatus((status) => {
    link = status
    if (status === 'open') askForAll()
    for (const listener of linkListeners) listener()
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
    link: {
      get: () => link,
      subscribe(listener) {
        linkListeners.add(listener)
        return () => linkListeners.delete(listener)
      },
    },
  }
}
