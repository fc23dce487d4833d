import type { InputRef } from 'antd'
import { type RefObject, useDeferredValue, useMemo, useRef, useState } from 'react'
import type { ReferenceManifestEntry } from '#shared/contracts/reference'
import { FilterBox } from '../../ui/filter-box'
import { Lamp } from '../../ui/lamp'
import { indexText, type MatchTarget, matchIndexed, type TextIndex } from '../../ui/pinyin-match'

/** What every view of a document is given, and the parts that they share: the filter by characters, pinyin or code, and the mark of doubt. */
export interface DocumentViewProps<D> {
  readonly document: D
  readonly entry: ReferenceManifestEntry
  readonly entries: readonly ReferenceManifestEntry[]
  /** The row to show, when somebody asked for one. */
  readonly code: string | undefined
  onChoose(entry: ReferenceManifestEntry): void
}

export interface FilteredRow<T> {
  readonly item: T
  /** Characters of the filtered text that were hit. */
  readonly positions: readonly number[]
}

export interface RowFilter<T> {
  readonly text: string
  readonly isActive: boolean
  readonly rows: readonly FilteredRow<T>[]
  readonly inputRef: RefObject<InputRef | null>
  setText(text: string): void
}

/** `targetOf` must be a fixed function: the index of a document is made once. While a filter is active the best hits come first. */
export function useRowFilter<T>(items: readonly T[], targetOf: (item: T) => MatchTarget): RowFilter<T> {
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text)
  const inputRef = useRef<InputRef>(null)
  const indexed = useMemo(
    () => items.map((item): { item: T; index: TextIndex } => ({ item, index: indexText(targetOf(item)) })),
    [items, targetOf],
  )
  const rows = useMemo(() => {
    const hits = indexed.flatMap(({ item, index }) => {
      const hit = matchIndexed(wanted, index)
      return hit ? [{ item, positions: hit.positions, score: hit.score }] : []
    })
    return wanted.trim() === '' ? hits : hits.sort((a, b) => b.score - a.score)
  }, [indexed, wanted])
  return { text, isActive: wanted.trim() !== '', rows, inputRef, setText }
}

export function RowFilterBox<T>({ filter, total }: { readonly filter: RowFilter<T>; readonly total: number }) {
  return (
    <>
      <FilterBox value={filter.text} onChange={filter.setText} inputRef={filter.inputRef} placeholder="名称、拼音首字母、编码" />
      <span className="ui-meta">{filter.isActive ? `${filter.rows.length} / ${total} 条` : `${total} 条`}</span>
    </>
  )
}

/** What the sources leave open is shown, and said to be open. */
export function Certainty({ isCertain }: { readonly isCertain: boolean }) {
  if (isCertain) return null
  return (
    <span className="ui-sync ref-uncertain" title="来源没有写清，用前请核对">
      <Lamp tone="none" label="" />
      待核
    </span>
  )
}
