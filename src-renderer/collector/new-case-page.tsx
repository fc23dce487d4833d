import { useEffect, useState } from 'react'
import type { Position } from '../../src-shared/domain/geo/position'
import type { NewCase, Report } from './kept'
import { useParts } from './parts'
import { PhotoField } from './photo-field'
import type { Place } from './place'
import type { Subclass } from './reference'
import { SubclassPicker } from './subclass-picker'
import { useDraft } from './use-draft'

/** Reporting a new problem 上报新问题: what, where, photos, words. The grid is found on the phone, from the outlines that central serves. */
const nothing: NewCase = {
  ...{ kind: 'event', standard: '', subclassCode: '', subclassName: '', address: '', position: null, gridCode: null },
}

export function NewCasePage({ draft: first, place }: { readonly draft: Report; readonly place: Place }) {
  const { draft, change, handIn, discard, failure } = useDraft(first)
  const [isPicking, setPicking] = useState(false)
  const newCase = draft.newCase ?? nothing
  const changeCase = (fields: Partial<NewCase>) => {
    change((before) => {
      const next = { ...(before.newCase ?? nothing), ...fields }
      return { newCase: next, title: `${next.subclassName || '新问题'} ${next.address}`.trim() }
    })
  }
  const grid = useGrid(newCase.position)
  const missing = missingOf(draft)
  const choose = ({ kind, standard, code, name }: Subclass) => {
    changeCase({ kind, standard, subclassCode: code, subclassName: name })
    setPicking(false)
  }
  if (isPicking) return <SubclassPicker onChoose={choose} onLeave={() => setPicking(false)} />
  return (
    <>
      <header className="bar">
        <a className="plain" href="#tasks" aria-label="返回任务列表">
          ‹ 返回
        </a>
        <div>
          <strong>上报新问题</strong>
        </div>
        <button type="button" className="plain" onClick={discard}>
          删除草稿
        </button>
      </header>
      <main>
        {draft.refusal && (
          <p className="notice bad" role="alert">
            上次没有被接受：{draft.refusal}
          </p>
        )}
        <h3>小类</h3>
        <button type="button" className="field" onClick={() => setPicking(true)}>
          {newCase.subclassName || '请选择小类'}
        </button>
        <h3>照片</h3>
        <PhotoField photos={draft.photos} onChange={(next) => change(({ photos }) => ({ photos: next(photos) }))} />
        <label>
          问题描述
          <textarea rows={3} maxLength={2000} value={draft.words} onChange={({ target }) => change(() => ({ words: target.value }))} />
        </label>
        <label>
          位置描述
          <input maxLength={200} value={newCase.address} onChange={({ target }) => changeCase({ address: target.value })} />
        </label>
        <button type="button" className="field" disabled={!place.position} onClick={() => changeCase({ position: place.position })}>
          {newCase.position ? '◉ 已落点，点此改为现在的位置' : place.position ? '◎ 用现在的位置落点' : '定位不可用，由受理员落点'}
        </button>
        {newCase.position && <p className="quiet">{grid.text}</p>}
        {failure && <p className="bad-text">{failure}</p>}
      </main>
      <footer className="foot">
        {missing && <p className="quiet">{missing}</p>}
        <button
          type="button"
          className="main"
          disabled={missing !== null}
          onClick={() => handIn({ newCase: { ...newCase, gridCode: grid.code }, position: newCase.position })}
        >
          上报
        </button>
      </footer>
    </>
  )
}

/** Without the outlines the case goes without a grid, which intake finds from the position. */
function useGrid(position: Position | null): { readonly code: string | null; readonly text: string } {
  const { reference } = useParts()
  const [found, setFound] = useState<{ readonly code: string | null; readonly text: string }>({ code: null, text: '' })
  useEffect(() => {
    let isGone = false
    if (!position) return undefined
    void reference.grids().then((answer) => {
      if (isGone) return
      const code = answer.ok ? (answer.value.gridAt(position)?.code ?? null) : null
      setFound({ code, text: code ? `网格 ${code}` : answer.ok ? '不在本区的网格里，由受理员核对' : '网格没有读到，由受理员核对' })
    })
    return () => {
      isGone = true
    }
  }, [position, reference])
  return position ? found : { code: null, text: '' }
}

function missingOf({ newCase, photos, words }: Report): string | null {
  if (!newCase || newCase.subclassCode === '') return '请选小类。'
  if (photos.length === 0) return '请拍现场照片。'
  if (words.trim() === '') return '请填问题描述。'
  return newCase.address.trim() === '' ? '请填位置描述。' : null
}
