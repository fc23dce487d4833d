import type { InputRef } from 'antd'
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type QueueId, queueSpec, queuesOf } from '#shared/domain/case/queues'
import type { CaseRow } from '#shared/domain/case/row'
import type { Viewer } from '#shared/domain/case/visibility'
import { mayCall } from '../../../bridge/permissions'
import { useFreshness } from '../../../bridge/use-freshness'
import { useNow } from '../../../bridge/use-now'
import { CodedError } from '../../../ui/states'
import { useStable } from '../../../ui/use-stable'
import type { Selection } from '../../../ui/virtual-table/table-selection'
import type { CaseSettings } from '../use-case-settings'
import { type PaneKeys, usePaneKeys } from '../use-pane-keys'
import { type Batch, batchesOf, batchKeys } from './batch'
import { BoardHeader } from './board-header'
import { BulkBar } from './bulk-bar'
import { BulkJobs } from './bulk-jobs'
import { useCaseSearch } from './case-search'
import { columnsOf } from './columns'
import { ExportBox } from './export-box'
import { Preview } from './preview'
import { PreviewActions } from './preview-actions'
import { Empty, endNote } from './queue-empty'
import { isFiltering, noFields } from './queue-filter'
import { QueueList } from './queue-list'
import { viewFrom } from './queue-view'
import { useSavedViews } from './saved-views'
import { useDecisions } from './use-decisions'
import type { ListMemory } from './use-list-memory'
import { useQueueRows } from './use-queue-rows'
import { useQueueView } from './use-queue-view'
import { useShownRows } from './use-shown-rows'

const nothing: Selection = new Set()
const none: readonly CaseRow[] = []

export interface QueueBoardProps {
  readonly viewer: Viewer
  readonly settings: CaseSettings
  readonly memory: ListMemory
  readonly queue: QueueId
  onQueue(queue: QueueId): void
  /** Words of the case search; undefined while a queue is shown. */
  readonly search: string | undefined
  onSearch(words: string | undefined): void
  /** Opens a case, with the rows around it in the order in which they stand. */
  onOpen(caseId: string, neighbours: readonly string[]): void
  /** False while a case lies over the board. */
  readonly isOnTop: boolean
  readonly root: RefObject<HTMLElement | null>
}

/** The worklists of a post: tabs, one table, what can be done with what is chosen, and the current case beside it. */
export function QueueBoard(props: QueueBoardProps) {
  const { viewer, settings, queue, search, onSearch, onOpen, isOnTop, root } = props
  const queues = useMemo(() => queuesOf(viewer.role), [viewer.role])
  const columns = useMemo(() => columnsOf(settings), [settings])
  const rows = useQueueRows(queue, viewer)
  const found = useCaseSearch(search)
  const source = search === undefined ? rows.rows : found.rows
  const { first, view, change: setView, isPreviewShown, togglePreview } = useQueueView(viewer.role, columns, queue, props.memory)
  const shown = useShownRows(source, view, settings)
  const [currentKey, setCurrent] = useState<string>()
  const [selected, setSelected] = useState<Selection>(nothing)
  const [isSingle, setSingle] = useState(false)
  const [isExporting, setExporting] = useState(false)
  const fieldRef = useRef<InputRef>(null)
  const searchRef = useRef<InputRef>(null)
  const views = useSavedViews()
  const fresh = useFreshness(rows.readAt)
  const now = useNow(60_000)

  const current = shown.shown.find((row) => row.caseId === currentKey) ?? (currentKey === undefined ? shown.shown[0] : undefined)
  // Chosen rows that a filter hides stay chosen, those that left the queue do not.
  const chosen = useMemo(() => (selected.size === 0 ? none : source.filter((row) => selected.has(row.caseId))), [source, selected])
  const single = isSingle ? current : undefined
  const target = useMemo(() => (chosen.length > 0 || !single ? chosen : [single]), [chosen, single])
  const batches = useMemo(() => batchesOf(target, viewer, settings.profile), [target, viewer, settings.profile])
  const toTable = useCallback(() => root.current?.querySelector<HTMLElement>('.cases-table [role="grid"]')?.focus(), [root])
  const finish = useCallback(() => {
    setSelected(nothing)
    setSingle(false)
    toTable()
  }, [toTable])
  const decisions = useDecisions(fieldRef, finish)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list has another current row, and nothing chosen.
  useEffect(() => {
    setSelected(nothing)
    setSingle(false)
    setCurrent(undefined)
  }, [queue, search === undefined])

  function choose(next: QueueId): void {
    onSearch(undefined)
    setView({ ...view, fields: noFields })
    props.onQueue(next)
  }
  function step(by: 1 | -1): void {
    const next = queues[(queues.indexOf(queue) + by + queues.length) % queues.length]
    if (next !== undefined) choose(next)
  }
  function recall(place: number): void {
    const saved = views.value?.items[place]
    if (!saved) return
    if (saved.queue !== null && queues.includes(saved.queue) && saved.queue !== queue) choose(saved.queue)
    setView(viewFrom(saved.settings, first))
  }
  function press(key: Batch['key']): void {
    if (target.length === 0 && current) {
      // What needs more than words is filled in where the case is.
      const alone = batchesOf([current], viewer, settings.profile).find((each) => each.key === key)
      if (alone && alone.individually !== null && alone.able.length > 0) {
        open(current)
        return
      }
    }
    if (target.length === 0) {
      setSingle(current !== undefined)
      // The bar says what this one can take; its field is reached with the next key or by writing.
      requestAnimationFrame(() => fieldRef.current?.focus())
      return
    }
    const batch = batches.find((each) => each.key === key)
    if (batch) void decisions.decide(batch)
  }
  const open = (row: CaseRow) =>
    onOpen(
      row.caseId,
      shown.shown.map(({ caseId }) => caseId),
    )
  function startExport(): void {
    if (search === undefined) setExporting(true)
  }
  function endExport(): void {
    setExporting(false)
    requestAnimationFrame(toTable)
  }
  function openSearch(): void {
    onSearch(search ?? '')
    requestAnimationFrame(() => searchRef.current?.focus())
  }

  const resetColumns = () => setView({ ...view, choice: first.choice })
  const stably = {
    ...{ choose: useStable(choose), recall: useStable(recall), press: useStable(press) },
    ...{ openExport: useStable(startExport), resetColumns: useStable(resetColumns), openSearch: useStable(openSearch) },
  }
  const chosenKeys = useMemo(() => batches.map(({ key }) => key), [batches])
  const foot = useMemo(
    () => (
      <PreviewActions
        row={current}
        viewer={viewer}
        settings={settings}
        reason={fresh.reason}
        chosenCount={chosen.length}
        chosenKeys={chosenKeys}
        onPress={stably.press}
      />
    ),
    [current, viewer, settings, fresh.reason, chosen.length, chosenKeys, stably.press],
  )

  const keys: PaneKeys = {
    ...Object.fromEntries(batchKeys.map((key) => [key, () => press(key)])),
    ...Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`Ctrl+${at + 1}`, () => recall(at)])),
    'Ctrl+Z': () => void decisions.undo(),
    'Ctrl+Tab': () => step(1),
    'Ctrl+Shift+Tab': () => step(-1),
    '[': () => step(-1),
    ']': () => step(1),
    p: togglePreview,
    'Ctrl+E': startExport,
    'Ctrl+F': openSearch,
    ...(isSingle && target.length > 0 && { Escape: finish }),
  }
  usePaneKeys(root, keys, isOnTop && !isExporting)

  const exportReason = mayCall('exports.create', viewer.role) ? fresh.reason : '您的岗位不导出案卷'
  const isFiltered = isFiltering(view.fields)
  return (
    <>
      <BoardHeader
        queues={queues}
        queue={queue}
        onQueue={stably.choose}
        search={search}
        searchRef={searchRef}
        onSearch={onSearch}
        toTable={toTable}
        staleAsOf={fresh.isLive ? undefined : fresh.asOf}
        view={view}
        onView={setView}
        columns={columns}
        onResetColumns={stably.resetColumns}
        views={views}
        reason={fresh.reason}
        onRecall={stably.recall}
        onExport={stably.openExport}
        onOpenSearch={stably.openSearch}
      />
      <div className="cases-body">
        <div className="cases-main">
          {rows.error && search === undefined && <CodedError error={rows.error} onRetry={rows.reload} />}
          {found.error && search !== undefined && <CodedError error={found.error} />}
          <QueueList
            label={search === undefined ? queueSpec(queue).title : '搜到的案卷'}
            settings={settings}
            shown={shown}
            view={view}
            onView={setView}
            currentKey={currentKey ?? shown.shown[0]?.caseId}
            onCurrent={(key) => setCurrent(key)}
            onOpen={open}
            selected={selected}
            onSelected={setSelected}
            pendingNew={search === undefined ? rows.held.length : 0}
            onShowNew={rows.showNew}
            isDimmed={search === undefined ? rows.isReading : found.isSearching}
            empty={<Empty queue={queue} search={search} isFiltered={isFiltered} isReading={rows.isReading || found.isSearching} />}
            {...(endNote(rows.isReading, rows.readAt, now, rows.isComplete, search, found.hasMore) && {
              endNote: endNote(rows.isReading, rows.readAt, now, rows.isComplete, search, found.hasMore),
            })}
          />
          <BulkJobs onOpenCase={(caseId) => onOpen(caseId, [])} />
          {target.length > 0 && (
            <BulkBar
              rows={target}
              batches={batches}
              text={decisions.text}
              fieldRef={fieldRef}
              chosen={decisions.chosen}
              reason={decisions.isBusy ? '正在办理' : fresh.reason}
              onText={decisions.setText}
              onDecide={(batch) => void decisions.decide(batch)}
              onLeave={toTable}
              onCancel={finish}
            />
          )}
        </div>
        {isPreviewShown && <Preview row={current}>{foot}</Preview>}
      </div>
      {isExporting && <ExportBox queue={queue} fields={view.fields} reason={exportReason} onClose={endExport} />}
    </>
  )
}
