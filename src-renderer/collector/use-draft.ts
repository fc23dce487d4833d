import { useState } from 'react'
import type { Report } from './kept'
import { useParts } from './parts'

/** A report that is being filled in: every change is kept on the phone at once. `failure` when the phone would not keep it. */
export function useDraft(first: Report) {
  const { reports } = useParts()
  const [draft, setDraft] = useState(first)
  const [failure, setFailure] = useState<string | null>(null)
  const noRoom = () => setFailure('手机存不下了，刚填的内容离开本页会丢失；请清出空间。')
  const change = (fields: Partial<Report>) => {
    // New words need a new key; the same words sent again must have the old one.
    const next: Report = { ...draft, ...fields, state: 'draft', changedAt: Date.now() }
    setDraft(next)
    reports.save(next).then(() => setFailure(null), noRoom)
  }
  const handIn = (fields: Partial<Report>) => {
    const next: Report = { ...draft, ...fields, changedAt: Date.now() }
    location.hash = ''
    reports.handIn(next).catch(noRoom)
  }
  const discard = () => {
    location.hash = ''
    void reports.discard(draft.reportId)
  }
  return { draft, change, handIn, discard, failure }
}
