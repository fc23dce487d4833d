import { createServer, type Server, type Socket } from 'node:net'
import { checksumOf } from '../../src-main/wall/text-protocol'

/** A wall processor that speaks lines, with a memory of its own: what it shows is what was said to it, whoever says it and whoever remembers. */
export interface FakeTextWall {
  readonly port: number
  readonly tiles: ReadonlyMap<number, string>
  /** Said by hand at the device, past the workstation. */
  put(cell: number, source: string): void
  failWith(reason: string | null): void
  /** Takes the line and never answers. */
  mute(isMute: boolean): void
  unplug(): Promise<void>
  plugIn(): Promise<void>
}

export async function startFakeTextWall(): Promise<FakeTextWall> {
  const tiles = new Map<number, string>()
  const scenes = new Map<number, Map<number, string>>()
  const sockets = new Set<Socket>()
  let failure: string | null = null
  let isMute = false
  let port = 0
  let server: Server | undefined

  function answer(line: string): string {
    const [, text = '', sum] = /^(.*)\*([0-9A-F]{2})$/.exec(line) ?? []
    if (sum !== checksumOf('xor8', `${text}*`)) return 'ERR 校验不对'
    if (failure !== null) return `ERR ${failure}`
    const [verb, ...args] = text.split(' ')
    if (verb === 'READ') return `TILES ${[...tiles].map(([cell, source]) => `${cell}=${source}`).join(';')}`
    if (verb === 'OPEN') tiles.set(Number(args[0]), args[1] ?? '')
    else if (verb === 'CLOSE') tiles.delete(Number(args[0]))
    else if (verb === 'CLEAR') tiles.clear()
    else if (verb === 'SAVE') scenes.set(Number(args[0]), new Map(tiles))
    else if (verb === 'LOAD') {
      tiles.clear()
      for (const [cell, source] of scenes.get(Number(args[0])) ?? []) tiles.set(cell, source)
    } else return 'ERR 不认识的命令'
    return 'OK'
  }

  async function plugIn(): Promise<void> {
    server = createServer((socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => {})
      socket.setEncoding('utf8')
      socket.on('data', (data: string) => {
        for (const line of data.split('\r\n')) if (line !== '' && !isMute) socket.write(`${answer(line)}\r\n`)
      })
    })
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve))
    const address = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
  }
  await plugIn()
  return {
    get port() {
      return port
    },
    tiles,
    put: (cell, source) => void tiles.set(cell, source),
    failWith(reason) {
      failure = reason
    },
    mute(next) {
      isMute = next
    },
    async unplug() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
    },
    plugIn,
  }
}

/** How this processor is described in a configuration. */
export const textWallSetup = (port: number, withinMs = 500) => ({
  wallId: 'hall',
  driver: {
    ...{ kind: 'text', product: '文本大屏', host: '127.0.0.1', port, withinMs, checksum: 'xor8' },
    say: {
      open: 'OPEN {cell} {source} {x} {y} {w} {h}*{sum}',
      close: 'CLOSE {cell}*{sum}',
      closeAll: 'CLEAR*{sum}',
      read: 'READ*{sum}',
      saveScene: 'SAVE {number}*{sum}',
      recallScene: 'LOAD {number}*{sum}',
    },
    sources: { 'camera/1008': 'IN1', 'camera/1011': 'IN2' },
  },
})
