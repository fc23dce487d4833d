import { useEffect, useRef, useState } from 'react'
import { useParts, useSession } from './parts'
import type { Place } from './place'

/** Who works here, on duty or not. While on duty the place is told again when it is a good deal older than the last time. */
const tellEveryMs = 60_000

export function DutyBar({ place }: { readonly place: Place }) {
  const { central } = useParts()
  const session = useSession()
  const [isOnDuty, setOnDuty] = useState<boolean | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const toldAt = useRef(0)

  const tell = async (next: boolean) => {
    toldAt.current = Date.now()
    const position = next && place.position ? { ...place.position } : null
    const answer = await central.call('collectors.reportDuty', { body: { isOnDuty: next, position } })
    if (answer.ok) setOnDuty(next)
    setFailure(answer.ok ? null : answer.error.message)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when the place changes, and not more often than said above.
  useEffect(() => {
    if (isOnDuty === true && place.position && Date.now() - toldAt.current >= tellEveryMs) void tell(true)
  }, [place, isOnDuty])

  return (
    <header className="bar">
      <div>
        <strong>{session?.me.name}</strong>
        <span className="quiet">{placeText(place)}</span>
        {failure && <span className="bad-text">{failure}</span>}
      </div>
      <button type="button" role="switch" aria-checked={isOnDuty === true} className="duty" onClick={() => void tell(isOnDuty !== true)}>
        {isOnDuty === true ? '● 在岗' : isOnDuty === false ? '○ 已离岗' : '○ 上岗'}
      </button>
      <button type="button" className="plain" onClick={() => void central.signOut()}>
        签出
      </button>
    </header>
  )
}

function placeText({ position, accuracyM, problem }: Place): string {
  if (position) return `已定位，误差约 ${accuracyM} 米`
  if (problem === 'denied') return '未允许定位，可照常办理'
  return problem === 'unavailable' ? '定位不可用，可照常办理' : '正在定位…'
}
