import { useCallback, useEffect, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { CaseRow } from '#shared/domain/case/row'
import { useBridge, useTopicAs } from '../../../bridge/react'

/** Cases whose sources wait to be answered, or were: asked of the centre when the list opens, when it comes back, and each minute while it is open. */
export function useReplies(which: 'due' | 'sent', minute: number) {
  const { call } = useBridge()
  const [rows, setRows] = useState<readonly CaseRow[]>()
  const [error, setError] = useState<AppError>()
  const isOnline = useTopicAs('connection.changed', (connection) => connection?.state === 'online')
  const reload = useCallback(async () => {
    const answer = await call('replies.list', { which })
    if (answer.ok) setRows(answer.value.items as CaseRow[])
    setError(answer.ok ? undefined : answer.error)
  }, [call, which])
  // biome-ignore lint/correctness/useExhaustiveDependencies: others' replies and those that arrived change the list without telling this pane.
  useEffect(() => {
    if (isOnline) void reload()
  }, [reload, isOnline, minute])
  return { rows, error, isOnline: isOnline === true, reload }
}
