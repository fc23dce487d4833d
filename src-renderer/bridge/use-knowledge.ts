import { useMemo } from 'react'
import type { Article } from '#shared/domain/knowledge/article'
import { type Entry, entriesOf } from '#shared/domain/knowledge/entries'
import { useTopic } from './react'
import { useDocument } from './use-document'

/** All that may be looked up at the telephone, from what this seat holds. Empty until it was read. */
export interface KnowledgeAtSeat {
  readonly entries: readonly Entry[]
  /** The document that a keeper changes; undefined while the seat has none. */
  readonly documentId: string | undefined
}

export function useKnowledge(): KnowledgeAtSeat {
  const documentId = useTopic('reference.changed')?.entries.find(({ kind }) => kind === 'knowledge')?.id
  const knowledge = useDocument('knowledge')
  const handbook = useDocument('handbook')
  const matrix = useDocument('responsibility')
  const departments = useDocument('departments')
  const areas = useDocument('areas')
  const entries = useMemo(() => {
    const names = [...(areas?.streets ?? []), ...(areas?.communities ?? [])]
    return entriesOf({
      articles: (knowledge?.articles ?? []) as readonly Article[],
      ...{ handbook, matrix, departments: departments?.departments ?? [] },
      areas: new Map(names.map(({ code, name }) => [code, name])),
    })
  }, [knowledge, handbook, matrix, departments, areas])
  return useMemo(() => ({ entries, documentId }), [entries, documentId])
}
