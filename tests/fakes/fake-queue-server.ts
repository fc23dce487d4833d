import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/** What a test does with the queue of an exchange, whatever the exchange speaks. */
export interface FakeQueueServer {
  readonly port: number
  /** Every command received, as the protocol writes it. */
  readonly received: string[]
  join(callerId: string, secondsAgo?: number): void
  answer(callerId: string, extension: string): void
  giveUp(callerId: string): void
  setBusy(extension: string): void
  /** The announcement of the dial plan says what was pressed. */
  rate(ref: string, answer: string): void
  /** From now on commands are heard and not answered. */
  fallSilent(): void
  /** All connections are cut, and nobody listens any more. */
  close(): Promise<void>
  /** Again, on the same port; what was paused is forgotten. */
  open(): Promise<void>
}

export interface QueueState {
  readonly paused: Map<string, string>
  readonly busy: Set<string>
  readonly waiting: { readonly callerId: string; readonly joinedMs: number }[]
}

export const memberExtensions = ['8001', '8002', '8003']
export const fakeSecret = 'geheim 1'

export interface QueueProtocol {
  /** Said to each new connection. */
  readonly greeting: string
  /** Where one command ends. */
  readonly endOfCommand: string
  /** What to answer; a new connection has signed in to nothing. */
  answer(command: string, state: QueueState, session: { isIn: boolean }): string
  joined(callerId: string): string
  answered(callerId: string, extension: string): string
  ended(callerId: string, wasAnswered: boolean): string
  rated(ref: string, answer: string): string
}

export async function startFakeQueueServer(protocol: QueueProtocol): Promise<FakeQueueServer> {
  const state: QueueState = { paused: new Map(), busy: new Set(), waiting: [] }
  const received: string[] = []
  const sockets = new Map<Socket, { isIn: boolean }>()
  let server: Server
  let port = 0
  let isSilent = false

  const open = async (): Promise<void> => {
    state.paused.clear()
    server = createServer((socket) => {
      const session = { isIn: false }
      sockets.set(socket, session)
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
      // In two pieces, as networks do.
      socket.write(protocol.greeting.slice(0, 5))
      setTimeout(() => socket.write(protocol.greeting.slice(5)), 5)
      let kept = ''
      socket.on('data', (bytes) => {
        kept += bytes.toString('utf8')
        for (let end = kept.indexOf(protocol.endOfCommand); end >= 0; end = kept.indexOf(protocol.endOfCommand)) {
          const command = kept.slice(0, end)
          kept = kept.slice(end + protocol.endOfCommand.length)
          received.push(command)
          if (!isSilent) socket.write(protocol.answer(command, state, session))
        }
      })
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    port = typeof address === 'object' && address ? address.port : 0
  }
  const tell = (text: string): void => {
    for (const [socket, { isIn }] of sockets) if (isIn) socket.write(text)
  }
  const leave = (callerId: string): void => {
    const at = state.waiting.findIndex((one) => one.callerId === callerId)
    if (at >= 0) state.waiting.splice(at, 1)
  }
  await open()
  return {
    get port() {
      return port
    },
    received,
    open,
    join: (callerId, secondsAgo = 0) => {
      state.waiting.push({ callerId, joinedMs: Date.now() - 1_000 * secondsAgo })
      tell(protocol.joined(callerId))
    },
    answer: (callerId, extension) => {
      leave(callerId)
      tell(protocol.answered(callerId, extension))
      tell(protocol.ended(callerId, true))
    },
    giveUp: (callerId) => {
      leave(callerId)
      tell(protocol.ended(callerId, false))
    },
    rate: (ref, answer) => tell(protocol.rated(ref, answer)),
    setBusy: (extension) => void state.busy.add(extension),
    fallSilent: () => {
      isSilent = true
    },
    close: async () => {
      for (const socket of sockets.keys()) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
