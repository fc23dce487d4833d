import { useEffect, useMemo, useState } from 'react'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { type GridIndex, gridIndexOf } from '#shared/domain/geo/grid-index'
import type { CodeEdition } from '#shared/domain/grid/item-code'
import { useBridge, useTopic } from '../../../bridge/react'
import { useDocument } from '../../../bridge/use-document'
import type { KnownCodes } from './registration-check'

/** The reference data a registration chooses from. Each part is absent until it was read; the form works without it and the centre checks. */
export interface RegistrationLists {
  /** In force for new cases. */
  readonly edition: ReferenceDocument<'classification'> | undefined
  readonly areas: ReferenceDocument<'areas'> | undefined
  readonly cameras: ReferenceDocument<'cameras'>['cameras']
  readonly places: ReferenceDocument<'places'>['places']
  readonly gridIndex: GridIndex | undefined
  readonly known: KnownCodes
}

const nothing: readonly never[] = []

export function useRegistrationLists(standardInForce: string | undefined): RegistrationLists {
  const editions = useEditions()
  const areas = useDocument('areas')
  const cameras = useDocument('cameras')
  const places = useDocument('places')
  const grids = useDocument('grids')
  const gridIndex = useMemo(() => grids && gridIndexOf(grids.grids), [grids])
  const known = useMemo(() => ({ editions, grids: new Set(areas?.grids.map(({ code }) => code)) }), [editions, areas])
  return {
    edition: editions.find(({ standard }) => standard === standardInForce) ?? editions[0],
    areas,
    cameras: cameras?.cameras ?? (nothing as never[]),
    places: places?.places ?? (nothing as never[]),
    gridIndex,
    known,
  }
}

/** Every edition: a code that somebody reads off a lid may be older than the list in force. */
function useEditions(): readonly (ReferenceDocument<'classification'> & CodeEdition)[] {
  const { call } = useBridge()
  const entries = useTopic('reference.changed')?.entries.filter(({ kind }) => kind === 'classification')
  const key = entries?.map(({ id, hash }) => `${id}@${hash}`).join(' ')
  const [editions, setEditions] = useState<readonly (ReferenceDocument<'classification'> & CodeEdition)[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the documents.
  useEffect(() => {
    if (!entries || entries.length === 0) return
    let isCurrent = true
    void Promise.all(entries.map(({ id }) => call('reference.get', { kind: 'classification', id }))).then((answers) => {
      if (!isCurrent) return
      setEditions(
        answers.flatMap((answer) => (answer.ok && answer.value.document.kind === 'classification' ? [answer.value.document] : [])),
      )
    })
    return () => {
      isCurrent = false
    }
  }, [call, key])
  return editions
}
