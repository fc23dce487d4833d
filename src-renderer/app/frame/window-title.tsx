import { useTopicAs } from '../../bridge/react'
import { callerNumber } from '../../features/softphone/bar/call-words'
import { ringingCall } from '../../features/softphone/telephone-rules'
import { useTitle } from './use-title'

/**
 * Names the window of somebody signed in: while a call rings by who calls, so that the taskbar says it too. A part of its own, so that ringing
 * does not make what is around it render.
 */
export function WindowTitle({ pane, isLocked }: { readonly pane: string; readonly isLocked: boolean }) {
  const ringing = useTopicAs('telephone.changed', (view) => {
    const call = view && ringingCall(view)
    return call ? `来电 ${callerNumber(call)}` : null
  })
  useTitle(isLocked ? '已锁定' : (ringing ?? pane))
  return null
}
