import { useCallback, useEffect, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { CaseLock } from '#shared/contracts/case-shapes'
import { appError } from '#shared/contracts/errors'
import { browserClock } from '../../../bridge/browser-clock'
import { useBridge, useTopic } from '../../../bridge/react'
import { formatTime } from '../../../ui/time-format'

const renewMs = 120_000

/** `mine`: this person edits; `other`: somebody else does, and this one reads; `none`: nobody, or the centre is away. */
export type EditLock =
  | { readonly state: 'none'; readonly error?: AppError }
  | { readonly state: 'mine'; readonly lock: CaseLock }
  | { readonly state: 'other'; readonly error: AppError }

interface LockWanted {
  readonly caseId: string
  /** As the case was read. */
  readonly read: CaseLock | null
  readonly accountNo: string
  /** It is this person's turn; false: they only read and are told who edits. */
  readonly isWanted: boolean
  readonly isLive: boolean
}

/**
 * Takes the lock of a case that is opened for work, renews it while it is open and gives it back. Whoever takes it or gives it back elsewhere is
 * heard at once: a lock that was taken over is no longer shown as one's own, and one that is free again is taken.
 */
export function useLock({ caseId, read, accountNo, isWanted, isLive }: LockWanted): EditLock & { takeOver(): Promise<void> } {
  const { call } = useBridge()
  const [lock, setLock] = useState<EditLock>({ state: 'none' })
  const [isTaken, setTaken] = useState(false)
  const isAtWork = useAtWork(isWanted)
  const isKept = isLive && (isAtWork || isTaken)
  const heard = useTopic('locks.changed')?.locks.find((each) => each.caseId === caseId)
  const holder = heard === undefined ? read : heard.lock
  const other = holder !== null && holder.accountNo !== accountNo && holder.until > browserClock.now() ? holder : null

  const ask = useCallback(
    async (takeOver?: true) => {
      const answer = await call('cases.lock', { caseId, ...(takeOver && { takeOver }) })
      if (answer.ok) setLock({ state: 'mine', lock: answer.value })
      else setLock(answer.error.code === 'case/locked' ? { state: 'other', error: answer.error } : { state: 'none', error: answer.error })
    },
    [call, caseId],
  )

  useEffect(() => {
    if (!isKept) return setLock({ state: 'none' })
    void ask()
    const stop = browserClock.every(renewMs, () => void ask())
    return () => {
      stop()
      void call('cases.unlock', { caseId })
    }
  }, [ask, call, caseId, isKept])

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was heard anew counts; what was asked for since is newer.
  useEffect(() => {
    if (heard === undefined || !isKept) return
    if (other) setLock({ state: 'other', error: lockedBy(other) })
    else if (heard.lock === null && lock.state === 'other') void ask()
  }, [heard])

  async function takeOver(): Promise<void> {
    await ask(true)
    setTaken(true)
  }
  if (lock.state === 'none' && other && isLive) return { state: 'other', error: lockedBy(other), takeOver }
  return { ...lock, takeOver }
}

/**
 * Whether somebody works on a case whose turn it is theirs: from the moment they open it, or, when it comes to them while it stands open, from the
 * next thing they do. A case left open on a screen that nobody looks at keeps nobody out.
 */
function useAtWork(isWanted: boolean): boolean {
  const [isThere, setThere] = useState(isWanted)
  useEffect(() => {
    if (!isWanted) return setThere(false)
    const come = () => setThere(true)
    for (const sign of signsOfLife) document.addEventListener(sign, come, { capture: true, once: true })
    return () => {
      for (const sign of signsOfLife) document.removeEventListener(sign, come, { capture: true })
    }
  }, [isWanted])
  return isWanted && isThere
}

const signsOfLife = ['keydown', 'pointerdown', 'wheel'] as const

/** The centre's own refusal, for a lock that was heard of. */
const lockedBy = ({ name, seatNo, until }: CaseLock): AppError => appError('case/locked', { name, seatNo, until: formatTime(until) })
