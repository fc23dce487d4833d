import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { productReference } from '../fixtures/cases'
import { addressOf, type CallRequest, morning, startCentral, type TestCentral } from '../fixtures/central'
import { fillWithCases, type ManyCases } from '../fixtures/many-cases'

/** A central server in this process with years of cases, for benches; its folder goes when the work is done. */
export async function withCases<T>(many: Omit<ManyCases, 'days' | 'until'>, work: (central: TestCentral) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'seat-many-'))
  try {
    const file = join(folder, 'central.db')
    await fillWithCases(file, { ...many, days: 1_095, until: morning })
    const central = await startCentral({ kind: 'sqlite', file }, { referenceFiles: productReference })
    try {
      return await work(central)
    } finally {
      await central.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Asks once and answers how long it took, with the answer's body. Throws when it is not 200. */
export async function timedMs(
  { central }: TestCentral,
  token: string,
  name: 'cases.list' | 'search.cases' | 'queues.list',
  query: NonNullable<CallRequest['query']>,
): Promise<{ readonly ms: number; readonly body: { readonly items: readonly unknown[]; readonly next: string | null } }> {
  const url = addressOf(name, { query })
  const startedMs = performance.now()
  const answer = await central.app.inject({ url, headers: { authorization: `Bearer ${token}` } })
  const ms = performance.now() - startedMs
  if (answer.statusCode !== 200) throw new Error(`${name} answered ${answer.body}`)
  return { ms, body: answer.json() }
}
