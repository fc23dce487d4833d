import { useEffect, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { CaseRow } from '#shared/domain/case/row'
import { browserClock } from '../../../bridge/browser-clock'
import { useBridge } from '../../../bridge/react'

const debounceMs = 250

export interface CaseSearch {
  readonly rows: readonly CaseRow[]
  /** There are more than these. */
  readonly hasMore: boolean
  readonly isSearching: boolean
  readonly error: AppError | undefined
}

const nothing: CaseSearch = { rows: [], hasMore: false, isSearching: false, error: undefined }

/** Asks the centre for cases while words are typed; answers that were overtaken are dropped. Undefined or blank words ask for nothing. */
export function useCaseSearch(words: string | undefined): CaseSearch {
  const { call } = useBridge()
  const [state, setState] = useState(nothing)
  const q = words?.trim() ?? ''
  useEffect(() => {
    if (q === '') {
      setState(nothing)
      return
    }
    let isCurrent = true
    setState((before) => ({ ...before, isSearching: true }))
    const stop = browserClock.after(debounceMs, () => {
      void call('cases.search', { q }).then((answer) => {
        if (!isCurrent) return
        if (answer.ok) setState({ rows: answer.value.items, hasMore: answer.value.next !== null, isSearching: false, error: undefined })
        else setState((before) => ({ ...before, isSearching: false, error: answer.error }))
      })
    })
    return () => {
      isCurrent = false
      stop()
    }
  }, [call, q])
  return state
}
