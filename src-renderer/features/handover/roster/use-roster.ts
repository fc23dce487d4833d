import { useMemo, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { ReferenceDocument } from '#shared/contracts/reference'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import { type DayMark, dayMarks } from '#shared/domain/shift/holiday'
import { faultsOf, type RosterFault, type RosterLine } from '#shared/domain/shift/roster'
import { daysOfMonth } from '#shared/domain/shift/roster-month'
import type { ShiftPattern } from '#shared/domain/shift/shift'
import { useBridge, useTopic } from '../../../bridge/react'
import { useFreshness } from '../../../bridge/use-freshness'
import { useQuery } from '../../../bridge/use-query'

/** The pattern of this centre, from the seat's own copy of the reference data. */
export function useShiftPattern(patternId: string | undefined): ShiftPattern | undefined {
  const id = useTopic('reference.changed')?.entries.find((entry) => entry.kind === 'shiftPatterns')?.id
  const read = useQuery('reference.get', id === undefined ? undefined : { kind: 'shiftPatterns', id })
  const document = read.value?.document as ReferenceDocument<'shiftPatterns'> | undefined
  return document?.patterns.find((pattern) => pattern.id === patternId) ?? document?.patterns[0]
}

const noMarks: ReadonlyMap<string, DayMark> = new Map()

/** Days off and days worked in exchange of a year, by the city's working calendar; empty while there is none of that year. */
export function useDayMarks(year: string): ReadonlyMap<string, DayMark> {
  const isThere = useTopic('reference.changed')?.entries.some(({ kind, id }) => kind === 'calendar' && id === year) ?? false
  const read = useQuery('reference.get', isThere ? { kind: 'calendar', id: year } : undefined)
  const document = read.value?.document as ReferenceDocument<'calendar'> | undefined
  return useMemo(() => (document && String(document.year) === year ? dayMarks(document) : noMarks), [document, year])
}

/** A month of the roster: as the centre has it, with what was written here and not saved yet on top. */
export function useRoster(month: string) {
  const { call } = useBridge()
  const { isLive } = useFreshness()
  const days = useMemo(() => daysOfMonth(month), [month])
  const span = { from: days[0] ?? '', until: days.at(-1) ?? '' }
  const read = useQuery('roster.read', isLive ? span : undefined)
  const pattern = useShiftPattern(read.value?.patternId)
  const [written, setWritten] = useState<{ readonly month: string; readonly lines: readonly RosterLine[] }>()
  const [error, setError] = useState<AppError>()
  const [isSaving, setSaving] = useState(false)
  const isChanged = written?.month === month
  // Another month's answer is not this month's roster.
  const kept = (read.value?.lines ?? []).filter(({ date }) => date.startsWith(month)) as readonly RosterLine[]
  const lines = isChanged ? written.lines : kept
  const faults: readonly RosterFault[] = useMemo(() => (pattern ? faultsOf(pattern, lines) : []), [pattern, lines])

  async function save(): Promise<OutputOfCommand<'roster.write'> | undefined> {
    if (isSaving || !isChanged) return undefined
    setSaving(true)
    const body = { ...span, lines: lines.map((line) => ({ ...line, ruleIds: [...line.ruleIds] })) }
    const answer = await call('roster.write', body satisfies InputOfCommand<'roster.write'>)
    setSaving(false)
    setError(answer.ok ? undefined : answer.error)
    if (!answer.ok) return undefined
    setWritten(undefined)
    read.reload()
    return answer.value
  }
  return {
    ...{ days, lines, pattern, faults, isChanged, isSaving, save, readAt: read.readAt },
    isLoading: read.isLoading && read.value === undefined,
    error: error ?? read.error,
    reload: read.reload,
    change: (next: readonly RosterLine[]) => setWritten({ month, lines: next }),
    discard() {
      setWritten(undefined)
      setError(undefined)
    },
  }
}
