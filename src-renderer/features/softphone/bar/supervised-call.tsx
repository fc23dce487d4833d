import type { TelephoneCallView, TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { type SupervisionMode, supervisionModes } from '#shared/domain/call/supervision'
import { useSoftphone } from '../softphone'

/** For the lead: which part is taken in the colleague's call, and the others one press away. Taking over asks the core at once: the citizen must not wait. */
export function SupervisionParts({ call, telephone }: { readonly call: TelephoneCallView; readonly telephone: TelephoneView }) {
  const { ask } = useSoftphone()
  const { supervision } = call
  if (!supervision) return null
  const { accountNo, mode: present } = supervision
  const take = (mode: SupervisionMode) => void ask({ command: 'telephone.supervise', input: { accountNo, mode } })
  return (
    <span className="supervision-parts" role="toolbar" aria-label={`在 ${supervision.name} 的通话中`}>
      {telephone.supervisionModes.map((mode) => (
        <button
          key={mode}
          type="button"
          className="call-small"
          aria-label={supervisionModes[mode].name}
          aria-pressed={mode === present}
          disabled={call.phase !== 'talking'}
          onClick={() => mode !== present && take(mode)}
        >
          {mode === present ? `●${supervisionModes[mode].name}` : supervisionModes[mode].name}
        </button>
      ))}
    </span>
  )
}

/** For the colleague: who takes part in this call, in words that nobody misses. */
export function Listeners({ listeners }: { readonly listeners: TelephoneView['listeners'] }) {
  return (
    <>
      {listeners.map(({ accountNo, name, mode }) => (
        <span
          key={accountNo}
          className="call-tag listener-tag"
          role="status"
          title={`值班长 ${name} ${supervisionModes[mode].doing}：${heardBy[mode]}`}
        >
          <span className="call-describes">{name}&nbsp;</span>
          {supervisionModes[mode].doing}
        </span>
      ))}
    </>
  )
}

const heardBy: Readonly<Record<SupervisionMode, string>> = {
  listen: '听得见双方，双方听不见值班长',
  whisper: '只有本席听得见值班长',
  bargeIn: '来电人和本席都听得见值班长',
  takeOver: '来电人转由值班长应答',
}
