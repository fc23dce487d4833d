import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { EpochMs } from '#shared/base/clock'
import type { CommandName, InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import { browserClock } from './browser-clock'
import { useBridge } from './react'

/** What a read command answered. While a newer answer is on its way, or after it failed, the last good value stays. */
export interface Query<T> {
  readonly value: T | undefined
  readonly error: AppError | undefined
  readonly isLoading: boolean
  /** When `value` was answered, by this PC's clock. */
  readonly readAt: EpochMs | null
  reload(): void
}

/**
 * Asks a read command and asks again when the input changes. Answers that were overtaken are dropped. `input` undefined: nothing is asked.
 * It caches nothing: a component that goes away forgets.
 */
export function useQuery<N extends CommandName>(name: N, input: InputOfCommand<N> | undefined): Query<OutputOfCommand<N>> {
  const bridge = useBridge()
  const [state, setState] = useState<Omit<Query<OutputOfCommand<N>>, 'reload'>>({
    value: undefined,
    error: undefined,
    isLoading: input !== undefined,
    readAt: null,
  })
  const [round, setRound] = useState(0)
  const latest = useRef(0)
  const key = input === undefined ? undefined : JSON.stringify(input)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` is there to ask again.
  useEffect(() => {
    if (key === undefined) return
    latest.current += 1
    const mine = latest.current
    setState((before) => ({ ...before, isLoading: true }))
    void bridge.call(name, JSON.parse(key) as InputOfCommand<N>).then((answer) => {
      if (mine !== latest.current) return
      setState((before) =>
        answer.ok
          ? { value: answer.value, error: undefined, isLoading: false, readAt: browserClock.now() }
          : { ...before, error: answer.error, isLoading: false },
      )
    })
    return () => {
      latest.current += 1
    }
  }, [bridge, name, key, round])

  const reload = useCallback(() => setRound((before) => before + 1), [])
  return useMemo(() => ({ ...state, reload }), [state, reload])
}
