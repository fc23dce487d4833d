import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { createIds } from '#main/platform/ids'
import { createLog } from '#main/platform/log'
import { createSystemClock } from '#main/platform/system-clock'
import type { SeatApi } from '#main/seat-api/seat-api'
import { type PageServer, startPageServer } from '#main/shell/browser/page-server'
import { createPageFiles } from '#main/shell/page-files'
import { ok } from '#shared/base/result'
import { createWebSocketTransport } from '../../../src-renderer/bridge/websocket-transport'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seat-reconnect-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function start(api: SeatApi, port: number): Promise<PageServer> {
  const log = createLog({ level: 'silent' })
  const findFile = createPageFiles(folder)
  const playback = () => undefined
  return startPageServer({
    api,
    playback,
    picture: playback,
    mapArchive: playback,
    baseMapTile: async () => undefined,
    findFile,
    clock: createSystemClock(),
    ids: createIds(),
    log,
    secret: () => 'a-secret',
    port,
  })
}

/** Opens the one-time address as a browser does, and keeps the cookie. */
async function admission(server: PageServer): Promise<string> {
  const { headers } = await fetch(server.oneTimeAddress(), { redirect: 'manual' })
  return headers.get('set-cookie')?.split(';')[0] ?? ''
}

const quiet: SeatApi = { handle: async (command) => ok(command), subscribe: () => () => undefined }
const silent: SeatApi = { ...quiet, handle: () => new Promise(() => undefined) }

describe('a page whose program goes away and comes back', () => {
  it('answers what was under way, says that it is cut off, and finds its way back by itself', async () => {
    const first = await start(silent, 0)
    const { port } = first
    let cookie = await admission(first)
    const transport = createWebSocketTransport({
      openSocket() {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/seat`, { headers: { cookie, origin: `http://127.0.0.1:${port}` } })
        // A browser only closes; the library also throws when nobody listens.
        socket.on('error', () => undefined)
        return socket as unknown as globalThis.WebSocket
      },
      after: createSystemClock().after,
    })
    const statuses: string[] = []
    transport.onStatus((status) => statuses.push(status))
    await expect.poll(() => statuses.at(-1)).toBe('open')

    const underWay = transport.invoke('dutyLog.write', { text: '一' })
    await first.close()
    expect(await underWay).toMatchObject({ ok: false, error: { code: 'seat/closed' } })
    expect(statuses).toEqual(['closed', 'open', 'closed'])

    const second = await start(quiet, port)
    cookie = await admission(second)
    await expect.poll(() => statuses, { timeout: 8_000 }).toEqual(['closed', 'open', 'closed', 'open'])
    expect(await transport.invoke('app.describe', {})).toEqual({ ok: true, value: 'app.describe' })
    await second.close()
  })
})
