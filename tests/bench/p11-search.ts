/**
 * P11, the server's part: a page of search results over a million cases, for words that are rare and words that stand in half of them, in several
 * posts. There is no reference; the budget is absolute.
 */
import type { RoleId } from '#shared/domain/account/role'
import type { TestCentral } from '../fixtures/central'
import { timedMs, withCases } from './central-with-cases'
import { type Figure, quantile, rounded } from './figure'

const roles: readonly RoleId[] = ['shiftLead', 'intake', 'director']
const queries = [
  '井盖',
  '路',
  '新疆大街 96 号',
  '占道 解放路',
  '小广告',
  '油烟直排 公交站',
  '230108003000123',
  '0388',
  '行人无法通行',
  '井盖 中山路 7',
  '没有这样的话',
] as const
/** Filters that hold for few or for none, so that a look finds much and shows little. */
const filters: readonly Readonly<Record<string, string>>[] = [{}, { isOpen: 'true' }, { states: 'voided' }, { streetCode: '230108003' }]

export async function run({ isShort = false }: { isShort?: boolean } = {}): Promise<readonly Figure[]> {
  const count = isShort ? 5_000 : 1_000_000
  return withCases({ count, open: Math.round(count * 0.004), isSearchable: true }, async (central) => {
    const times = await searchesMs(central, isShort ? 1 : 8)
    const worst = [...times].sort((a, b) => b.ms - a.ms)[0]
    const values = times.map(({ ms }) => ms)
    const figure: Figure = {
      name: 'P11',
      value: rounded(quantile(values, 0.99)),
      unit: 'ms',
      reference: null,
      ratio: null,
      samples: values.length,
      detail: {
        what: `a page of 30 among ${count} cases`,
        measure: 'p99',
        budget: '≤ 100 ms',
        medianMs: rounded(quantile(values, 0.5)),
        worstMs: rounded(quantile(values, 1)),
        worst: worst?.what,
      },
    }
    return [figure]
  })
}

async function searchesMs(central: TestCentral, rounds: number): Promise<readonly { readonly ms: number; readonly what: string }[]> {
  const tokens = new Map<RoleId, string>()
  for (const role of roles) tokens.set(role, await central.tokenFor(role, 1_000 * 86_400_000))
  const times: { ms: number; what: string }[] = []
  for (let round = -1; round < rounds; round += 1) {
    for (const [role, token] of tokens) {
      for (const q of queries) {
        for (const filter of filters) {
          const { ms } = await timedMs(central, token, 'search.cases', { q, ...filter })
          if (round >= 0) times.push({ ms, what: `${role} ${q} ${JSON.stringify(filter)}` })
        }
      }
    }
  }
  return times
}
