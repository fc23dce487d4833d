import { App } from 'antd'
import { useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { ReferenceManifestEntry } from '#shared/contracts/reference'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import { mayCall } from '../../bridge/permissions'
import { useBridge, useTopic } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'

/** Saves a changed document at the centre, against the version that was opened. The new one comes back by the reference topic, as for everybody. */
export function useSave(entry: ReferenceManifestEntry) {
  const { call } = useBridge()
  const { message } = App.useApp()
  const role = useTopic('session.changed')?.agent?.role
  const { reason } = useFreshness()
  const [error, setError] = useState<AppError>()
  return {
    mayEdit: mayCall('reference.save', role),
    /** Why it cannot be saved now; null when it can. */
    reason,
    error,
    async save(document: unknown, seenHash: string | null): Promise<boolean> {
      const kind = entry.kind as InputOfCommand<'reference.save'>['kind']
      const answer = await call('reference.save', { kind, id: entry.id, seenHash, document })
      setError(answer.ok ? undefined : answer.error)
      if (answer.ok) void message.success(`已保存：${entry.title}，各坐席随即更新`)
      return answer.ok
    },
  }
}
