import { Button, Input, type InputRef } from 'antd'
import { type KeyboardEvent, type Ref, useDeferredValue, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { chinaDate } from '#shared/base/china-time'
import { isInForce } from '#shared/domain/knowledge/article'
import { type Entry, entryKinds } from '#shared/domain/knowledge/entries'
import { useNow } from '../../../../bridge/use-now'
import { Kbd } from '../../../../ui/kbd'
import { createFinder } from '../../../../ui/knowledge-finder'
import { Lamp } from '../../../../ui/lamp'
import { SectionTitle } from '../../../../ui/pane-header'
import type { RegistrationDraft } from '../registration-draft'

/** As many as a person reads while listening. */
const mostSuggested = 3
const mostFound = 12
const fewestCharacters = 4

export interface KnowledgeHandle {
  focusSearch(): void
}

/**
 * What the knowledge says about what is being told, beside the form: by itself while somebody types, or searched for with Alt+F. Enter quotes the chosen
 * one as the answer; Esc goes back to the form. All of it is at the seat.
 */
export function KnowledgeBeside({
  ref,
  entries,
  draft,
  onQuote,
  onLeave,
}: {
  readonly ref: Ref<KnowledgeHandle>
  readonly entries: readonly Entry[]
  readonly draft: RegistrationDraft
  onQuote(entry: Entry): void
  /** Where the hands go on: at the answer when something was quoted. */
  onLeave(hasQuoted: boolean): void
}) {
  const [query, setQuery] = useState('')
  const [isSearching, setSearching] = useState(false)
  const [chosenId, setChosenId] = useState<string>()
  const input = useRef<InputRef>(null)
  const today = chinaDate(useNow(600_000))
  useImperativeHandle(ref, () => ({ focusSearch: () => input.current?.focus() }), [])
  const inForce = useMemo(() => entries.filter(({ article }) => article === null || isInForce(article, today)), [entries, today])
  const finder = useMemo(() => createFinder(inForce), [inForce])
  const words = useDeferredValue(`${draft.cause} ${draft.course}`.trim())
  const typed = useDeferredValue(query.trim())
  const subclass = draft.subclassCode === '' ? undefined : `${draft.kind}/${draft.subclassCode}`
  const shown = useMemo(() => {
    if (typed !== '') return finder.find(typed).slice(0, mostFound)
    if (words.length < fewestCharacters) return []
    return finder.suggest(words, subclass, ['answer', 'scope']).slice(0, mostSuggested)
  }, [finder, typed, words, subclass])
  const chosen = shown.find(({ id }) => id === chosenId) ?? shown[0]

  function leave(hasQuoted = false): void {
    setQuery('')
    setSearching(false)
    onLeave(hasQuoted)
  }
  function quote(entry: Entry): void {
    onQuote(entry)
    leave(true)
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    const at = chosen ? shown.indexOf(chosen) : -1
    if (event.key === 'ArrowDown') setChosenId(shown[Math.min(shown.length - 1, at + 1)]?.id)
    else if (event.key === 'ArrowUp') setChosenId(shown[Math.max(0, at - 1)]?.id)
    else if (event.key === 'Enter' && chosen) quote(chosen)
    else if (event.key === 'Escape') leave()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section className="reg-know" aria-label="知识库">
      <SectionTitle title="知识库" meta={typed === '' && shown.length > 0 ? '边听边找' : ''}>
        <span className="ui-meta">{shown.length > 0 && 'Enter 引用'}</span>
      </SectionTitle>
      <div className="reg-know-search">
        <Input
          ref={input}
          size="small"
          aria-label="查知识库"
          placeholder="市民怎么说、拼音首字母"
          maxLength={60}
          value={query}
          suffix={<Kbd framed>Alt+F</Kbd>}
          onFocus={() => setSearching(true)}
          onBlur={() => setSearching(false)}
          onChange={({ target }) => setQuery(target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      {shown.length === 0 && typed !== '' && <p className="reg-empty">没有找到；换个说法，或按「一时答不了」登记后回电。</p>}
      <ul className="reg-list" aria-label="知识">
        {shown.map((entry) => {
          const isOpen = entry === chosen && (isSearching || typed !== '' || draft.callClass === 'inquiry')
          return (
            <li key={entry.id} className={entry === chosen && isSearching ? 'reg-know-chosen' : undefined}>
              <button type="button" className="reg-draft" tabIndex={-1} onClick={() => setChosenId(entry.id)}>
                <span className="reg-list-head">
                  <b className="reg-list-words">{entry.title}</b>
                  <span className="ui-spring" />
                  {!entry.isCertain && (
                    <span className="reg-know-doubt">
                      <Lamp tone="amber" label="" />
                      待核
                    </span>
                  )}
                  <span className="cases-quiet">{entryKinds[entry.kind]}</span>
                </span>
                <span className={isOpen ? 'reg-know-words' : 'reg-list-words'}>{entry.text}</span>
                {isOpen && entry.basis !== '' && <span className="cases-quiet">{`依据：${entry.basis}`}</span>}
              </button>
              {isOpen && (
                <Button size="small" type="link" tabIndex={-1} onClick={() => quote(entry)}>
                  引用
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
