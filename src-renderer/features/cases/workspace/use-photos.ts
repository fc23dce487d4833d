import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { CaseAttachment } from '#shared/contracts/case-shapes'
import { type Annotation, parseAnnotations } from '#shared/domain/annotation/annotation'
import type { HistoryEntry } from '#shared/domain/case/history'
import { effectiveHistory } from '#shared/domain/case/progress'
import type { Photo } from '../../../ui/photos/photo'
import { formatDateTime } from '../../../ui/time-format'
import { afterPurposes, beforePurposes } from './checks'
import type { PhotoCache } from './photo-cache'

export const purposeNames: Readonly<Record<CaseAttachment['purpose'], string>> = {
  ...{ report: '上报', verification: '核实', before: '处置前', after: '处置后', check: '核查', document: '材料', other: '其他' },
}

export interface CasePhotos {
  readonly before: readonly Photo[]
  readonly after: readonly Photo[]
}

/** The photos of a case, before and after handling, newest last; fetched as they are needed. */
export function usePhotos(attachments: readonly CaseAttachment[], history: readonly HistoryEntry[], cache: PhotoCache): CasePhotos {
  const revision = useSyncExternalStore(cache.subscribe, cache.revision)
  const pictures = useMemo(() => picturesOf(attachments), [attachments])
  useEffect(() => {
    for (const { attachmentId } of pictures) cache.load(attachmentId)
  }, [pictures, cache])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision is another content of the same cache.
  return useMemo(() => {
    const marks = latestMarks(history)
    const of = (purposes: readonly CaseAttachment['purpose'][]) =>
      pictures.filter(({ purpose }) => purposes.includes(purpose)).map((each) => photoOf(each, history, marks, cache))
    return { before: of(beforePurposes), after: of(afterPurposes) }
  }, [pictures, history, cache, revision])
}

export const picturesOf = (attachments: readonly CaseAttachment[]): readonly CaseAttachment[] =>
  attachments.filter(({ mediaType }) => mediaType.startsWith('image/')).toSorted((a, b) => a.uploadedAt - b.uploadedAt)

function photoOf(
  { attachmentId, purpose, takenAt, uploadedAt, distanceM, seq }: CaseAttachment,
  history: readonly HistoryEntry[],
  marks: ReadonlyMap<string, readonly Annotation[]>,
  cache: PhotoCache,
): Photo {
  const by = history.find((entry) => entry.seq === seq)?.by.name ?? ''
  const kept = cache.get(attachmentId)
  return {
    photoId: attachmentId,
    src: kept?.src ?? null,
    alt: `${purposeNames[purpose]}照片`,
    caption: {
      at: formatDateTime(takenAt ?? uploadedAt),
      who: `${by} ${purposeNames[purpose]}`,
      distanceM,
    },
    annotations: marks.get(attachmentId) ?? [],
    failure: kept?.failure ?? null,
  }
}

/** The marks as last kept; what cannot be read is left out, the photo stays. */
export function latestMarks(history: readonly HistoryEntry[]): ReadonlyMap<string, readonly Annotation[]> {
  const marks = new Map<string, readonly Annotation[]>()
  for (const { action, input } of effectiveHistory(history)) {
    if (action !== 'annotatePhoto' || input.photoId === undefined) continue
    const parsed = parseAnnotations(input.annotations)
    if (parsed.ok) marks.set(input.photoId, parsed.value)
  }
  return marks
}
