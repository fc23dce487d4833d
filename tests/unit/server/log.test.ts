import { expect, it } from 'vitest'
import { createLog } from '#server/platform/machine'
import { sensitive } from '#shared/base/log'

it('writes JSON lines without what must not be read', () => {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => lines.push(line) }).child({ room: 'test' })
  log.debug('too quiet')
  log.warn('caller lost', { number: sensitive('13800001234') })
  expect(lines.map((line) => ({ ...JSON.parse(line), time: 0 }))).toEqual([
    { level: 'warn', time: 0, room: 'test', number: '•••234', msg: 'caller lost' },
  ])
})
