import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { queueSpec } from '#shared/domain/case/queues'
import { ActionButton } from '../../../ui/action-button'
import { Kbd } from '../../../ui/kbd'
import { CodedError, LoadingState } from '../../../ui/states'
import { PreviewBody, PreviewHead } from '../queue/preview'
import { useCasePreview } from '../queue/use-case-preview'
import { useCaseSettings } from '../use-case-settings'
import { usePaneKeys } from '../use-pane-keys'
import type { CaseWorkspaceProps } from '../workspace-props'

/** One case in place of the table: the way back, the next and the one before, and the case to read. Deciding it is done from the table. */
export function CaseWorkspace({ caseId, queue, neighbours, onNext, onClose }: CaseWorkspaceProps) {
  const root = useRef<HTMLElement>(null)
  const settings = useCaseSettings()
  const { view, error } = useCasePreview(caseId, undefined)
  const place = neighbours.indexOf(caseId)
  const [previous, next] = [() => onNext(-1), () => onNext(1)]
  useEffect(() => root.current?.focus(), [])
  usePaneKeys(root, { Escape: onClose, j: next, k: previous, 'Alt+ArrowDown': next, 'Alt+ArrowUp': previous })
  return (
    <section className="cases-case" aria-label="案卷内容" ref={root} tabIndex={-1}>
      <header className="ui-pane-header">
        <Button type="text" size="small" onClick={onClose}>
          {`‹ ${queue === null ? '案卷' : queueSpec(queue).title}`} <Kbd>Esc</Kbd>
        </Button>
        {neighbours.length > 0 && <span className="ui-meta">{`${place + 1} / ${neighbours.length}`}</span>}
        <ActionButton size="small" keys="K" reason={place > 0 ? null : '已是第一件'} onClick={previous}>
          上一件
        </ActionButton>
        <ActionButton size="small" keys="J" reason={place >= 0 && place < neighbours.length - 1 ? null : '已是最后一件'} onClick={next}>
          下一件
        </ActionButton>
      </header>
      {error && <CodedError error={error} />}
      {!error && !view && <LoadingState what="案卷" />}
      {view && settings && (
        <div className="cases-preview-body cases-case-body">
          <PreviewHead row={view.detail.row} settings={settings} />
          <PreviewBody view={view} row={view.detail.row} settings={settings} />
        </div>
      )}
    </section>
  )
}
