import { useEffect, useMemo, useRef, useState } from 'react'
import { useBridge } from '../../../bridge/react'
import { useFreshness } from '../../../bridge/use-freshness'
import { LoadingState } from '../../../ui/states'
import { useViewer } from '../queue/use-queue-rows'
import { useCaseSettings } from '../use-case-settings'
import type { CaseWorkspaceProps } from '../workspace-props'
import { CaseDesk } from './case-desk'
import { createPhotoCache } from './photo-cache'
import { UndoStrip } from './undo-strip'
import { createCaseCache, usePrefetch } from './use-case'
import { useDecide } from './use-decide'
import { picturesOf } from './use-photos'
import '../cases.css'
import './workspace.css'

const usualUndoSeconds = 10

/**
 * One case after the other: the desk of the present case, with what outlives it, the last decision that can be taken back, the tally of the sitting,
 * and the neighbours read ahead. What belongs to one case is in `CaseDesk`.
 */
export function CaseWorkspace(props: CaseWorkspaceProps) {
  const { caseId, neighbours, onNext, onOpenCase } = props
  const { call } = useBridge()
  const viewer = useViewer()
  const settings = useCaseSettings()
  const fresh = useFreshness()
  const [cache] = useState(createCaseCache)
  const photos = useMemo(() => createPhotoCache(call), [call])
  const deciding = useDecide(settings?.profile?.undoSeconds ?? usualUndoSeconds)
  const [ready, setReady] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => () => photos.dispose(), [photos])

  const index = neighbours.indexOf(caseId)
  const ahead = index < 0 ? [] : [neighbours[index + 1], neighbours[index + 2], neighbours[index - 1]].filter((each) => each !== undefined)
  usePrefetch(fresh.isLive ? ahead : [], cache, ({ detail }) => {
    for (const { attachmentId } of picturesOf(detail.attachments)) photos.load(attachmentId)
    setReady((before) => new Set(before).add(detail.row.caseId))
  })

  const isUndoing = useRef(false)
  async function undo(): Promise<void> {
    if (isUndoing.current) return
    isUndoing.current = true
    const undone = await deciding.undo()
    isUndoing.current = false
    if (undone === null || undone === caseId) return
    if (neighbours[index - 1] === undone) onNext(-1)
    else if (!neighbours.includes(undone)) onOpenCase(undone)
  }

  if (!viewer || !settings) return <LoadingState what="案卷" />
  const next = neighbours[index + 1]
  return (
    <CaseDesk
      key={caseId}
      {...props}
      viewer={viewer}
      settings={settings}
      fresh={fresh}
      cache={cache}
      photoCache={photos}
      deciding={deciding}
      place={{ index, count: index < 0 ? 0 : neighbours.length, isNextReady: next !== undefined && ready.has(next) }}
      onUndo={() => void undo()}
      strip={<UndoStrip deciding={deciding} onUndo={() => void undo()} />}
    />
  )
}
