import { type Ref, useMemo } from 'react'
import type { OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { GridIndex } from '#shared/domain/geo/grid-index'
import { type PickedPlace, PlaceMap, type PlaceMapHandle, type PlaceMark, useHasPlaceMap } from '../../../ui/place-map'
import { placeAt } from './place'
import { positionOf, type RegistrationDraft } from './registration-draft'

export type Duplicates = OutputOfCommand<'cases.duplicates'>['items']

interface PlacePickerProps {
  readonly draft: RegistrationDraft
  readonly index: GridIndex | undefined
  readonly duplicates: Duplicates
  readonly ref: Ref<PlaceMapHandle>
  change(patch: Partial<RegistrationDraft>): void
}

/** 落点 on the map: the pin fills position, grid, community and street, and the address while nobody has written one. Likely duplicates stand beside it. */
export function PlacePicker({ draft, index, duplicates, ref, change }: PlacePickerProps) {
  const hasMap = useHasPlaceMap()
  // The same position again is the same object: a letter typed elsewhere moves nothing on the map.
  const pin = useMemo(() => positionOf(draft.position), [draft.position])
  const marks = useMemo(() => duplicateMarks(duplicates), [duplicates])
  if (!hasMap) return null
  function pick({ position, name }: PickedPlace): void {
    change({ ...placeAt(position, index, draft.gridCode), ...(name !== undefined && draft.address.trim() === '' && { address: name }) })
  }
  return (
    <div className="reg-map">
      <PlaceMap ref={ref} label="落点" pin={pin} onPick={pick} marks={marks} searchKeys="Alt+M" />
    </div>
  )
}

/** Numbered as the list beside them. */
const duplicateMarks = (duplicates: Duplicates): readonly PlaceMark[] =>
  duplicates.flatMap(({ row }, at) =>
    row.position === null
      ? []
      : [{ key: row.caseId, kind: 'duplicate' as const, position: row.position, title: `疑似 ${at + 1}`, caseId: row.caseId }],
  )
