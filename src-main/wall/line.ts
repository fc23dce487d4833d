import { connect, type Socket } from 'node:net'
import type { AppError } from '#shared/base/app-error'
import type { Clock } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'

/** One exchange over TCP with a device that speaks in lines: connect, hear its greeting if it has one, say a line, hear one, close. */
export interface LineAddress {
  readonly host: string
  readonly port: number
  /** What ends a line in both directions. */
  readonly ending: string
  readonly withinMs: number
}

const longestLine = 65_536

/** `talk` is given the way to say and to hear; whatever happens, the connection is closed and the time limit holds for the whole. */
export function exchange<T>(
  { host, port, ending, withinMs }: LineAddress,
  clock: Clock,
  talk: (line: { say(text: string): void; hear(): Promise<string> }) => Promise<Result<T, AppError>>,
): Promise<Result<T, AppError>> {
  return new Promise((resolve) => {
    const socket: Socket = connect({ host, port })
    let buffer = ''
    let waiting: ((line: string) => void) | undefined
    const stopWaiting = clock.after(withinMs, () =>
      finish(err(appError('wall/unreachable', { reason: `${withinMs / 1_000} 秒内没有回答` }))),
    )
    function finish(result: Result<T, AppError>): void {
      stopWaiting()
      socket.destroy()
      resolve(result)
    }
    function deliver(): void {
      const end = buffer.indexOf(ending)
      if (end < 0 || !waiting) return
      const line = buffer.slice(0, end)
      buffer = buffer.slice(end + ending.length)
      const take = waiting
      waiting = undefined
      take(line)
    }
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => {
      buffer += text
      if (buffer.length > longestLine) return finish(err(appError('wall/refused', { reason: '回答太长，不是这种协议' })))
      deliver()
    })
    socket.on('error', (cause: NodeJS.ErrnoException) =>
      finish(err(appError('wall/unreachable', { reason: socketWords[cause.code ?? ''] ?? '网络出错' }))),
    )
    socket.on('close', () => finish(err(appError('wall/unreachable', { reason: '对方断开了连接' }))))
    const line = {
      say: (text: string) => void socket.write(text + ending),
      hear: () =>
        new Promise<string>((heard) => {
          waiting = heard
          deliver()
        }),
    }
    socket.once('connect', () => void talk(line).then(finish))
  })
}

const socketWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: '对方没有开放端口',
  ECONNRESET: '对方断开了连接',
  EHOSTUNREACH: '网络不通',
  ENETUNREACH: '网络不通',
  ENOTFOUND: '地址找不到',
  ETIMEDOUT: '网络没有回应',
}

export const done = ok(undefined)
