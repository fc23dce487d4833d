/**
 * P13: a page of a queue at the central server when 1.5 million cases lie behind it. The reference is the same page, with as many open cases, when
 * 15 000 do. Several queues, their first page and their tenth, are read in turn.
 */
import type { QueueId } from '#shared/domain/case/queues'
import type { TestCentral } from '../fixtures/central'
import { timedMs, withCases } from './central-with-cases'
import { type Figure, quantile, rounded } from './figure'

const queues: readonly QueueId[] = ['toAccept', 'toFile', 'toDispatch', 'inHandling', 'toClose', 'overdue']
const pageSize = 40
const tenth = 10

export async function run({ isShort = false }: { isShort?: boolean } = {}): Promise<readonly Figure[]> {
  const rounds = isShort ? 3 : 60
  const open = isShort ? 1_000 : 6_000
  const measure = (count: number) => withCases({ count, open, isSearchable: false }, (central) => pagesMs(central, rounds))
  const reference = await measure(isShort ? 2_000 : 15_000)
  const ours = await measure(isShort ? 20_000 : 1_500_000)
  return (['first', 'tenth'] as const).map((page) => {
    const [value, base] = [quantile(ours[page], 0.5), quantile(reference[page], 0.5)]
    return {
      name: 'P13',
      value: rounded(value),
      unit: 'ms',
      reference: rounded(base),
      ratio: rounded(value / base),
      samples: ours[page].length,
      detail: {
        what: `the ${page} page of ${queues.length} queues, ${pageSize} rows, with ${isShort ? '20 thousand' : '1.5 million'} cases`,
        measure: 'median',
        budget: 'ratio ≤ 1.5',
        p95Ms: rounded(quantile(ours[page], 0.95)),
        referenceP95Ms: rounded(quantile(reference[page], 0.95)),
      },
    }
  })
}

interface Pages {
  readonly first: readonly number[]
  readonly tenth: readonly number[]
}

async function pagesMs(central: TestCentral, rounds: number): Promise<Pages> {
  const token = await central.tokenFor('shiftLead', 1_000 * 86_400_000)
  const times = { first: [] as number[], tenth: [] as number[] }
  // The first round only warms up.
  for (let round = -1; round < rounds; round += 1) {
    for (const queue of queues) {
      let after: string | null = ''
      for (let page = 1; page <= tenth && after !== null; page += 1) {
        const { ms, body } = await timedMs(central, token, 'cases.list', { queue, limit: String(pageSize), ...(after !== '' && { after }) })
        after = body.next
        if (round >= 0 && page === 1) times.first.push(ms)
        if (round >= 0 && page === tenth) times.tenth.push(ms)
      }
    }
  }
  if (times.tenth.length === 0) throw new Error('no queue had ten pages')
  return times
}
