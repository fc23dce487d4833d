import { useEffect, useState } from 'react'
import type { ReferenceDocument, ReferenceKind } from '#shared/contracts/reference'
import { useBridge, useTopic } from './react'

/** One reference document that only some forms need, read when the form is opened; of several of a kind `isWanted` chooses, else the first. */
export function useDocument<K extends ReferenceKind>(
  kind: K,
  isWanted: (title: string) => boolean = () => true,
): ReferenceDocument<K> | undefined {
  const { call } = useBridge()
  const entries = useTopic('reference.changed')?.entries.filter((entry) => entry.kind === kind)
  const entry = entries?.find(({ title }) => isWanted(title)) ?? entries?.[0]
  const [document, setDocument] = useState<ReferenceDocument<K>>()
  const { id, hash } = entry ?? {}
  // biome-ignore lint/correctness/useExhaustiveDependencies: another hash is another content of the same document.
  useEffect(() => {
    if (id === undefined) return
    let isCurrent = true
    void call('reference.get', { kind, id }).then((answer) => {
      if (isCurrent && answer.ok && answer.value.document.kind === kind) setDocument(answer.value.document as ReferenceDocument<K>)
    })
    return () => {
      isCurrent = false
    }
  }, [call, kind, id, hash])
  return document
}
