import type { DutyLogArchive, DutyLogEntry } from '#shared/contracts/central-api/duty-log'
import { formatDate } from '../../../ui/time-format'

/** Entries by the day on which they were written, oldest first. */
export function daysOfArchive({
  entries,
}: DutyLogArchive): readonly { readonly date: string; readonly entries: readonly DutyLogEntry[] }[] {
  const days = new Map<string, DutyLogEntry[]>()
  for (const entry of [...entries].sort((a, b) => a.writtenAt - b.writtenAt)) {
    const date = formatDate(entry.writtenAt)
    days.set(date, [...(days.get(date) ?? []), entry])
  }
  return [...days].map(([date, own]) => ({ date, entries: own }))
}
