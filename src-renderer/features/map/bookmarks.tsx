import { Button, Input } from 'antd'
import { useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { type MapBookmark, mostBookmarks } from '#shared/contracts/seat-api/views'
import { useBridge, useTopic } from '../../bridge/react'
import { SectionTitle } from '../../ui/pane-header'
import { CodedError } from '../../ui/states'

/** Places of this PC that are looked at again and again: one click goes there; a name and Enter keeps what is in view. */
export function Bookmarks({ view, onGo }: { view(): Omit<MapBookmark, 'name'> | undefined; onGo(bookmark: MapBookmark): void }) {
  const { call } = useBridge()
  const kept = useTopic('settings.changed')?.mapBookmarks ?? []
  const [name, setName] = useState('')
  const [error, setError] = useState<AppError>()
  async function save(bookmarks: readonly MapBookmark[]): Promise<void> {
    const answer = await call('settings.saveMapBookmarks', { bookmarks: [...bookmarks] })
    setError(answer.ok ? undefined : answer.error)
    if (answer.ok) setName('')
  }
  function keep(): void {
    const seen = view()
    const words = name.trim()
    if (!seen || words === '') return
    void save([...kept.filter((each) => each.name !== words), { name: words, ...seen }].slice(-mostBookmarks))
  }
  return (
    <section className="map-side-part" aria-label="常看的地方">
      <SectionTitle title="常看的地方" meta={kept.length > 0 ? `${kept.length} 处` : ''} />
      <ul className="map-near">
        {kept.map((bookmark) => (
          <li key={bookmark.name}>
            <button type="button" className="ui-link" onClick={() => onGo(bookmark)}>
              {bookmark.name}
            </button>
            <span className="ui-spring" />
            <Button
              type="text"
              size="small"
              aria-label={`去掉 ${bookmark.name}`}
              onClick={() => void save(kept.filter((each) => each !== bookmark))}
            >
              去掉
            </Button>
          </li>
        ))}
        <li>
          <Input
            size="small"
            aria-label="记下现在的视野"
            placeholder="起个名，回车记下现在的视野"
            maxLength={30}
            value={name}
            onChange={({ target }) => setName(target.value)}
            onPressEnter={keep}
          />
        </li>
      </ul>
      {error && <CodedError error={error} />}
    </section>
  )
}
