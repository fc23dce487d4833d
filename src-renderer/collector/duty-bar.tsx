import { useParts, useSession } from './parts'
import type { Place } from './place'
import type { Duty } from './use-duty'

/** Who works here, whether on duty, and whether the phone knows where it is. */
export function DutyBar({ place, duty }: { readonly place: Place; readonly duty: Duty }) {
  const { central } = useParts()
  const session = useSession()
  const { isOnDuty, failure, tell } = duty
  const signOut = () => {
    sessionStorage.clear()
    void central.signOut()
  }
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
      <button type="button" className="plain" onClick={signOut}>
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
