import { useTopicAs } from '../../bridge/react'
import { callerNumber } from '../../features/softphone/bar/call-words'
import { ringingCall } from '../../features/softphone/telephone-rules'

/** What the window is named while a call rings, so that the taskbar says it too; null while none does. */
export function useRingingTitle(): string | null {
  return useTopicAs('telephone.changed', (view) => {
    const call = view && ringingCall(view)
    return call ? `来电 ${callerNumber(call)}` : null
  })
}
