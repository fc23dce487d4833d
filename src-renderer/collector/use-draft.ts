import { useRef, useState } from 'react'
import type { Report } from './kept'
import { useParts } from './parts'

/** A report that is being filled in: every change is kept on the phone at once. `failure` when the phone would not keep it. */
export function useDraft(first: Report) {
  const { reports } = useParts()
  const [draft, setDraft] = useState(first)
  const [failure, setFailure] = useState<string | null>(null)
  const noRoom = () => setFailure('手机存不下了，刚填的内容离开本页会丢失；请清出空间。')
  // A photo takes a moment to be made smaller, and typing goes on meanwhile: every change is of what there is by then.
  const latest = useRef(first)
  const change = (fieldsOf: (before: Report) => Partial<Report>) => {
    const next: Report = { ...latest.current, ...fieldsOf(latest.current), state: 'draft', changedAt: Date.now() }
    latest.current = next
    setDraft(next)
    reports.save(next).then(() => setFailure(null), noRoom)
  }
  const handIn = (fields: Partial<Report>) => {
    const next: Report = { ...latest.current, ...fields, changedAt: Date.now() }
    location.hash = ''
    reports.handIn(next).catch(noRoom)
  }
  const discard = () => {
    location.hash = ''
    void reports.discard(draft.reportId)
  }
  return { draft, change, handIn, discard, failure }
}
