import type { Entry, EntryOutcome, Step, TourRun, Wall, WallCell } from './wall'

/**
 * What travels from the centre to the seats when a wall changed: only what is different. A seat that holds the wall at `before` gets exactly the
 * centre's wall by `applyNews`; any other reads it anew.
 */
export interface WallNews {
  readonly wallId: string
  readonly before: number
  readonly head: WallHead
  readonly cells: readonly WallCell[]
  readonly runs: readonly { readonly tourId: string; readonly run: TourRun | null }[]
  /** Each only when it is another than before. */
  readonly parts: WallParts
  readonly entries: readonly Entry[]
  readonly outcomes: readonly EntryOutcome[]
}

type PartName = 'layout' | 'scenes' | 'tours' | 'rules' | 'alarms' | 'served'
export type WallParts = { readonly [N in PartName]?: Wall[N] }
export type WallHead = Pick<Wall, 'name' | 'size' | 'driverSeatNo' | 'revision' | 'power' | 'driver'>

export function newsOf(before: Wall, { wall, entries, outcomes }: Step): WallNews {
  const { name, size, driverSeatNo, revision, power, driver } = wall
  const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)
  const withoutRuns = ({ tours }: Wall) => tours.map((tour) => ({ ...tour, run: null }))
  const parts: WallParts = {
    ...(!same(wall.layout, before.layout) && { layout: wall.layout }),
    ...(!same(wall.scenes, before.scenes) && { scenes: wall.scenes }),
    ...(!same(withoutRuns(wall), withoutRuns(before)) && { tours: wall.tours }),
    ...(!same(wall.rules, before.rules) && { rules: wall.rules }),
    ...(!same(wall.alarms, before.alarms) && { alarms: wall.alarms }),
    ...(!same(wall.served, before.served) && { served: wall.served }),
  }
  return {
    ...{
      wallId: wall.wallId,
      before: before.revision,
      head: { name, size, driverSeatNo, revision, power, driver },
      parts,
      entries,
      outcomes,
    },
    cells: wall.cells.filter(
      (cell) =>
        !same(
          cell,
          before.cells.find((other) => other.cell === cell.cell),
        ),
    ),
    runs: wall.tours.map(({ tourId, run }) => ({ tourId, run })),
  }
}

/** Undefined: the news do not continue what is held. */
export function applyNews(wall: Wall, news: WallNews): Wall | undefined {
  if (wall.wallId !== news.wallId || wall.revision !== news.before) return undefined
  const next = { ...wall, ...news.head, ...news.parts }
  const cells = next.layout.tiles.map(
    ({ cell }) => news.cells.find((one) => one.cell === cell) ?? wall.cells.find((one) => one.cell === cell),
  )
  if (cells.includes(undefined)) return undefined
  return {
    ...next,
    cells: cells.filter((cell) => cell !== undefined).sort((a, b) => a.cell - b.cell),
    tours: next.tours.map((tour) => ({ ...tour, run: news.runs.find(({ tourId }) => tourId === tour.tourId)?.run ?? null })),
  }
}

/** The log with what is new, newest first: how earlier lines turned out, and which of them were taken back. */
export function entriesAfter(held: readonly Entry[], news: Pick<WallNews, 'entries' | 'outcomes'>, limit: number): readonly Entry[] {
  const undoneBy = (entry: Entry) => news.entries.find(({ undoes }) => undoes === entry.revision)?.by.name ?? entry.undoneBy
  return [...held, ...news.entries]
    .map((entry) => {
      const turned = news.outcomes.find(({ revision }) => revision === entry.revision)
      return { ...entry, undoneBy: undoneBy(entry), ...(turned && { outcome: turned.outcome, reason: turned.reason }) }
    })
    .sort((a, b) => b.revision - a.revision)
    .slice(0, limit)
}
