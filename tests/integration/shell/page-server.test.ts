import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { createIds } from '#main/platform/ids'
import { createLog } from '#main/platform/log'
import { createSystemClock } from '#main/platform/system-clock'
import type { SeatApi, Sender } from '#main/seat-api/seat-api'
import { frameLimitBytes } from '#main/shell/browser/frames'
import { type PageServer, startPageServer } from '#main/shell/browser/page-server'
import { createPageFiles } from '#main/shell/page-files'
import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { TopicMessage } from '#shared/contracts/seat-api/table'

/** A core that answers what it was asked, and knows only `app.describe`. */
function fakeApi() {
  const senders: Sender[] = []
  const listeners = new Set<(message: TopicMessage) => void>()
  const api: SeatApi = {
    async handle(command, payload, sender) {
      senders.push(sender)
      return command === 'app.describe' ? ok({ payload }) : err(appError('seatApi/unknownCommand'))
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return { api, senders, listeners }
}

interface Answered {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
}

/** One plain request, with the headers and the path exactly as given: `fetch` would mend both. */
function get(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, method, headers: { host: `127.0.0.1:${port}`, ...headers } },
      async (response) => {
        let body = ''
        for await (const part of response.setEncoding('utf8')) body += part
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}

let folder: string
let lines: string[]
let core: ReturnType<typeof fakeApi>
let server: PageServer
let port: number

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seat-shell-'))
  mkdirSync(join(folder, 'page/assets'), { recursive: true })
  writeFileSync(join(folder, 'page/index.html'), '<!doctype html><title>seat</title>')
  writeFileSync(join(folder, 'page/assets/index-1.js'), 'export {}')
  writeFileSync(join(folder, 'secret.js'), 'secret')
  lines = []
  core = fakeApi()
  let made = 0
  server = await startPageServer({
    api: core.api,
    picture: (watchId) => (watchId === openWatch ? pictures() : undefined),
    playback: (playId) => (playId === openPlay ? sound : undefined),
    mapArchive: () => undefined,
    baseMapTile: async () => undefined,
    findFile: createPageFiles(join(folder, 'page')),
    clock: createSystemClock(),
    ids: createIds(),
    log: createLog({ stream: { write: (line) => lines.push(line) } }),
    secret: () => `secret${++made}`,
    port: 0,
  })
  port = server.port
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const tokenPath = () => new URL(server.oneTimeAddress()).pathname + new URL(server.oneTimeAddress()).search

/** Ten octets that somebody opened to listen to. */
const openPlay = '0191f5e0-0000-7000-8000-00000000aaaa'
const sound = {
  mediaType: 'audio/wav',
  bytes: 10,
  async *read(from: number, until: number) {
    for (let at = from; at < until; at += 1) yield Uint8Array.of(at)
  },
}

/** Three pieces of a picture, and the end. */
const openWatch = '0191f5e0-0000-7000-8000-00000000bbbb'
async function* pictures(): AsyncGenerator<Uint8Array> {
  for (const octet of [1, 2, 3]) yield Uint8Array.of(octet)
}

/** The cookie header of an admitted window. */
async function admitted(): Promise<string> {
  const { headers } = await get(port, tokenPath())
  return String(headers['set-cookie']).split(';')[0] ?? ''
}

function socketAt(path: string, headers: Record<string, string>): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
}

/** `open`, or the status of the refusal. */
function outcome(socket: WebSocket): Promise<'open' | number> {
  return new Promise((resolve) => {
    socket.on('open', () => resolve('open'))
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('error', () => undefined)
  })
}

async function openWindow(): Promise<WebSocket> {
  const socket = socketAt('/seat', { cookie: await admitted(), origin: `http://127.0.0.1:${port}` })
  expect(await outcome(socket)).toBe('open')
  return socket
}

async function nextFrame(socket: WebSocket): Promise<unknown> {
  const [data] = await once(socket, 'message')
  return JSON.parse(String(data))
}

const refusals = () =>
  lines.filter((line) => line.includes('"request refused"')).map((line) => (JSON.parse(line) as { reason: string }).reason)

describe('the page server of the browser shell', () => {
  it('lets an address in once, and hands out a cookie that only the browser can send back', async () => {
    const path = tokenPath()
    const first = await get(port, path)
    expect([first.status, first.headers.location]).toEqual([303, '/'])
    expect(first.headers['set-cookie']).toEqual([
      expect.stringMatching(new RegExp(`^seat-${port}=\\w+; HttpOnly; SameSite=Strict; Path=/$`)),
    ])
    const second = await get(port, path)
    expect([second.status, second.headers['set-cookie'], second.body.includes('只能用一次')]).toEqual([403, undefined, true])
    expect(refusals()).toEqual(['token'])
  })

  it('gives the page with its headers to who was let in, and a plain page in Chinese to everybody else', async () => {
    const cookie = await admitted()
    const page = await get(port, '/?pane=dutyLog', { cookie })
    expect([page.status, page.body]).toEqual([200, '<!doctype html><title>seat</title>'])
    expect(page.headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${port};`)
    expect((await get(port, '/assets/index-1.js', { cookie })).headers['cache-control']).toContain('immutable')
    expect((await get(port, '/', { host: `localhost:${port}`, cookie })).status).toBe(200)
    const wrong = [{}, { cookie: `seat-${port}=guess` }, { cookie: cookie.replace(`seat-${port}`, 'seat-1') }]
    expect(await Promise.all(wrong.map(async (headers) => (await get(port, '/assets/index-1.js', headers)).status))).toEqual([
      403, 403, 403,
    ])
  })

  it('answers no other name than its own, so that a foreign name pointed at this PC reaches nothing', async () => {
    const cookie = await admitted()
    const hosts = ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`, `127.0.0.1.evil.example:${port}`]
    const answers = await Promise.all(hosts.map((host) => get(port, '/', { host, cookie })))
    expect(answers.map(({ status }) => status)).toEqual(hosts.map(() => 403))
    expect(refusals()).toEqual(hosts.map(() => 'host'))
    expect((await get(port, tokenPath(), { host: 'evil.example' })).headers['set-cookie']).toBeUndefined()
  })

  it('gives no file from outside the page’s folder', async () => {
    const cookie = await admitted()
    const paths = [
      '/../secret.js',
      '/assets/../../secret.js',
      '/%2e%2e/secret.js',
      '/assets/..%2f..%2fsecret.js',
      '/..%5csecret.js',
      '//secret.js',
    ]
    const answers = await Promise.all(paths.map((path) => get(port, path, { cookie })))
    expect(answers.map(({ status, body }) => [status, body.includes('secret')])).toEqual(paths.map(() => [404, false]))
  })

  it('takes no other method', async () => {
    const cookie = await admitted()
    expect((await get(port, '/', { cookie }, 'POST')).status).toBe(403)
  })

  it('opens a socket only with the session, from our own page, at its own path', async () => {
    const cookie = await admitted()
    const origin = `http://127.0.0.1:${port}`
    const asked: [string, Record<string, string>][] = [
      ['/seat', { cookie, origin }],
      ['/seat', { origin }],
      ['/seat', { cookie }],
      ['/seat', { cookie, origin: 'http://evil.example' }],
      ['/seat', { cookie, origin: `http://127.0.0.1:${port + 1}` }],
      ['/seat', { cookie, origin: 'null' }],
      ['/seat', { cookie, origin: 'http://evil.example', host: 'evil.example' }],
      ['/', { cookie, origin }],
      [tokenPath(), { origin }],
    ]
    const sockets = asked.map(([path, headers]) => socketAt(path, headers))
    expect(await Promise.all(sockets.map(outcome))).toEqual(['open', 403, 403, 403, 403, 403, 403, 403, 403])
  })
})

describe('a window’s socket', () => {
  it('carries commands to the core as a trusted sender of its own name, and answers by id', async () => {
    const [one, two] = [await openWindow(), await openWindow()]
    one.send(JSON.stringify({ id: 7, command: 'app.describe', payload: { a: '一' } }))
    expect(await nextFrame(one)).toEqual({ id: 7, answer: { ok: true, value: { payload: { a: '一' } } } })
    two.send(JSON.stringify({ id: 7, command: 'no.such', payload: null }))
    expect(await nextFrame(two)).toMatchObject({ id: 7, answer: { ok: false, error: { code: 'seatApi/unknownCommand' } } })
    const [first, second] = core.senders
    expect([first?.isTrusted, second?.isTrusted, first?.windowId === second?.windowId, server.windowCount()]).toEqual([
      true,
      true,
      false,
      2,
    ])
  })

  it('carries the core’s messages to every window until it goes', async () => {
    const [one, two] = [await openWindow(), await openWindow()]
    const message = { topic: 'settings.changed', revision: 3, state: { theme: 'dark', layouts: {}, caseLists: {} } } as const
    const frames = Promise.all([nextFrame(one), nextFrame(two)])
    for (const listener of core.listeners) listener(message)
    expect(await frames).toEqual([{ message }, { message }])
    const gone = new Promise<void>((resolve) => server.onWindowsChanged(() => resolve()))
    one.close()
    await gone
    expect([core.listeners.size, server.windowCount()]).toEqual([1, 1])
  })

  it.each([
    ['not JSON', 'hello', null],
    ['no object', '7', null],
    ['no id', '{"command":"app.describe"}', null],
    ['a fraction for an id', '{"id":1.5,"command":"app.describe"}', null],
    ['no command', '{"id":4,"payload":{}}', 4],
    ['a command that is no text', '{"id":4,"command":{}}', 4],
  ])('answers a frame with %s by a coded error, logs it, and goes on', async (_what, frame, id) => {
    const socket = await openWindow()
    socket.send(frame)
    expect(await nextFrame(socket)).toMatchObject({ id, answer: { ok: false, error: { code: 'seatApi/malformed' } } })
    socket.send('{"id":5,"command":"app.describe"}')
    expect(await nextFrame(socket)).toMatchObject({ id: 5, answer: { ok: true } })
    expect(core.senders).toHaveLength(1)
    expect(lines.filter((line) => line.includes('"malformed frame"'))).toHaveLength(1)
  })

  it('refuses bytes', async () => {
    const socket = await openWindow()
    socket.send(Buffer.from('{"id":5,"command":"app.describe"}'))
    expect(await nextFrame(socket)).toMatchObject({ id: null, answer: { ok: false } })
    expect(core.senders).toEqual([])
  })

  it('cuts off a window that sends nothing but nonsense', async () => {
    const socket = await openWindow()
    const closed = once(socket, 'close')
    for (let sent = 0; sent < 20; sent += 1) socket.send('nonsense')
    expect((await closed)[0]).toBe(1008)
  })

  it('closes on a frame over the limit and logs it, and takes one just below', async () => {
    const socket = await openWindow()
    const envelope = JSON.stringify({ id: 1, command: 'app.describe', payload: '' }).length
    socket.send(JSON.stringify({ id: 1, command: 'app.describe', payload: 'x'.repeat(frameLimitBytes - envelope) }))
    expect(await nextFrame(socket)).toMatchObject({ id: 1, answer: { ok: true } })
    const closed = once(socket, 'close')
    socket.send('x'.repeat(frameLimitBytes + 1))
    expect((await closed)[0]).toBe(1009)
    await expect.poll(() => lines.some((line) => line.includes('"window socket failed"'))).toBe(true)
    expect(core.senders).toHaveLength(1)
  })
})

describe('the sound of a recording', () => {
  const path = `/recordings/${openPlay}.wav`

  it('is given whole or by range to an admitted window, and is kept by no cache', async () => {
    const cookie = await admitted()
    const whole = await get(port, path, { cookie })
    expect(whole).toMatchObject({ status: 200, headers: { 'accept-ranges': 'bytes', 'cache-control': 'no-store', 'content-length': '10' } })
    const part = await get(port, path, { cookie, range: 'bytes=4-6' })
    expect(part).toMatchObject({ status: 206, headers: { 'content-range': 'bytes 4-6/10', 'content-length': '3' } })
    expect(part.body).toBe('\u0004\u0005\u0006')
    expect((await get(port, path, { cookie, range: 'bytes=10-' })).status).toBe(416)
  })

  it('is not given to a stranger, nor for a play that nobody opened', async () => {
    expect((await get(port, path)).status).toBe(403)
    const cookie = await admitted()
    expect((await get(port, `/recordings/${openPlay.replace('a', 'b')}.wav`, { cookie })).status).toBe(404)
    expect((await get(port, '/recordings/../secret.js', { cookie })).status).toBe(404)
  })
})

describe('a picture', () => {
  it('is sent over a socket of its own to an admitted window, and ends with its source', async () => {
    const cookie = await admitted()
    const socket = socketAt(`/cameras/${openWatch}.flv`, { cookie, origin: `http://127.0.0.1:${port}` })
    const got: number[] = []
    socket.on('message', (data) => got.push(...(data as Buffer)))
    await once(socket, 'close')
    expect(got).toEqual([1, 2, 3])
  })

  it('is not given to a stranger or another page, nor when nobody opened it', async () => {
    const cookie = await admitted()
    const refusedWith = async (path: string, headers: Record<string, string>) => {
      const socket = socketAt(path, headers)
      const [answer] = (await Promise.race([
        once(socket, 'unexpected-response').then(([, response]) => [response.statusCode]),
        once(socket, 'close'),
      ])) as [number]
      socket.on('error', () => {})
      socket.terminate()
      return answer
    }
    const own = `http://127.0.0.1:${port}`
    expect(await refusedWith(`/cameras/${openWatch}.flv`, { origin: own })).toBe(403)
    expect(await refusedWith(`/cameras/${openWatch}.flv`, { cookie, origin: 'http://evil.test' })).toBe(403)
    expect(await refusedWith('/cameras/0191f5e0-0000-7000-8000-00000000cccc.flv', { cookie, origin: own })).toBe(4404)
  })
})
