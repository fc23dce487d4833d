import { useCallback, useEffect, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import { browserClock } from '../../bridge/browser-clock'
import { useBridge } from '../../bridge/react'
import type { LogLine } from './log-columns'

export type LogQuery = Omit<InputOfCommand<'dutyLog.search'>, 'after' | 'limit'>

const pageSize = 100
const typingPauseMs = 250

interface Found {
  readonly items: readonly LogLine[]
  readonly next: string | null
  readonly isLoading: boolean
  readonly error: AppError | undefined
  /** How long the centre took, both ways. */
  readonly tookMs: number | null
}

const nothing: Found = { items: [], next: null, isLoading: false, error: undefined, tookMs: null }

/** Asks the centre a pause after the last key; answers that were overtaken are dropped, and what was found stays while the next is on its way. */
export function useLogSearch(query: LogQuery, isLive: boolean) {
  const { call } = useBridge()
  const [found, setFound] = useState(nothing)
  const latest = useRef(0)
  const key = JSON.stringify(query)
  const read = useCallback(
    async (after: string | undefined) => {
      latest.current += 1
      const mine = latest.current
      setFound((before) => ({ ...before, isLoading: true }))
      const asked = browserClock.now()
      const answer = await call('dutyLog.search', {
        ...(JSON.parse(key) as LogQuery),
        limit: pageSize,
        ...(after !== undefined && { after }),
      })
      if (mine !== latest.current) return
      setFound((before) => {
        if (!answer.ok) return { ...before, isLoading: false, error: answer.error }
        const items = answer.value.items.map(
          ({ seal, ...entry }): LogLine => ({ ...entry, sync: 'sent', reason: null, isSealed: seal !== undefined }),
        )
        return {
          ...{ items: after === undefined ? items : [...before.items, ...items], next: answer.value.next },
          ...{ isLoading: false, error: undefined, tookMs: browserClock.now() - asked },
        }
      })
    },
    [call, key],
  )
  useEffect(() => {
    if (!isLive) return
    const stop = browserClock.after(typingPauseMs, () => void read(undefined))
    return () => {
      stop()
      latest.current += 1
    }
  }, [read, isLive])
  return {
    ...found,
    reload: () => void read(undefined),
    more: () => {
      if (found.next !== null && !found.isLoading) void read(found.next)
    },
  }
}
