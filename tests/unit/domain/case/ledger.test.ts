import { expect, it } from 'vitest'
import { type LedgerCase, ledgerCsv, ledgerOf, sumOf } from '#shared/domain/case/ledger'

const noon = Date.UTC(2026, 10, 20, 4)
const dayMs = 86_400_000
const now = noon + 5 * dayMs
const one = (given: Partial<LedgerCase>): LedgerCase => ({
  ...{ beganAt: noon, source: 'hotline', callClass: 'complaint', state: 'dispatched', repliedAt: null, replyBy: null },
  ...given,
})

it('counts by day, source, class and result, and whether the reply came in time', () => {
  const lines = ledgerOf(
    [
      ...[one({}), one({ callClass: 'inquiry', state: 'answered' }), one({ state: 'merged' })],
      // 23:30 UTC is the next day in China.
      one({ beganAt: Date.UTC(2026, 10, 20, 23, 30), callClass: null, state: 'closed' }),
      one({ source: 'mayorMailbox', state: 'closed', repliedAt: noon + dayMs, replyBy: noon + 2 * dayMs }),
      one({ source: 'mayorMailbox', state: 'closed', repliedAt: noon + 3 * dayMs, replyBy: noon + 2 * dayMs }),
      ...[one({ source: 'mayorMailbox', replyBy: now - 1 }), one({ source: 'mayorMailbox', replyBy: now + 1 })],
    ],
    now,
  )
  expect(lines.map(({ day, source, cases }) => [day, source, cases])).toEqual([
    ['2026-11-21', 'hotline', 1],
    ['2026-11-20', 'mayorMailbox', 4],
    ['2026-11-20', 'hotline', 3],
  ])
  expect(lines[2]).toMatchObject({ classes: { complaint: 2, inquiry: 1 }, results: { open: 1, answered: 1, other: 1 }, inTime: 0, late: 0 })
  expect(lines[1]).toMatchObject({ results: { open: 2, closed: 2 }, inTime: 1, late: 2, notDue: 1 })
  expect(sumOf(lines, null)).toMatchObject({ cases: 8, inTime: 1, late: 2, notDue: 1 })
  const [head, first, , , sum] = ledgerCsv(lines).split('\r\n')
  expect(head).toMatch(/日期,来源,件数,咨询,投诉.*按时率$/)
  expect(first).toBe('2026-11-21,12319 热线,1,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,—')
  expect(sum).toMatch(/^合计,全部,8,.*,1,2,1,33\.33%$/)
})
