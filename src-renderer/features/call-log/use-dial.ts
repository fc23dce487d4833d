import { App } from 'antd'
import { useBridge } from '../../bridge/react'

/** Calls a citizen back. The bar at the top shows the call; here only a refusal is said. */
export function useDial(): (number: string, caseNo?: string | null) => Promise<void> {
  const { call } = useBridge()
  const { message } = App.useApp()
  return async (number, caseNo) => {
    const answer = await call('telephone.dial', { number, purpose: 'callback', ...(caseNo && { caseNo }) })
    if (!answer.ok) void message.error(answer.error.message)
  }
}
