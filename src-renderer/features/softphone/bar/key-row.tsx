import { Dropdown, Tooltip } from 'antd'
import { type CSSProperties, memo, useId } from 'react'
import type { TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { hangUpPressMs } from '#shared/domain/call/transition'
import { type CallKey, callKey } from '../call-keys'
import { type TelephoneKeyId, telephoneKeys } from '../key-names'
import { useSoftphone } from '../softphone'
import { foremostCall, needsLongPress } from '../telephone-rules'

const order = [
  'answer',
  'mute',
  'hold',
  'keypad',
  'transfer',
  'conference',
  'ready',
  'satisfaction',
] as const satisfies readonly TelephoneKeyId[]

/** The call keys, always all of them in the same places: grey with the reason when they cannot act. */
export function KeyRow({ telephone }: { readonly telephone: TelephoneView }) {
  const call = foremostCall(telephone)
  const isLong = call !== undefined && needsLongPress(call)
  return (
    <div className="key-row" role="toolbar" aria-label="通话按键">
      {order.map((id) => {
        const { label, reason, isOn } = callKey(id, telephone)
        return <PhoneButton key={id} id={id} label={label} reason={reason} isOn={isOn} />
      })}
      <HangUp
        reason={callKey('hangUp', telephone).reason}
        isLong={isLong}
        callId={isLong && call.phase !== 'ringing' ? call.callId : null}
      />
    </div>
  )
}

interface PhoneButtonProps extends Pick<CallKey, 'label' | 'reason' | 'isOn'> {
  readonly id: (typeof order)[number]
}

/** Renders when its own words change, and not with every second of a call. */
const PhoneButton = memo(({ id, label, reason, isOn }: PhoneButtonProps) => {
  const { press } = useSoftphone()
  const reasonId = useId()
  return (
    <Tooltip title={reason}>
      <button
        type="button"
        className="phone-key"
        data-key={id}
        aria-pressed={isOn}
        {...(reason !== null && { 'aria-disabled': true, 'aria-describedby': reasonId })}
        {...(reason === null && { onClick: () => press(id) })}
      >
        <span data-long={label.length > 3 || undefined}>{label}</span>
        <kbd>{telephoneKeys[id].keys.replace('Shift+', '⇧')}</kbd>
        {reason !== null && (
          <span id={reasonId} className="ui-sr-only">
            {reason}
          </span>
        )}
      </button>
    </Tooltip>
  )
})

interface HangUpProps {
  readonly reason: string | null
  /** The citizen hangs up first: the seat only by a long press. */
  readonly isLong: boolean
  /** The call with a citizen that may be ended with a reason; null without one. */
  readonly callId: string | null
}

const HangUp = memo(({ reason, isLong, callId }: HangUpProps) => {
  const { hangUp, pressedCallId } = useSoftphone()
  const style = { '--hold-ms': `${hangUpPressMs}ms` } as CSSProperties
  return (
    <span className="hang-up">
      <Tooltip title={reason ?? (isLong ? '来电人先挂机；确需本席先挂，按住一秒' : null)}>
        <button
          type="button"
          className="phone-key"
          data-key="hangUp"
          data-held={pressedCallId !== null}
          style={style}
          {...(reason !== null && { 'aria-disabled': true })}
          onPointerDown={(event) => event.button === 0 && reason === null && hangUp.begin()}
          onPointerUp={hangUp.letGo}
          onPointerLeave={hangUp.cutOff}
          onPointerCancel={hangUp.cutOff}
          onKeyDown={(event) => {
            if ((event.key !== ' ' && event.key !== 'Enter') || event.repeat || reason !== null) return
            event.preventDefault()
            hangUp.begin()
          }}
          onKeyUp={({ key }) => (key === ' ' || key === 'Enter') && hangUp.letGo()}
          onBlur={hangUp.cutOff}
        >
          {/* Words beside the growing wash: people who asked for less motion see no growing. */}
          <span>{pressedCallId !== null ? '按住…' : '挂机'}</span>
          <kbd>{isLong ? '按住 F12' : 'F12'}</kbd>
        </button>
      </Tooltip>
      <HangUpReasons callId={callId} />
    </span>
  )
})

/** Why a seat may hang up while the citizen is still there, without holding the key. */
const hangUpReasons = ['无声来电', '骚扰来电', '来电人请本席先挂', '线路不清，已约定回拨'] as const

/** Always in its place, so that no key moves when a citizen comes on the line; grey without one. */
function HangUpReasons({ callId }: { readonly callId: string | null }) {
  const { ask } = useSoftphone()
  const items = hangUpReasons.map((reason) => ({ key: reason, label: reason }))
  const hangUp = (reason: string) => {
    if (callId !== null) void ask({ command: 'telephone.hangUp', input: { callId, pressedMs: 0, reason } })
  }
  return (
    <Dropdown trigger={['click']} disabled={callId === null} menu={{ items, onClick: ({ key }) => hangUp(key) }}>
      <button
        type="button"
        className="hang-up-reason"
        aria-label="挂机原因"
        aria-disabled={callId === null}
        title={callId !== null ? '选原因挂机' : '与来电人通话时可选原因挂机'}
      >
        ⌄
      </button>
    </Dropdown>
  )
}
