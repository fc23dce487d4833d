import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { situations } from '#shared/domain/knowledge/article'
import { type Entry, entryKinds } from '#shared/domain/knowledge/entries'
import { sentencesNow, type TalkSoFar } from '#shared/domain/knowledge/next-words'
import { Kbd } from '../../../../ui/kbd'

export interface ScriptLineHandle {
  readonly sentence: Entry | undefined
  next(): void
  readonly at: number
  readonly count: number
}

/** What may be said now, by what stands in the form; a key shows the next sentence, and another state of the form begins anew. */
export function useScriptLine(entries: readonly Entry[], talk: TalkSoFar): ScriptLineHandle {
  const key = JSON.stringify(talk)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the talk, which is a new object each time.
  const sentences = useMemo(() => sentencesNow(entries, talk), [entries, key])
  const [moved, setMoved] = useState({ key: '', by: 0 })
  const by = moved.key === key ? moved.by : 0
  const at = sentences.length === 0 ? 0 : by % sentences.length
  return { sentence: sentences[at], at, count: sentences.length, next: () => setMoved({ key, by: by + 1 }) }
}

export function ScriptLine({ line }: { readonly line: ScriptLineHandle }) {
  const { sentence } = line
  if (!sentence) return null
  return (
    <div className="reg-script" role="note" aria-label="话术">
      <span className="reg-script-when">
        {sentence.situation === null ? entryKinds[sentence.kind] : situations[sentence.situation]} {line.at + 1}/{line.count}
      </span>
      <span className="reg-script-words">“{sentence.text}”</span>
      <Button size="small" type="text" tabIndex={-1} onClick={line.next}>
        下一句 <Kbd>Alt+S</Kbd>
      </Button>
    </div>
  )
}
