import { chinaOffsetMs } from '#shared/base/china-time'
import type { EpochMs } from '#shared/base/clock'
import { type AudioEvidence, audioEvidence } from '#shared/domain/quality/audio'
import { drawCalls } from '#shared/domain/quality/draw'
import type { QualityEntry } from '#shared/domain/quality/file'
import type { QualityForm } from '#shared/domain/quality/form'
import type { Database, Statements } from '../../store/open-database'
import { type AnsweredCall, filesBetween, listAnswered, type Peaks, peaksOf } from '../../store/quality-store'

/** The calls of a month with what 质检 knows of them. */
export interface MonthCall {
  readonly call: AnsweredCall
  /** Of calls that are neither drawn, excluded nor scored by what the seat measured alone: their waveforms are not looked at. */
  readonly evidence: readonly AudioEvidence[]
  readonly isDrawn: boolean
  readonly isExcluded: boolean
  readonly entries: readonly QualityEntry[]
}

/** The China month `YYYY-MM` from its first midnight to the next one's. */
export function monthSpan(month: string): { readonly from: EpochMs; readonly until: EpochMs } {
  const [year = 0, index = 1] = month.split('-').map(Number)
  return { from: Date.UTC(year, index - 1, 1) - chinaOffsetMs, until: Date.UTC(year, index, 1) - chinaOffsetMs }
}

export async function callsOfMonth(db: Database | Statements, month: string, plan: QualityForm['plan']): Promise<readonly MonthCall[]> {
  const { from, until } = monthSpan(month)
  const calls = await listAnswered(db, from, until)
  const files = await filesBetween(db, from, until)
  const peaks = new Map<string, Peaks | null>()
  // Waveforms are large and most calls are not drawn: only those whose turn it is are read, until the draw names no other call.
  for (;;) {
    const candidates = calls.map((call) => ({ callId: call.callId, agentNo: call.accountNo, evidence: evidenceOf(call, peaks) }))
    const { drawn, excluded } = drawCalls(candidates, plan)
    const [isDrawn, isExcluded] = [new Set(drawn), new Set(excluded)]
    const wanted = calls.filter(({ callId }) => isDrawn.has(callId) || isExcluded.has(callId) || files.has(callId))
    const unread = wanted.flatMap(({ recordingId }) => (recordingId === null || peaks.has(recordingId) ? [] : [recordingId]))
    if (unread.length === 0) {
      return calls.map((call, at) => ({
        ...{ call, evidence: candidates[at]?.evidence ?? [], entries: files.get(call.callId) ?? [] },
        ...{ isDrawn: isDrawn.has(call.callId), isExcluded: isExcluded.has(call.callId) },
      }))
    }
    const read = await peaksOf(db, unread)
    for (const recordingId of unread) peaks.set(recordingId, read.get(recordingId) ?? null)
  }
}

function evidenceOf(call: AnsweredCall, peaks: ReadonlyMap<string, Peaks | null>): readonly AudioEvidence[] {
  const own = call.recordingId === null ? null : (peaks.get(call.recordingId) ?? null)
  return audioEvidence({ quality: call.quality, peaks: own, talkMs: call.endedAt - call.answeredAt })
}

/** Of one call, its waveform included. */
export async function soundOf(db: Database | Statements, call: AnsweredCall): Promise<readonly AudioEvidence[]> {
  return evidenceOf(call, call.recordingId === null ? new Map() : await peaksOf(db, [call.recordingId]))
}
