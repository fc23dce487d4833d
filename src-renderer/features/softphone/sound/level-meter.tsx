import { useEffect, useRef } from 'react'
import { browserClock } from '../../../bridge/browser-clock'
import type { SeatSound } from './seat-sound'

const everyMs = 100
/** What is shown: from a quiet room to full scale, in decibels. */
const quietestDb = -60

/** How loud the microphone is now. It moves ten times a second without rendering anything again. */
export function LevelMeter({ sound }: { readonly sound: SeatSound }) {
  const meter = useRef<HTMLMeterElement>(null)
  useEffect(
    () =>
      browserClock.every(everyMs, () => {
        if (meter.current) meter.current.value = shareOf(sound.level(everyMs))
      }),
    [sound],
  )
  return <meter ref={meter} className="level-meter" aria-label="话筒电平" min={0} max={1} value={0} />
}

/** 0–1 of the meter for a sample's size, 0–1 of full scale. Pure. */
export function shareOf(peak: number): number {
  if (peak <= 0) return 0
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(peak)) / quietestDb))
}
