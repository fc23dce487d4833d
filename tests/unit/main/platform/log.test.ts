import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '#main/platform/log'
import { sensitive } from '#shared/base/log'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seat-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const noon = (day: number): number => new Date(2026, 10, day, 12).getTime()
const linesOf = (name: string): Record<string, unknown>[] =>
  readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('the log', () => {
  it('writes one JSON line per message with its time, its level and the fields of its parents', () => {
    const log = createLog({ folder, now: () => noon(21) })
    log.child({ room: 'outbox' }).warn('intent answered', { intentId: 'i1' })
    log.debug('too fine for this level')
    const at = new Date(noon(21)).toISOString()
    expect(linesOf('seat-2026-11-21.log')).toEqual([{ level: 'warn', at, room: 'outbox', intentId: 'i1', message: 'intent answered' }])
  })

  it('masks what is sensitive wherever it stands', () => {
    const log = createLog({ folder, now: () => noon(21) })
    log.info('call offered', { from: sensitive('13812345412'), list: [{ name: sensitive('王敏') }] })
    const text = readFileSync(join(folder, 'seat-2026-11-21.log'), 'utf8')
    expect(text).toContain('"from":"•••412"')
    expect(text).not.toMatch(/13812345|王敏/)
  })

  it('shows the stack and the code of an error under any key', () => {
    const log = createLog({ folder, now: () => noon(21) })
    log.error('failed', { cause: Object.assign(new Error('disk'), { code: 'SQLITE_FULL' }) })
    const [line] = linesOf('seat-2026-11-21.log')
    expect(line?.cause).toMatchObject({ name: 'Error', message: 'disk', code: 'SQLITE_FULL', stack: expect.stringContaining('log.test') })
  })

  it('starts a new file every day and keeps fourteen of them and nothing that is not its own', () => {
    writeFileSync(join(folder, 'seat.db.txt'), '')
    let day = 1
    const log = createLog({ folder, now: () => noon(day) })
    for (; day <= 20; day += 1) log.info('a day')
    const expected = Array.from({ length: 14 }, (_, index) => `seat-2026-11-${String(index + 7).padStart(2, '0')}.log`)
    expect(readdirSync(folder)).toEqual([...expected, 'seat.db.txt'])
  })

  it('goes on with the stream when the folder cannot be written', () => {
    const clash = join(folder, 'clash')
    writeFileSync(clash, '')
    const said: string[] = []
    const log = createLog({ folder: clash, stream: { write: (line) => said.push(line) } })
    log.info('still here')
    expect(said).toHaveLength(1)
    rmSync(clash)
    mkdirSync(clash)
    log.info('and back in the file')
    expect(readdirSync(clash)).toHaveLength(1)
  })
})
