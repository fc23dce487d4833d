import { useEffect, useMemo, useRef, useState } from 'react'
import { progressOf } from '#shared/domain/case/progress'
import { browserClock } from '../../../bridge/browser-clock'
import { CodedError, LoadingState } from '../../../ui/states'
import { usePaneKeys } from '../use-pane-keys'
import type { CaseDeskProps } from './desk-props'
import { OpenDesk } from './open-desk'
import { useCase } from './use-case'

/** Reads one case and lays it out; until it is here, and when it cannot be had, the way back and to the next stay open. */
export function CaseDesk(props: CaseDeskProps) {
  const { caseId, cache, onClose, onNext, onUndo, strip } = props
  const root = useRef<HTMLElement>(null)
  const open = useCase(caseId, cache)
  const [openedAt] = useState(() => browserClock.now())
  useEffect(() => root.current?.focus(), [])
  const next = () => onNext(1)
  const previous = () => onNext(-1)
  // Esc closes what is open inside first: once the case is here, its desk decides.
  usePaneKeys(root, {
    ...(!open.view && { Escape: onClose }),
    j: next,
    k: previous,
    'Alt+ArrowDown': next,
    'Alt+ArrowUp': previous,
    'Ctrl+Z': onUndo,
  })

  const { view } = open
  const progress = useMemo(
    () =>
      view &&
      progressOf(view.detail.beginning as Parameters<typeof progressOf>[0], view.detail.history as Parameters<typeof progressOf>[1]),
    [view],
  )
  return (
    <section className="case-desk" aria-label="案卷内容" ref={root} tabIndex={-1}>
      {view && progress && <OpenDesk {...props} root={root} open={open} view={view} progress={progress} openedAt={openedAt} />}
      {!view && (
        <>
          {open.error ? <CodedError error={open.error} onRetry={() => void open.reload()} /> : <LoadingState what="案卷" />}
          <p className="ui-empty">
            <button type="button" className="ui-link" onClick={onClose}>
              ‹ 回到列表
            </button>
          </p>
          {strip}
        </>
      )}
    </section>
  )
}
