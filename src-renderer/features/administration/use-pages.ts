import { useCallback, useEffect, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { EpochMs } from '#shared/base/clock'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import { browserClock } from '../../bridge/browser-clock'
import { useBridge } from '../../bridge/react'

type PagedCommand = 'accounts.list' | 'audit.list' | 'exchangeLog.list'
type Item<N extends PagedCommand> = OutputOfCommand<N>['items'][number]

const pageSize = 100

export interface Pages<T> {
  readonly items: readonly T[]
  readonly hasMore: boolean
  readonly isLoading: boolean
  readonly error: AppError | undefined
  readonly readAt: EpochMs | null
  /** Reads the first page again; the old rows stay until it is there. */
  reload(): void
  more(): void
}

interface PagesState<T> {
  readonly items: readonly T[]
  readonly next: string | null
  readonly isLoading: boolean
  readonly error: AppError | undefined
  readonly readAt: EpochMs | null
}

/** A list that the centre gives by key, page after page. `isLive` false: nothing is asked, what was read stays. */
export function usePages<N extends PagedCommand>(name: N, input: InputOfCommand<N>, isLive: boolean): Pages<Item<N>> {
  const { call } = useBridge()
  const [state, setState] = useState<PagesState<Item<N>>>({ items: [], next: null, isLoading: isLive, error: undefined, readAt: null })
  const latest = useRef(0)
  const key = JSON.stringify(input)

  const read = useCallback(
    async (after: string | undefined) => {
      latest.current += 1
      const mine = latest.current
      setState((before) => ({ ...before, isLoading: true }))
      const question = { ...JSON.parse(key), limit: pageSize, ...(after !== undefined && { after }) } as InputOfCommand<N>
      const answer = await call(name, question)
      if (mine !== latest.current) return
      setState((before) => {
        if (!answer.ok) return { ...before, isLoading: false, error: answer.error }
        const page = answer.value as OutputOfCommand<PagedCommand>
        const items = page.items as readonly Item<N>[]
        return {
          items: after === undefined ? items : [...before.items, ...items],
          next: page.next,
          isLoading: false,
          error: undefined,
          readAt: browserClock.now(),
        }
      })
    },
    [call, name, key],
  )

  useEffect(() => {
    if (isLive) void read(undefined)
    return () => {
      latest.current += 1
    }
  }, [read, isLive])

  return {
    items: state.items,
    hasMore: state.next !== null,
    isLoading: state.isLoading,
    error: state.error,
    readAt: state.readAt,
    reload: () => void read(undefined),
    more: () => {
      if (state.next !== null && !state.isLoading) void read(state.next)
    },
  }
}

/** The value as it was `delayMs` ago at most: a centre is not asked at every key. */
export function useSettled<T>(value: T, delayMs: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => browserClock.after(delayMs, () => setSettled(value)), [value, delayMs])
  return settled
}
