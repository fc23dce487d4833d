import type { PictureTruth } from '#shared/domain/camera/truth'
import { Lamp, type LampTone } from '../../ui/lamp'

/** What a picture is worth, in the corner of every tile: shape, colour and words. */
export function TruthBadge({ truth, now }: { readonly truth: PictureTruth; readonly now: number }) {
  return (
    <span className={`camera-badge camera-badge-${truth.kind}`} role="status">
      <Lamp tone={tones[truth.kind]} label="" />
      {truthWords(truth, now)}
    </span>
  )
}

const tones: Readonly<Record<PictureTruth['kind'], LampTone>> = {
  opening: 'none',
  live: 'green',
  late: 'late',
  frozen: 'frozen',
  noSignal: 'lost',
  recorded: 'amber',
}

/** `now`: monotonic ms, as the badge counts. */
export function truthWords(truth: PictureTruth, now: number): string {
  if (truth.kind === 'opening') return '接入中'
  if (truth.kind === 'live') return '实时'
  if (truth.kind === 'late') return `迟 ${lasting(truth.byMs)}`
  if (truth.kind === 'recorded') return `录像 ${lasting(truth.agoMs)}前`
  return `${truth.kind === 'frozen' ? '冻结' : '无信号'} ${lasting(now - truth.since)}`
}

function lasting(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  if (seconds < 60) return `${seconds} 秒`
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60]
  return minutes < 60 ? `${minutes} 分 ${rest} 秒` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`
}
