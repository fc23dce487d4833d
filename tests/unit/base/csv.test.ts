import { describe, expect, it } from 'vitest'
import { csvLine } from '#shared/base/csv'

describe('a line of CSV', () => {
  it('quotes what would break it, and ends as RFC 4180 says', () => {
    expect(csvLine(['井盖', '说"是"', 'a,b', '两\n行', 12, -3.5, null])).toBe('井盖,"说""是""","a,b","两\n行",12,-3.5,\r\n')
  })

  it.each(['=1+1', '+8613800138000', '-2', '@SUM(A1)', '\t=1', '  =1', '＝1+1', '＋1', '－1', '＠A1', '\u3000=1'])(
    'lets no spreadsheet reckon with %j',
    (text) => expect(csvLine([text]).replaceAll('"', '')).toMatch(/^'/),
  )
})
