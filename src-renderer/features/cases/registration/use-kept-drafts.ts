import { useCallback, useEffect, useState } from 'react'
import type { EpochMs } from '#shared/base/clock'
import { randomId } from '../../../bridge/random-id'
import { useBridge, useTopic } from '../../../bridge/react'
import { isUntouched, type RegistrationDraft, registrationFromBody } from './registration-draft'

/** Under which the core keeps unfinished registrations, each with an id of its own behind it. */
const prefix = 'cases/register'
export const newDraftKey = (): string => `${prefix}/${randomId()}`

export interface KeptDraft {
  readonly key: string
  readonly draft: RegistrationDraft
  readonly savedAt: EpochMs
  /** It was withdrawn from what waits to be sent. */
  readonly isReturned: boolean
}

export interface KeptDrafts {
  /** Undefined until they were read. */
  readonly drafts: readonly KeptDraft[] | undefined
  reload(): void
  discard(key: string): Promise<void>
}

/** All unfinished registrations of this account at this PC, the last touched first. */
export function useKeptDrafts(): KeptDrafts {
  const { call } = useBridge()
  const [drafts, setDrafts] = useState<readonly KeptDraft[]>()
  // A withdrawn one is there when the list of what waits gets shorter.
  const waiting = useTopic('outbox.changed')?.intents.length
  const reload = useCallback(() => {
    void call('drafts.list', { prefix }).then((answer) => {
      if (!answer.ok) return
      const kept = answer.value.items.map(({ key, body, savedAt, returned }) => ({
        key,
        draft: registrationFromBody(returned?.body ?? body ?? ''),
        savedAt,
        isReturned: returned !== null,
      }))
      setDrafts(kept.filter(({ draft, isReturned }) => isReturned || !isUntouched(draft)))
    })
  }, [call])
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when something left the outbox.
  useEffect(reload, [reload, waiting])
  return {
    drafts,
    reload,
    async discard(key) {
      await call('drafts.discard', { key })
      reload()
    },
  }
}
