import type { AppError } from '#shared/base/app-error'
import { type BackOff, backOffMs } from '#shared/base/back-off'
import type { Clock } from '#shared/base/clock'
import { err, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { SeatTransport, TopicMessage } from '#shared/contracts/seat-api/table'

/**
 * Carries the seat API over the browser shell's WebSocket: `{id, command, payload}` out, `{id, answer}` and `{message}` in. It connects again
 * by itself. It never repeats a command: one that was under way when the socket closed is answered with `seat/closed`, because nobody here can
 * know whether it was carried out.
 */
export interface WebSocketTransportNeeds {
  openSocket(): Pick<WebSocket, 'send' | 'onopen' | 'onclose' | 'onmessage'>
  readonly after: Clock['after']
}

/** The core is on this PC, so there is no crowd to spread out. */
const reconnectBackOff: BackOff = { firstMs: 200, mostMs: 5_000, spread: [1, 1] }

type Frame = { readonly id?: unknown; readonly answer?: Result<unknown, AppError>; readonly message?: TopicMessage }

export function createWebSocketTransport({ openSocket, after }: WebSocketTransportNeeds): SeatTransport {
  const pending = new Map<number, (answer: Result<unknown, AppError>) => void>()
  const messageListeners = new Set<(message: TopicMessage) => void>()
  const statusListeners = new Set<(status: 'open' | 'closed') => void>()
  let socket: ReturnType<WebSocketTransportNeeds['openSocket']> | undefined
  let lastId = 0
  let failures = 0

  function setStatus(status: 'open' | 'closed'): void {
    for (const listener of statusListeners) listener(status)
  }

  function connect(): void {
    const opening = openSocket()
    opening.onopen = () => {
      socket = opening
      failures = 0
      setStatus('open')
    }
    opening.onmessage = ({ data }) => receive(String(data))
    opening.onclose = () => {
      const wasOpen = socket === opening
      socket = undefined
      failures += 1
      for (const answer of pending.values()) answer(err(appError('seat/closed')))
      pending.clear()
      if (wasOpen) setStatus('closed')
      after(backOffMs(failures, 0, reconnectBackOff), connect)
    }
  }

  function receive(text: string): void {
    const { id, answer, message } = JSON.parse(text) as Frame
    if (message) for (const listener of messageListeners) listener(message)
    if (typeof id !== 'number' || !answer) return
    pending.get(id)?.(answer)
    pending.delete(id)
  }

  connect()
  return {
    invoke(command, payload) {
      if (!socket) return Promise.resolve(err(appError('seat/closed')))
      lastId += 1
      const id = lastId
      socket.send(JSON.stringify({ id, command, payload }))
      return new Promise((resolve) => pending.set(id, resolve))
    },
    onMessage(listener) {
      messageListeners.add(listener)
      return () => {
        messageListeners.delete(listener)
      }
    },
    onStatus(listener) {
      statusListeners.add(listener)
      listener(socket ? 'open' : 'closed')
      return () => {
        statusListeners.delete(listener)
      }
    },
  }
}
