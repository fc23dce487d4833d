import { connect, type Socket } from 'node:net'
import { backOffMs } from '#shared/base/back-off'
import type { Clock, Stop } from '#shared/base/clock'

/**
 * A connection to an exchange's control port that is made again whenever it is lost. It knows no protocol: text in and out, in UTF-8. Control ports
 * belong to the hall's own network; what is sent is not encrypted, as the exchanges have it.
 */
export interface TextLink {
  /** False: there is no connection. */
  send(text: string): boolean
  /** Gives the connection up, e.g. because it is silent; another is made. */
  drop(): void
  stop(): void
}

export interface TextLinkParts {
  readonly host: string
  readonly port: number
  readonly clock: Clock
  readonly random: () => number
  onOpen(): void
  onBytes(bytes: Buffer): void
  onDown(reason: string): void
}

const connectWithinMs = 8_000
/** A restarting exchange is back within seconds; one that is away for a night need not be asked every second. */
const backOff = { firstMs: 1_000, mostMs: 30_000, spread: [0.8, 1.2] } as const
/** It stood so long: the next loss is a new one. */
const steadyMs = 20_000

export function createTextLink({ host, port, clock, random, onOpen, onBytes, onDown }: TextLinkParts): TextLink {
  let socket: Socket | null = null
  let isOpen = false
  let isStopped = false
  let failures = 0
  let openedMs = 0
  let stopNext: Stop = () => {}

  const down = (made: Socket, reason: string): void => {
    if (socket !== made) return
    socket = null
    made.destroy()
    const wasOpen = isOpen
    isOpen = false
    failures = wasOpen && clock.monotonicMs() - openedMs > steadyMs ? 1 : failures + 1
    if (isStopped) return
    stopNext = clock.after(backOffMs(failures, random(), backOff), open)
    onDown(reason)
  }
  function open(): void {
    const made = connect({ host, port })
    socket = made
    const stopWaiting = clock.after(connectWithinMs, () => down(made, 'timeout'))
    made.setKeepAlive(true, 30_000)
    made.once('connect', () => {
      stopWaiting()
      isOpen = true
      openedMs = clock.monotonicMs()
      onOpen()
    })
    made.on('data', (bytes) => socket === made && onBytes(bytes))
    made.once('error', (error) => {
      stopWaiting()
      down(made, (error as NodeJS.ErrnoException).code ?? error.message)
    })
    made.once('close', () => {
      stopWaiting()
      down(made, 'closed')
    })
  }
  open()
  return {
    send: (text) => {
      if (!socket || !isOpen) return false
      socket.write(text)
      return true
    },
    drop: () => socket && down(socket, 'dropped'),
    stop: () => {
      isStopped = true
      stopNext()
      socket?.destroy()
      socket = null
    },
  }
}
