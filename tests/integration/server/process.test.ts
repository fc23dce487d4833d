import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { seatRoleIds } from '#shared/domain/account/role'
import { addressOf } from '../../fixtures/central'
import { readEvents } from '../../fixtures/event-reader'
import { runServerOnce, startServerProcess } from '../../fixtures/server-process'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seat-central-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const signIn = async (url: string, accountNo: string, password: string, seatNo = '01') => {
  const answer = await fetch(url + addressOf('sessions.open', {}), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ accountNo, password, seatNo }),
  })
  return { status: answer.status, body: await answer.json() }
}

it('starts with a demonstration account for every post, and stops within two seconds with streams open', async () => {
  const server = await startServerProcess(['--demo', '--port', '0', '--data', folder])
  const { url, demonstration } = server.ready
  expect(demonstration?.accounts.map(({ role }) => role).sort()).toEqual([...seatRoleIds].sort())
  expect(demonstration?.telephone).toMatchObject({ address: '127.0.0.1', port: expect.any(Number), password: expect.any(String) })
  const centre = await (await fetch(url + addressOf('centre.get', {}))).json()
  expect(centre).toMatchObject({ demonstration: true, seats: { length: 12 } })
  const [account] = demonstration?.accounts ?? []
  const { body } = await signIn(url, account?.accountNo ?? '', demonstration?.password ?? '')
  const reader = await readEvents(url, body.tokens.accessToken)
  const { code, ms } = await server.end('SIGTERM')
  expect({ code, isQuick: ms < 2000 }).toEqual({ code: 0, isQuick: true })
  await reader.ended
})

it('keeps its database for its own user alone', async () => {
  const data = join(folder, 'new', 'central')
  const server = await startServerProcess(['--demo', '--port', '0', '--data', data])
  const modes = await Promise.all(
    [data, ...(await readdir(data)).map((name) => join(data, name))].map(async (path) => (await stat(path)).mode),
  )
  expect(modes.length).toBeGreaterThan(1)
  // Windows has no such bits: who may read is inherited from the folder above.
  for (const mode of process.platform === 'win32' ? [] : modes) expect(mode & 0o077).toBe(0)
  await server.end('SIGTERM')
})

it('keeps everything over a kill: the session goes on with its tokens, and nothing is seeded twice', async () => {
  const first = await startServerProcess(['--demo', '--port', '0', '--data', folder])
  const account = first.ready.demonstration?.accounts[0]
  const { body } = await signIn(first.ready.url, account?.accountNo ?? '', first.ready.demonstration?.password ?? '')
  await first.end('SIGKILL')
  const second = await startServerProcess(['--demo', '--port', '0', '--data', folder])
  const headers = { authorization: `Bearer ${body.tokens.accessToken}` }
  const onDuty = await (await fetch(second.ready.url + addressOf('onDuty.list', {}), { headers })).json()
  expect(onDuty.items).toMatchObject([{ sessionId: body.me.sessionId }])
  expect(second.ready.demonstration?.telephone, 'telephones find the exchange again').toEqual(first.ready.demonstration?.telephone)
  const reader = await readEvents(second.ready.url, body.tokens.accessToken, onDuty.seq)
  expect(reader.comments[0]?.trim(), 'unchanged reference data is not told again').toBe(`seq ${onDuty.seq}`)
  expect((await second.end('SIGINT')).code).toBe(0)
})

it('without accounts says how to make the first one, and makes it', async () => {
  const empty = await startServerProcess(['--port', '0', '--data', folder])
  expect(empty.stderr()).toContain('还没有账号。请先运行 npm run server -- --create-admin 账号')
  expect(empty.ready).toEqual({ ready: true, url: empty.ready.url })
  await empty.end('SIGTERM')
  const created = await runServerOnce(['--data', folder, '--create-admin', 'admin1'])
  expect(created.code).toBe(0)
  const { password } = JSON.parse(created.stdout)
  expect(password).toMatch(/^[a-z2-9]{16}$/)
  expect((await runServerOnce(['--data', folder, '--create-admin', 'admin1'])).code, 'a second time is refused').toBe(1)
  const server = await startServerProcess(['--port', '0', '--data', folder])
  const { status, body } = await signIn(server.ready.url, 'admin1', password)
  expect({ status, me: body.me }, 'there is a first seat to sit at').toMatchObject({
    status: 201,
    me: { role: 'admin', seatNo: '01', mustChangePassword: true },
  })
  await server.end('SIGTERM')
})

it('says so and ends when its port is taken or its database is not there', async () => {
  const server = await startServerProcess(['--port', '0', '--data', folder])
  const { port } = new URL(server.ready.url)
  const second = await runServerOnce(['--port', port, '--data', join(folder, 'second')])
  expect(second).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`端口 ${port} 已被占用`) })
  await server.end('SIGTERM')
  const third = await runServerOnce(['--port', '0'], { DATABASE_URL: `postgresql://nobody@127.0.0.1:${port}/none` })
  expect(third).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('PostgreSQL 连不上') })
})

it('refuses arguments it does not understand, in words', async () => {
  const answer = await runServerOnce(['--colour', 'red'])
  expect(answer).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('看不懂的参数') })
})
