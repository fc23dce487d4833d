import type { ReactNode } from 'react'
import type { TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { useSoftphone } from '../softphone'
import { ringingCall } from '../telephone-rules'
import { AgentBlock } from './agent-block'
import { CallBlock } from './call-block'
import { DialBox } from './dial-box'
import { KeyRow } from './key-row'
import { RingingBar } from './ringing-bar'
import { WrapUpBlock } from './wrap-up-block'
import './softphone.css'

export interface SoftphoneBarProps {
  readonly telephone: TelephoneView
  /** What stands in the middle while there is no call. */
  readonly idle: ReactNode
}

/** 软电话条: the part of the top bar between corner and lamps. What it shows is the core's; it decides nothing. */
export function SoftphoneBar({ telephone, idle }: SoftphoneBarProps) {
  const { panel } = useSoftphone()
  const { calls, agent, lastEnded } = telephone
  const ringing = ringingCall(telephone)
  const isRingingAlone = ringing !== undefined && calls.length === 1
  return (
    <>
      <AgentBlock telephone={telephone} />
      {calls.length > 0 ? (
        <CallBlock telephone={telephone} />
      ) : agent.phase === 'wrapUp' ? (
        <WrapUpBlock key={lastEnded?.callId} telephone={telephone} />
      ) : (
        idle
      )}
      <div className="key-block">
        <KeyRow telephone={telephone} />
        {panel !== null && panel !== 'agent' && panel !== 'hand' && panel !== 'summary' && (
          <DialBox key={panel} mode={panel} telephone={telephone} />
        )}
      </div>
      {isRingingAlone && <RingingBar call={ringing} isDemonstration={telephone.isDemonstration} />}
    </>
  )
}
