import { Dropdown, Tooltip } from 'antd'
import { type CSSProperties, useId } from 'react'
import type { TelephoneCallView, TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { hangUpPressMs } from '#shared/domain/call/transition'
import { callKey } from '../call-keys'
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
  return (
    <div className="key-row" role="toolbar" aria-label="通话按键">
      {order.map((id) => (
        <PhoneButton key={id} id={id} telephone={telephone} />
      ))}
      <HangUp telephone={telephone} />
    </div>
  )
}

function PhoneButton({ id, telephone }: { readonly id: (typeof order)[number]; readonly telephone: TelephoneView }) {
  const { press } = useSoftphone()
  const { label, reason, isOn } = callKey(id, telephone)
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
}

function HangUp({ telephone }: { readonly telephone: TelephoneView }) {
  const { hangUp, pressedCallId } = useSoftphone()
  const { reason } = callKey('hangUp', telephone)
  const call = foremostCall(telephone)
  const isLong = call !== undefined && needsLongPress(call)
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
      <HangUpReasons call={isLong && call?.phase !== 'ringing' ? call : undefined} />
    </span>
  )
}

/** Why a seat may hang up while the citizen is still there, without holding the key. */
const hangUpReasons = ['无声来电', '骚扰来电', '来电人请本席先挂', '线路不清，已约定回拨'] as const

/** Always in its place, so that no key moves when a citizen comes on the line; grey without one. */
function HangUpReasons({ call }: { readonly call: TelephoneCallView | undefined }) {
  const { ask } = useSoftphone()
  const items = hangUpReasons.map((reason) => ({ key: reason, label: reason }))
  const hangUp = (reason: string) => {
    if (call) void ask({ command: 'telephone.hangUp', input: { callId: call.callId, pressedMs: 0, reason } })
  }
  return (
    <Dropdown trigger={['click']} disabled={!call} menu={{ items, onClick: ({ key }) => hangUp(key) }}>
      <button
        type="button"
        className="hang-up-reason"
        aria-label="挂机原因"
        aria-disabled={!call}
        title={call ? '选原因挂机' : '与来电人通话时可选原因挂机'}
      >
        ⌄
      </button>
    </Dropdown>
  )
}
