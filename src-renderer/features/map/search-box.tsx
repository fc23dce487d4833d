import { AutoComplete } from 'antd'
import { type ComponentRef, type Ref, useMemo, useState } from 'react'
import type { FoundPlace, PlaceSearch } from './find-places'

export type SearchRef = ComponentRef<typeof AutoComplete>

/** Types to a place: name, pinyin or code; Enter goes to the first. */
export function SearchBox({
  search,
  onChoose,
  keys = '/',
  ref,
}: {
  readonly search: PlaceSearch
  onChoose(place: FoundPlace): void
  /** The key that leads here. */
  readonly keys?: string
  readonly ref: Ref<SearchRef>
}) {
  const [query, setQuery] = useState('')
  const found = useMemo(() => search(query), [search, query])
  return (
    <AutoComplete
      ref={ref}
      size="small"
      aria-label="搜地点"
      placeholder={`${keys} 搜地点：名称、拼音、编码`}
      allowClear
      className="map-search"
      value={query}
      // What was searched before goes with the next letter, as in the command line.
      onFocus={({ target }) => target instanceof HTMLInputElement && target.select()}
      defaultActiveFirstOption
      notFoundContent={query.trim() === '' ? null : '没有找到'}
      options={found.map(({ key, name, kind, code }) => ({
        value: key,
        label: (
          <span className="map-found">
            {name} <small>{kind === '网格' || kind === '部件' ? code : kind}</small>
          </span>
        ),
      }))}
      onChange={(value: string) => !found.some(({ key }) => key === value) && setQuery(value)}
      onSelect={(key: string) => {
        const place = found.find((each) => each.key === key)
        if (!place) return
        setQuery(place.name)
        onChoose(place)
      }}
    />
  )
}
