import { useEffect, useMemo, useState } from 'react'
import type { ReferenceDocument, ReferenceKind } from '#shared/contracts/reference'
import { useBridge, useTopic } from '../../bridge/react'
import { type City, type CityDocuments, cityOf } from './city'

/** The newest of each document about the ground, read from the seat's own copy; read again when one changes. Undefined until the first answers came. */
const kinds = [
  'areas',
  'grids',
  'streetsNetwork',
  'places',
  'cameras',
  'components',
  'departments',
  'patrolAreas',
  'centreProfile',
  'classification',
] as const satisfies readonly ReferenceKind[]

export function useCity(): City | undefined {
  const { call } = useBridge()
  const entries = useTopic('reference.changed')?.entries.filter(({ kind }) => (kinds as readonly ReferenceKind[]).includes(kind))
  const key = entries?.map(({ kind, id, hash }) => `${kind}/${id}@${hash}`).join(' ')
  const [documents, setDocuments] = useState<CityDocuments>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the documents.
  useEffect(() => {
    if (!entries) return
    let isCurrent = true
    void Promise.all(entries.map(({ kind, id }) => call('reference.get', { kind, id }))).then((answers) => {
      if (!isCurrent) return
      const found = answers.flatMap((answer) => (answer.ok ? [answer.value.document as ReferenceDocument] : []))
      setDocuments(choose(found))
    })
    return () => {
      isCurrent = false
    }
  }, [call, key])
  return useMemo(() => documents && cityOf(documents), [documents])
}

/** Of several classifications the one that the components are counted by; of several of another kind the first. */
function choose(found: readonly ReferenceDocument[]): CityDocuments {
  const standard = found.find((document) => document.kind === 'components')?.standard
  const wanted = found.filter((document) => document.kind !== 'classification' || document.standard === standard)
  return Object.fromEntries([...wanted].reverse().map((document) => [document.kind, document]))
}
