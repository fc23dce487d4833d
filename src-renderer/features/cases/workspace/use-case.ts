import { useCallback, useEffect, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { CaseDetailView } from '#shared/contracts/seat-api/case-views'
import { useBridge, useTopic } from '../../../bridge/react'

/** Details read ahead, so that the next case is there at once; the newest few are kept. It is a cache of one window and holds no truth. */
export interface CaseCache {
  get(caseId: string): CaseDetailView | undefined
  put(view: CaseDetailView): void
}

const cacheLimit = 12

export function createCaseCache(): CaseCache {
  const views = new Map<string, CaseDetailView>()
  return {
    get: (caseId) => views.get(caseId),
    put(view) {
      const { caseId } = view.detail.row
      views.delete(caseId)
      views.set(caseId, view)
      const [oldest] = views.keys()
      if (views.size > cacheLimit && oldest !== undefined) views.delete(oldest)
    },
  }
}

export interface OpenCase {
  readonly view: CaseDetailView | undefined
  readonly error: AppError | undefined
  /** Version that was on screen before the last change came; what is later is marked. Null while nothing changed. */
  readonly seenVersion: number | null
  reload(): Promise<void>
}

/** The case on screen: at once from what was read ahead, then as the centre or the seat has it, and again whenever it changed. */
export function useCase(caseId: string, cache: CaseCache): OpenCase {
  const { call } = useBridge()
  const [view, setView] = useState(() => cache.get(caseId))
  const [error, setError] = useState<AppError>()
  const [seenVersion, setSeenVersion] = useState<number | null>(null)
  const shown = useRef<number>(undefined)
  const round = useRef(0)

  const reload = useCallback(async () => {
    round.current += 1
    const mine = round.current
    const answer = await call('cases.open', { caseId })
    if (mine !== round.current) return
    if (!answer.ok) return setError(answer.error)
    const { version } = answer.value.detail.row
    if (shown.current !== undefined && version > shown.current) setSeenVersion(shown.current)
    shown.current = version
    cache.put(answer.value)
    setError(undefined)
    setView(answer.value)
  }, [call, caseId, cache])

  useEffect(() => {
    void reload()
    return () => {
      round.current += 1
    }
  }, [reload])

  const isChanged = useTopic('cases.changed')
  const waiting = useTopic('outbox.changed')?.waiting
  const isOnline = useTopic('connection.changed')?.state === 'online'
  const isFirst = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what waits to be sent, and the connection, change what the case holds.
  useEffect(() => {
    if (isFirst.current) isFirst.current = false
    else void reload()
  }, [waiting, isOnline, reload])
  useEffect(() => {
    if (isChanged?.changes.some((change) => change.caseId === caseId && change.row?.version !== shown.current)) void reload()
  }, [isChanged, caseId, reload])

  return { view, error, seenVersion, reload }
}

/** Reads neighbours ahead without marking them as seen. */
export function usePrefetch(caseIds: readonly string[], cache: CaseCache, onView: (view: CaseDetailView) => void): void {
  const { call } = useBridge()
  const latest = useRef(onView)
  latest.current = onView
  const key = caseIds.join(' ')
  useEffect(() => {
    let isCurrent = true
    async function read(): Promise<void> {
      for (const caseId of key.split(' ').filter(Boolean)) {
        const answer = await call('cases.open', { caseId, peek: true })
        if (!isCurrent) return
        if (!answer.ok) continue
        cache.put(answer.value)
        latest.current(answer.value)
      }
    }
    void read()
    return () => {
      isCurrent = false
    }
  }, [call, key, cache])
}
