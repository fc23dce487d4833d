import { useEffect, useState } from 'react'
import { useParts } from './parts'
import type { Subclass } from './reference'

/** Choosing a subclass 小类: those of one's own cases first, then a search over names and codes. */
interface Props {
  readonly onChoose: (subclass: Subclass) => void
  readonly onLeave: () => void
}

export function SubclassPicker({ onChoose, onLeave }: Props) {
  const { reference } = useParts()
  const [all, setAll] = useState<readonly Subclass[] | null>(null)
  const [frequent, setFrequent] = useState<readonly Subclass[]>([])
  const [failure, setFailure] = useState<string | null>(null)
  const [needle, setNeedle] = useState('')
  useEffect(() => {
    let isGone = false
    void reference.subclasses().then(async (answer) => {
      if (isGone) return
      if (!answer.ok) return setFailure(answer.error.message)
      setAll(answer.value)
      const often = await reference.frequent(answer.value)
      if (!isGone) setFrequent(often)
    })
    return () => {
      isGone = true
    }
  }, [reference])
  const text = needle.trim()
  const found = all?.filter(({ name, code, majorName }) => `${name} ${code} ${majorName}`.includes(text)) ?? []
  return (
    <>
      <header className="bar">
        <button type="button" className="plain" onClick={onLeave}>
          ‹ 返回
        </button>
        <input
          type="search"
          aria-label="搜小类"
          placeholder="名称或代码"
          value={needle}
          onChange={({ target }) => setNeedle(target.value)}
        />
      </header>
      <main>
        {failure && (
          <p className="notice bad" role="alert">
            {failure}
          </p>
        )}
        {text === '' && frequent.length > 0 && (
          <>
            <h3>常用</h3>
            <Choices subclasses={frequent} onChoose={onChoose} />
            <h3>全部</h3>
          </>
        )}
        {all === null && !failure && <p className="quiet">正在读取小类…</p>}
        {all !== null && found.length === 0 && <p className="quiet">没有名称或代码含“{text}”的小类。</p>}
        <Choices subclasses={found} onChoose={onChoose} />
      </main>
    </>
  )
}

function Choices({ subclasses, onChoose }: { readonly subclasses: readonly Subclass[]; readonly onChoose: Props['onChoose'] }) {
  return (
    <ul className="cards">
      {subclasses.map((subclass) => (
        <li key={`${subclass.kind}${subclass.code}`}>
          <button type="button" className="card" onClick={() => onChoose(subclass)}>
            <strong>{subclass.name}</strong>
            <span className="quiet">{`${subclass.kind === 'event' ? '事件' : '部件'} · ${subclass.majorName} · ${subclass.code}`}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
