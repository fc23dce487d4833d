import { useEffect, useRef } from 'react'
import type { TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { hasReport } from '#shared/domain/call/call'
import { useTopicAs } from '../../bridge/react'
import type { Frame } from './frame-context'

/** Answering a citizen opens the form of that call, wherever the person was: what was typed elsewhere is kept there. Once for every call. */
export function useOpenDesk(frame: Pick<Frame, 'panes' | 'openPane'>, isActive: boolean): void {
  const opened = useRef(new Set<string>())
  const latest = useRef(frame)
  latest.current = frame
  // As one word: whatever else of a call changes makes the frame render nothing, above all while it rings.
  const ids = useTopicAs('telephone.changed', answeredCalls)
  useEffect(() => {
    if (!isActive || !latest.current.panes.some(({ id }) => id === 'registration')) return
    const fresh = ids.split(' ').filter((id) => id !== '' && !opened.current.has(id))
    for (const id of fresh) opened.current.add(id)
    if (fresh.length > 0) latest.current.openPane('registration')
  }, [ids, isActive])
}

function answeredCalls(telephone: TelephoneView | undefined): string {
  const answered = telephone?.calls.filter((call) => hasReport(call) && call.answeredAt !== null)
  return answered?.map(({ callId }) => callId).join(' ') ?? ''
}
