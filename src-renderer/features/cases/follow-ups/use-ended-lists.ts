import { useCallback, useEffect, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { CaseRow } from '#shared/domain/case/row'
import { useBridge, useTopicAs } from '../../../bridge/react'

/** Ended cases to be asked about, and those whose citizens were not content: asked of the centre when the list opens, and after each word that left. */
export function useEndedLists(isForLead: boolean) {
  const { call } = useBridge()
  const [sampled, setSampled] = useState<readonly CaseRow[]>([])
  const [dissatisfied, setDissatisfied] = useState<readonly CaseRow[]>([])
  const [error, setError] = useState<AppError>()
  const isOnline = useTopicAs('connection.changed', (connection) => connection?.state === 'online')
  const waiting = useTopicAs('outbox.changed', (outbox) => outbox?.intents.length)
  const read = useCallback(async () => {
    const answers = await Promise.all([
      isForLead ? undefined : call('followUps.list', { which: 'sampled' }),
      isForLead ? call('followUps.list', { which: 'dissatisfied' }) : undefined,
    ])
    const [drawn, unhappy] = answers
    if (drawn?.ok) setSampled(drawn.value.items)
    if (unhappy?.ok) setDissatisfied(unhappy.value.items)
    const failed = answers.find((answer) => answer && !answer.ok)
    setError(failed && !failed.ok ? failed.error : undefined)
  }, [call, isForLead])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a result that left the seat, and a centre that came back, change the lists.
  useEffect(() => {
    if (isOnline) void read()
  }, [read, isOnline, waiting])
  return { sampled, dissatisfied, error, isOnline: isOnline === true, reload: () => void read() }
}
