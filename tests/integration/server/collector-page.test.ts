import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPageFiles } from '#server/files/page-files'
import { registerCollectorPage } from '#server/routes/collector-page'
import { runServerOnce } from '../../fixtures/server-process'

let folder: string
let app: FastifyInstance
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seat-page-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>城管通</title>')
  writeFileSync(join(folder, 'assets', 'index-4f2a.js'), 'export {}')
  writeFileSync(join(folder, 'assets', 'index-4f2a.js.map'), '{}')
  app = fastify()
  registerCollectorPage(app, readPageFiles(folder))
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const read = (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers })

describe('the collector’s page as central serves it', () => {
  it('answers the page and what it loads, packed for whoever can unpack', async () => {
    const page = await read('/collector/')
    expect(page.body).toContain('城管通')
    expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
    const script = await read('/collector/assets/index-4f2a.js', { 'accept-encoding': 'br, gzip' })
    expect(gunzipSync(script.rawPayload).toString()).toBe('export {}')
    expect(script.headers).toMatchObject({
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    })
    expect((await read('/collector')).headers.location).toBe('/collector/')
  })

  it('says when nothing has changed', async () => {
    const { headers } = await read('/collector/')
    expect(await read('/collector/', { 'if-none-match': String(headers.etag) })).toMatchObject({ statusCode: 304, body: '' })
  })

  it.each([
    '/collector/../package.json',
    '/collector/%2e%2e/package.json',
    '/collector/..%2fpackage.json',
    '/collector/assets/index-4f2a.js.map',
    '/collector/assets/',
  ])('has nothing at %s', async (url) => {
    expect((await read(url)).statusCode).toBe(404)
  })

  it('does not exist when it was not built', () => {
    expect(readPageFiles(join(folder, 'nowhere'))).toEqual([])
  })
})

describe('other platforms on the command line', () => {
  it('are made once, with papers that are shown once, and can be turned away', async () => {
    const data = ['--data', join(folder, 'data')]
    const made = await runServerOnce(['--create-partner', '市级平台', '--notify-url', 'https://city.example.invalid/notify', ...data])
    expect({ code: made.code, ...JSON.parse(made.stdout) }).toEqual({
      ...{
        code: 0,
        created: true,
        name: '市级平台',
        apiKey: expect.stringMatching(/^[\w-]{43}$/),
        signingSecret: expect.stringMatching(/^[\w-]{43}$/),
      },
    })
    const again = await runServerOnce(['--create-partner', '市级平台', ...data])
    expect({ code: again.code, stderr: again.stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('已存在') })
    expect((await runServerOnce(['--disable-partner', '市级平台', ...data])).code).toBe(0)
    expect((await runServerOnce(['--disable-partner', '市级平台', ...data])).code).toBe(1)
    const wrong = await runServerOnce(['--create-partner', 'x', '--notify-url', 'file:///etc/passwd', ...data])
    expect({ code: wrong.code, stderr: wrong.stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('不是 http') })
  })
})
