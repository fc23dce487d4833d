/** What stands on a waveform, worked out of a recording's marks. Pure. */
export interface SoundMark {
  readonly kind: 'pause' | 'resume' | 'gap'
  readonly atMs: number
}

export interface Stretch {
  readonly fromMs: number
  readonly untilMs: number
}

/** Where recording was paused; a pause without an end lasts to the end of the recording. */
export function pausesOf(marks: readonly SoundMark[], durationMs: number): readonly Stretch[] {
  const pauses: Stretch[] = []
  let since: number | null = null
  for (const { kind, atMs } of [...marks].sort((one, other) => one.atMs - other.atMs)) {
    if (kind === 'pause') since ??= atMs
    else if (kind === 'resume' && since !== null) {
      pauses.push({ fromMs: since, untilMs: atMs })
      since = null
    }
  }
  return since === null ? pauses : [...pauses, { fromMs: since, untilMs: durationMs }]
}

export const gapsOf = (marks: readonly SoundMark[]): readonly number[] => marks.filter(({ kind }) => kind === 'gap').map(({ atMs }) => atMs)

/** One upright line for each stretch, from `middle` up and down, as an SVG path on a field of `peaks.length` × 2 `half`. */
export function wavePath(peaks: readonly number[], middle: number, half: number): string {
  return peaks
    .map((peak, at) => {
      const reach = Math.max(0.5, Math.min(1, peak) * half).toFixed(1)
      return `M${at + 0.5} ${(middle - Number(reach)).toFixed(1)}v${(Number(reach) * 2).toFixed(1)}`
    })
    .join('')
}
