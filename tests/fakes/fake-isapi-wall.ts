import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { escapeXml, readXml, xmlAll, xmlAt, xmlText } from '../../src-shared/base/xml'
import type { Tile } from '../../src-shared/domain/wall/layout'

/**
 * A decoder with a wall behind HTTP Digest: it numbers windows itself, aligns them to sixteen points, writes its values on lines of their own as real ones
 * do, and says a refusal with HTTP 200. Its memory outlives being unplugged.
 */
export interface FakeIsapiWall {
  readonly port: number
  put(tile: Tile | undefined, source: string): void
  /** A sub status code of the protocol, or words. */
  failWith(words: string | null): void
  wrongTries(): number
  unplug(): Promise<void>
  plugIn(): Promise<void>
}

interface Window {
  readonly rect: readonly [number, number, number, number]
  readonly source: string
}

const account = { user: 'admin', password: 'Decoder-1' }
const realm = 'DS-6908'
const md5 = (text: string) => createHash('md5').update(text).digest('hex')

export async function startFakeIsapiWall(): Promise<FakeIsapiWall> {
  let windows = new Map<string, Window>()
  const scenes = new Map<string, Map<string, Window>>()
  const nonce = md5(String(Math.random()))
  let failure: string | null = null
  let wrong = 0
  let nextId = 16_777_217
  let port = 0
  let server: Server | undefined

  function isAllowed({ method, headers }: IncomingMessage): boolean {
    const field = (name: string) => new RegExp(`${name}="?([^",]*)`).exec(headers.authorization ?? '')?.[1] ?? ''
    if (field('nonce') !== nonce) return false
    const secret = md5(`${account.user}:${realm}:${account.password}`)
    const expected = md5(`${secret}:${nonce}:${field('nc')}:${field('cnonce')}:auth:${md5(`${method}:${field('uri')}`)}`)
    if (field('response') === expected) return true
    wrong += 1
    return false
  }
  function act(method: string, path: string, body: string): string {
    if (method !== 'GET' && failure !== null) return status(4, 'Invalid Operation', failure)
    const [, id = ''] = /\/windows\/(\d+)$/.exec(path) ?? []
    const [, scene = '', verb] = /\/scene\/(\d+)\/(saveData|activate)$/.exec(path) ?? []
    if (method === 'GET' && path.endsWith('/windows')) return listOf(windows)
    if (method === 'POST' && path.endsWith('/windows')) windows.set(String(nextId++), windowIn(body))
    else if (method === 'PUT' && windows.has(id)) windows.set(id, windowIn(body))
    else if (method === 'DELETE' && windows.has(id)) windows.delete(id)
    else if (verb === 'saveData') scenes.set(scene, new Map(windows))
    else if (verb === 'activate' && scenes.has(scene)) windows = new Map(scenes.get(scene))
    else return status(4, 'Invalid Operation', 'badParameters')
    return status(1, 'OK', 'ok')
  }
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    if (!isAllowed(request)) {
      response.writeHead(401, { 'www-authenticate': `Digest realm="${realm}", qop="auth", nonce="${nonce}", algorithm="MD5"` }).end()
      return
    }
    response.setHeader('content-type', 'application/xml').end(act(request.method ?? '', request.url ?? '', body))
  }
  async function plugIn(): Promise<void> {
    server = createServer((request, response) => void answer(request, response))
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve))
    const address = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
  }
  await plugIn()
  return {
    get port() {
      return port
    },
    put(tile, source) {
      if (tile) windows.set(String(nextId++), { rect: [tile.x * 160, tile.y * 160, tile.width * 160, tile.height * 160], source })
    },
    failWith(words) {
      failure = words
    },
    wrongTries: () => wrong,
    async unplug() {
      server?.closeAllConnections()
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
    },
    plugIn,
  }
}

const aligned = (points: number) => points - (points % 16)

function windowIn(body: string): Window {
  const root = readXml(body)
  const rect = xmlAt(root, 'Rect')
  const number = (...path: string[]) => aligned(Number(xmlText(rect, ...path)))
  const param = xmlAll(root, 'SubWindowParam')[0]
  const input = xmlText(param, 'videoInputChannelID')
  const stream = xmlText(param, 'streamingChannelID')
  const url = xmlAll(param, 'URL')[0]?.text
  const source = input ? `input:${input}` : stream ? `stream:${stream}` : `url:${url}`
  return { rect: [number('Coordinate', 'x'), number('Coordinate', 'y'), number('width'), number('height')], source }
}

function listOf(windows: ReadonlyMap<string, Window>): string {
  const items = [...windows].map(([id, { rect, source }]) => {
    const [x, y, width, height] = rect
    const [kind = '', value = ''] = source.split(/:(.*)/s)
    const param = {
      input: `<signalMode>\n video input\n</signalMode><videoInputChannelID>\n${value}\n</videoInputChannelID>`,
      stream: `<signalMode>stream id</signalMode><streamingChannelID>${value}</streamingChannelID>`,
      url: `<signalMode>stream setting</signalMode><StreamInput><StreamInputRealtime><StreamRealtimeUnitList><StreamRealtimeUnit><StreamInURL><URL>${escapeXml(value)}</URL></StreamInURL></StreamRealtimeUnit></StreamRealtimeUnitList></StreamInputRealtime></StreamInput>`,
    }[kind]
    return `<WallWindow>\n<id>\n ${id}\n</id><Rect><Coordinate><x>${x}</x><y>${y}</y></Coordinate><width>${width}</width><height>${height}</height></Rect><SubWindowList><SubWindow><id>1</id><SubWindowParam>${param}</SubWindowParam></SubWindow></SubWindowList></WallWindow>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<WallWindowList version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">${items.join('')}</WallWindowList>`
}

const status = (code: number, words: string, sub: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><ResponseStatus version="2.0"><statusCode>${code}</statusCode><statusString>${words}</statusString><subStatusCode>${sub}</subStatusCode></ResponseStatus>`

/** How this decoder is described in a configuration. */
export const isapiWallSetup = (port: number) => ({
  wallId: 'hall',
  driver: {
    ...{ kind: 'isapi', product: '解码墙', address: `http://127.0.0.1:${port}`, account, withinMs: 800 },
    sources: { 'camera/1008': 'input:16842753', 'camera/1011': 'stream:3' },
  },
})
