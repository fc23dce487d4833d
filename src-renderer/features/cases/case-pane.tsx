import { useEffect, useRef, useState } from 'react'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { roles } from '#shared/domain/account/role'
import { type QueueId, queuesOf } from '#shared/domain/case/queues'
import { caseReaders, type Viewer } from '#shared/domain/case/visibility'
import { useTopic } from '../../bridge/react'
import { LoadingState, NoPermission } from '../../ui/states'
import { QueueBoard } from './queue/queue-board'
import { useListMemory } from './queue/use-list-memory'
import { useViewer } from './queue/use-queue-rows'
import { type CaseSettings, CaseSettingsProvider, useCaseSettings } from './use-case-settings'
import { CaseWorkspace } from './workspace/case-workspace'
import './cases.css'

/** What somebody outside asked the pane to show; a new object each time. */
export type CaseFocus = { readonly queue: QueueId } | { readonly caseId: string } | { readonly search: string }

/** Cases 案卷: the worklists of the post, and one case opened in their place. It puts the two together and remembers the queue last looked at. */
export function CasePane({ caseFocus }: { readonly caseFocus?: CaseFocus }) {
  const viewer = useViewer()
  if (!viewer) return <LoadingState what="案卷" />
  if (!caseReaders.includes(viewer.role) || queuesOf(viewer.role).length === 0) {
    return <NoPermission text={`您的岗位（${roles[viewer.role]}）不办理案卷；需要时请找值班长。`} />
  }
  return (
    <CaseSettingsProvider>
      <Cases key={viewer.role} viewer={viewer} {...(caseFocus && { caseFocus })} />
    </CaseSettingsProvider>
  )
}

function Cases({ viewer, caseFocus }: { readonly viewer: Viewer; readonly caseFocus?: CaseFocus }) {
  const settings = useCaseSettings()
  const lists = useTopic('settings.changed')?.caseLists
  if (!settings || !lists) return <LoadingState what="中心配置与日历" />
  return <CasesHere viewer={viewer} settings={settings} lists={lists} {...(caseFocus && { caseFocus })} />
}

interface OpenCase {
  readonly caseId: string
  /** Ids in the order in which they stood in the list. */
  readonly neighbours: readonly string[]
}

function CasesHere({
  viewer,
  settings,
  lists,
  caseFocus,
}: {
  readonly viewer: Viewer
  readonly settings: CaseSettings
  readonly lists: StateOfTopic<'settings.changed'>['caseLists']
  readonly caseFocus?: CaseFocus
}) {
  const queues = queuesOf(viewer.role)
  const memory = useListMemory(viewer.role, lists)
  const [queue, setQueue] = useState<QueueId>(() => queues.find((each) => each === memory.kept.queue) ?? (queues[0] as QueueId))
  const [search, setSearch] = useState<string>()
  const [open, setOpen] = useState<OpenCase>()
  const root = useRef<HTMLElement>(null)

  useEffect(() => {
    if (!caseFocus) return
    if ('caseId' in caseFocus) setOpen({ caseId: caseFocus.caseId, neighbours: [] })
    else setOpen(undefined)
    if ('search' in caseFocus) setSearch(caseFocus.search)
    if ('queue' in caseFocus && queuesOf(viewer.role).includes(caseFocus.queue)) {
      setSearch(undefined)
      setQueue(caseFocus.queue)
    }
  }, [caseFocus, viewer.role])

  function close(): void {
    setOpen(undefined)
    requestAnimationFrame(() => root.current?.querySelector<HTMLElement>('.cases-table [role="grid"]')?.focus())
  }
  function next(by: 1 | -1): void {
    if (!open) return
    const caseId = open.neighbours[open.neighbours.indexOf(open.caseId) + by]
    if (caseId !== undefined) setOpen({ ...open, caseId })
  }

  return (
    <section className="ui-pane cases" aria-label="案卷" ref={root}>
      <div className="cases-stage" inert={open !== undefined}>
        <QueueBoard
          viewer={viewer}
          settings={settings}
          memory={memory}
          queue={queue}
          onQueue={(chosen) => {
            memory.keep({ queue: chosen })
            setQueue(chosen)
          }}
          search={search}
          onSearch={setSearch}
          onOpen={(caseId, neighbours) => setOpen({ caseId, neighbours })}
          isOnTop={open === undefined}
          root={root}
        />
      </div>
      {open && (
        <div className="cases-open">
          <CaseWorkspace
            caseId={open.caseId}
            queue={search === undefined ? queue : null}
            neighbours={open.neighbours}
            onNext={next}
            onClose={close}
            onOpenCase={(caseId) => setOpen({ caseId, neighbours: [] })}
          />
        </div>
      )}
    </section>
  )
}
