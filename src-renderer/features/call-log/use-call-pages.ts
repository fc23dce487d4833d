import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { CallRecord } from '#shared/contracts/call-shapes'
import type { CallOnFile } from '#shared/contracts/central-api/calls'
import { useBridge, useTopic } from '../../bridge/react'
import { type CallFilter, centreQuestionOf, questionOf, withNews } from './call-filter'

/** The calls that a filter lets through, page after page, and live: what ends or is described now shows without asking again. */
/** A call of this seat, or one of the hall with what the centre says of its recording. */
export type ListedCall = CallRecord & Partial<Pick<CallOnFile, 'recordingState' | 'hold'>>
/** Whose calls: of this seat, as it keeps them, or of everybody, as the centre does. */
export type CallScope = 'seat' | 'centre'

export interface CallPages {
  readonly rows: readonly ListedCall[]
  readonly hasMore: boolean
  readonly isLoading: boolean
  readonly error: AppError | undefined
  more(): void
  reload(): void
  /** Reads one call again: it was described here and is older than what the core tells by itself. */
  refresh(callId: string): void
}

const pageSize = 100
const nothing: readonly CallRecord[] = []
const keysOf = { seat: 'callLog.list', centre: 'callLog.centre' } as const

interface Read {
  readonly items: readonly ListedCall[]
  readonly next: string | null
  readonly isLoading: boolean
  readonly error: AppError | undefined
}

export function useCallPages(filter: CallFilter, scope: CallScope): CallPages {
  const { call } = useBridge()
  const log = useTopic('callLog.changed')
  const [read, setRead] = useState<Read>({ items: [], next: null, isLoading: true, error: undefined })
  const latest = useRef(0)
  const key = JSON.stringify(scope === 'seat' ? questionOf(filter) : centreQuestionOf(filter))

  const ask = useCallback(
    async (after: string | undefined) => {
      latest.current += 1
      const mine = latest.current
      setRead((before) => ({ ...before, isLoading: true }))
      const answer = await call(keysOf[scope], { ...JSON.parse(key), limit: pageSize, ...(after !== undefined && { after }) })
      if (mine !== latest.current) return
      setRead((before) =>
        answer.ok
          ? {
              items: after === undefined ? answer.value.items : [...before.items, ...answer.value.items],
              ...{ next: answer.value.next, isLoading: false, error: undefined },
            }
          : { ...before, isLoading: false, error: answer.error },
      )
    },
    [call, key, scope],
  )
  useEffect(() => {
    void ask(undefined)
    return () => {
      latest.current += 1
    }
  }, [ask])

  const recent = (scope === 'seat' && log?.recent) || nothing
  const rows = useMemo(() => withNews(read.items, recent, filter), [read.items, recent, filter])
  return {
    rows,
    hasMore: read.next !== null,
    isLoading: read.isLoading,
    error: read.error,
    more: () => {
      if (read.next !== null && !read.isLoading) void ask(read.next)
    },
    reload: () => void ask(undefined),
    refresh: (callId) => {
      void call('callLog.get', { callId }).then((answer) => {
        if (!answer.ok) return
        setRead((before) => ({ ...before, items: before.items.map((each) => (each.callId === callId ? answer.value : each)) }))
      })
    },
  }
}
