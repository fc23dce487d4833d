import { useMemo } from 'react'
import type { CaseAttachment } from '#shared/contracts/case-shapes'
import type { CaseRow } from '#shared/domain/case/row'
import { SectionTitle } from '../../../ui/pane-header'
import { PlaceMap, type PlaceMark, useHasPlaceMap } from '../../../ui/place-map'
import { purposeNames } from './use-photos'

interface CaseMapProps {
  readonly row: CaseRow
  readonly attachments: readonly CaseAttachment[]
  readonly duplicates: readonly CaseRow[]
}

/** Where the case is, with its grid, the open cases and cameras around, where its photos were taken, and what it may repeat. */
export function CaseMap({ row, attachments, duplicates }: CaseMapProps) {
  const hasMap = useHasPlaceMap()
  const { lng, lat } = row.position ?? {}
  const pin = useMemo(() => (lng === undefined || lat === undefined ? undefined : { lng, lat }), [lng, lat])
  const marks = useMemo(() => [...photoMarks(attachments), ...duplicateMarks(duplicates)], [attachments, duplicates])
  if (!hasMap) return null
  const photos = marks.filter(({ kind }) => kind === 'photo').length
  return (
    <section className="case-side-part" aria-label="案卷位置">
      <SectionTitle title="位置" meta={photos > 0 ? `${photos} 处拍过照片` : ''} />
      <div className="case-map">
        <PlaceMap label="案卷位置" pin={pin} marks={marks} exceptCaseId={row.caseId} />
      </div>
    </section>
  )
}

/** Photos of one purpose that were taken at one spot stand there once, with their number: ten labels on one another tell nothing. */
function photoMarks(attachments: readonly CaseAttachment[]): readonly PlaceMark[] {
  const spots = new Map<string, { readonly mark: PlaceMark; readonly count: number }>()
  for (const { attachmentId, purpose, position, distanceM } of attachments) {
    if (!position) continue
    const spot = `${purpose} ${position.lng.toFixed(4)} ${position.lat.toFixed(4)}`
    const far = distanceM === null ? '' : `，距 ${distanceM} 米`
    const title = `${purposeNames[purpose]}${far}`
    const known = spots.get(spot)
    spots.set(spot, { mark: known?.mark ?? { key: attachmentId, kind: 'photo', position, title }, count: (known?.count ?? 0) + 1 })
  }
  return [...spots.values()].map(({ mark, count }) => (count === 1 ? mark : { ...mark, title: `${mark.title}（${count} 张）` }))
}

const duplicateMarks = (rows: readonly CaseRow[]): readonly PlaceMark[] =>
  rows.flatMap(({ caseId, position }, at) =>
    position === null ? [] : [{ key: caseId, kind: 'duplicate' as const, position, title: `疑似 ${at + 1}`, caseId }],
  )
