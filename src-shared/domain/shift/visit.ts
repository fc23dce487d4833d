/**
 * The visitors' register 外来人员登记 (S1: 外来人员未经批准不得进入监督大厅): each arrival and each departure is an entry of the sealed log, written in one
 * pattern so that it is read back from the log alone. There is no second register that could say something else. Pure.
 */
export interface Visit {
  readonly name: string
  readonly from: string
  /** How many came, the named one included. */
  readonly count: number
  readonly purpose: string
  readonly host: string
  /** Who agreed that they come into the hall; empty: not said. */
  readonly consentBy: string
}

const arrival = /^来访：(.+?)（(.*?)），(\d+) 人；事由：(.*?)；接待：(.*?)(?:；批准：(.*))?$/
const departure = /^离开：(.+?)（(.*?)），(\d{2}:\d{2}) 来访$/

export function arrivalText({ name, from, count, purpose, host, consentBy }: Visit): string {
  return `来访：${plain(name)}（${plain(from)}），${count} 人；事由：${plain(purpose)}；接待：${plain(host)}${consentBy === '' ? '' : `；批准：${plain(consentBy)}`}`
}

/** `cameAt` as `HH:mm`. */
export function departureText({ name, from }: Pick<Visit, 'name' | 'from'>, cameAt: string): string {
  return `离开：${plain(name)}（${plain(from)}），${cameAt} 来访`
}

/** What separates the fields cannot stand in one. */
const plain = (text: string) =>
  text
    .trim()
    .replace(/[（）；\n]/g, ' ')
    .trim()

export function readArrival(text: string): Visit | undefined {
  const found = arrival.exec(text)
  if (!found) return undefined
  const [, name = '', from = '', count = '1', purpose = '', host = '', consentBy = ''] = found
  return { name, from, count: Number(count), purpose, host, consentBy }
}

export interface VisitRow<E> {
  readonly entry: E
  readonly visit: Visit
  /** The entry that says they left; null while they are here. */
  readonly left: E | null
}

/** Arrivals, newest first, each with its departure. `timeOf` as `HH:mm`, in the zone in which departures were written. */
export function visitsOf<E extends { readonly text: string; readonly writtenAt: number }>(
  entries: readonly E[],
  timeOf: (at: number) => string,
): readonly VisitRow<E>[] {
  const departures = entries.filter(({ text }) => departure.test(text)).sort((a, b) => a.writtenAt - b.writtenAt)
  const used = new Set<E>()
  return entries
    .flatMap((entry) => {
      const visit = readArrival(entry.text)
      return visit ? [{ entry, visit }] : []
    })
    .sort((a, b) => a.entry.writtenAt - b.entry.writtenAt)
    .map(({ entry, visit }) => {
      const wanted = departureText(visit, timeOf(entry.writtenAt))
      const left = departures.find((one) => !used.has(one) && one.text === wanted && one.writtenAt >= entry.writtenAt) ?? null
      if (left) used.add(left)
      return { entry, visit, left }
    })
    .reverse()
}
