import { Input } from 'antd'
import { useState } from 'react'
import type { Handover } from '#shared/domain/shift/handover'
import { useBridge } from '../../bridge/react'
import { ActionButton } from '../../ui/action-button'
import type { Act } from './act'

interface CodeProps {
  readonly handover: Handover
  readonly me: { readonly accountNo: string }
  readonly code: string | undefined
  readonly act: Act
}

const isCode = (text: string) => /^\d{6}$/.test(text)

/** Two seats that do not hear of each other: six digits read aloud one way, six the other. The records are compared when the centre has both. */
export function CodeExchange({ handover, me, code, act }: CodeProps) {
  if (!handover.sealed || handover.accepted) return null
  return (
    <details className="handover-leave">
      <summary>连不上对方坐席，以口令接班</summary>
      {handover.outgoing.accountNo === me.accountNo ? (
        <OutgoingCode handoverId={handover.handoverId} code={code} act={act} />
      ) : (
        <IncomingCode />
      )}
    </details>
  )
}

function OutgoingCode({ handoverId, code, act }: Pick<CodeProps, 'code' | 'act'> & { readonly handoverId: string }) {
  const [incomingNo, setNo] = useState('')
  const [incomingName, setName] = useState('')
  const [reply, setReply] = useState('')
  const isFilled = isCode(reply) && incomingName.trim() !== '' && /^[0-9A-Za-z]{2,16}$/.test(incomingNo)
  return (
    <form
      className="handover-inline"
      onSubmit={(event) => {
        event.preventDefault()
        void act('handover.acceptByCode', { handoverId, incomingNo, incomingName: incomingName.trim(), reply })
      }}
    >
      <span>
        念给对方 <b className="handover-code">{code ?? '—'}</b>
      </span>
      <Input
        size="small"
        aria-label="对方工号"
        placeholder="对方工号"
        value={incomingNo}
        onChange={(event) => setNo(event.target.value.trim())}
      />
      <Input
        size="small"
        aria-label="对方姓名"
        placeholder="对方姓名"
        value={incomingName}
        onChange={(event) => setName(event.target.value)}
      />
      <Input
        size="small"
        aria-label="对方念回的口令"
        placeholder="念回的六位"
        value={reply}
        onChange={(event) => setReply(event.target.value.trim())}
      />
      <ActionButton size="small" htmlType="submit" reason={isFilled ? null : '先填工号、姓名和念回的六位数字。'}>
        核对
      </ActionButton>
    </form>
  )
}

function IncomingCode() {
  const { call } = useBridge()
  const [code, setCode] = useState('')
  const [reply, setReply] = useState('')
  return (
    <form
      className="handover-inline"
      onSubmit={async (event) => {
        event.preventDefault()
        const answer = await call('handover.reply', { code })
        setReply(answer.ok ? answer.value.reply : '')
      }}
    >
      <Input
        size="small"
        aria-label="对方念的口令"
        placeholder="对方念的六位"
        value={code}
        onChange={(event) => setCode(event.target.value.trim())}
      />
      <ActionButton size="small" htmlType="submit" reason={isCode(code) ? null : '先填六位数字。'}>
        算出回念
      </ActionButton>
      {reply !== '' && (
        <span>
          念回 <b className="handover-code">{reply}</b>
        </span>
      )}
    </form>
  )
}
