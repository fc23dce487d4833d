import { useCallback, useEffect, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { CaseLock } from '#shared/contracts/case-shapes'
import { browserClock } from '../../../bridge/browser-clock'
import { useBridge } from '../../../bridge/react'

const renewMs = 120_000

/** `mine`: this person edits; `other`: somebody else does, and this one reads; `none`: nobody, or the centre is away. */
export type EditLock =
  | { readonly state: 'none'; readonly error?: AppError }
  | { readonly state: 'mine'; readonly lock: CaseLock }
  | { readonly state: 'other'; readonly error: AppError }

/** Takes the lock of a case that is opened for work, renews it while it is open and gives it back. `isWanted` false: somebody only reads. */
export function useLock(caseId: string, isWanted: boolean, isLive: boolean): EditLock & { takeOver(): Promise<void> } {
  const { call } = useBridge()
  const [lock, setLock] = useState<EditLock>({ state: 'none' })

  const ask = useCallback(
    async (takeOver?: true) => {
      const answer = await call('cases.lock', { caseId, ...(takeOver && { takeOver }) })
      if (answer.ok) setLock({ state: 'mine', lock: answer.value })
      else setLock(answer.error.code === 'case/locked' ? { state: 'other', error: answer.error } : { state: 'none', error: answer.error })
    },
    [call, caseId],
  )

  useEffect(() => {
    if (!isWanted || !isLive) return setLock({ state: 'none' })
    void ask()
    const stop = browserClock.every(renewMs, () => void ask())
    return () => {
      stop()
      void call('cases.unlock', { caseId })
    }
  }, [ask, call, caseId, isWanted, isLive])

  return { ...lock, takeOver: () => ask(true) }
}
