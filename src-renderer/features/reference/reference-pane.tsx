import { useEffect, useState } from 'react'
import type { ReferenceDocument, ReferenceManifestEntry } from '#shared/contracts/reference'
import { useTopic } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { useQuery } from '../../bridge/use-query'
import { DataGrid } from '../../ui/data-grid'
import { PaneHeader } from '../../ui/pane-header'
import { StaleMark } from '../../ui/stale-mark'
import { CodedError, EmptyState, LoadingState } from '../../ui/states'
import { formatMoment } from '../../ui/time-format'
import { AreasView } from './areas-view'
import { CalendarView } from './calendar-view'
import {
  BaseMapsView,
  CamerasView,
  ComponentsView,
  DepartmentAreasView,
  GridsView,
  MapTilesView,
  PatrolAreasView,
  PlacesView,
  StreetsNetworkView,
} from './city-views'
import { ClassificationView } from './classification-view'
import type { DocumentViewProps } from './document-view'
import { kindNames, sortEntries } from './documents'
import { HandbookView, ResponsibilityView } from './duty-views'
import { KnowledgeView } from './knowledge-view'
import { DepartmentsView, HandlingLimitsView, ShiftPatternsView } from './lists-view'
import { ProfileView } from './profile-view'
import { ProposalModelView } from './proposal-model-view'
import { QualityFormView } from './quality-form-view'
import './reference.css'

export interface ReferenceFocus {
  readonly kind: string
  readonly id: string
  readonly code?: string
}

const keyOf = ({ kind, id }: { readonly kind: string; readonly id: string }) => `${kind}/${id}`

/**
 * Standards, limits, areas, departments, calendars and shifts as this seat carries them, offline too. Documents on the left, the chosen one on
 * the right. The administrator keeps handbook and responsibility matrix here; other documents come with new editions.
 */
export function ReferencePane({ focus }: { readonly focus?: ReferenceFocus }) {
  const view = useTopic('reference.changed')
  const now = useNow(60_000)
  const fresh = useFreshness(view?.readAt)
  const [chosenKey, setChosenKey] = useState(focus && keyOf(focus))
  const [focusBefore, setFocusBefore] = useState(focus)
  if (focus !== focusBefore) {
    setFocusBefore(focus)
    if (focus) setChosenKey(keyOf(focus))
  }
  const entries = sortEntries(view?.entries ?? [])
  const chosen = entries.find((entry) => keyOf(entry) === chosenKey) ?? entries[0]
  return (
    <section className="ui-pane ref" aria-label="标准与区划">
      <PaneHeader title="标准与区划" meta={view && `${entries.length} 份，存在本机，离线可查`}>
        {!fresh.isLive && <StaleMark asOf={fresh.asOf} now={now} />}
        {view?.readAt != null && <span className="ui-meta">{`目录 ${formatMoment(view.readAt, now)} 取得`}</span>}
      </PaneHeader>
      {view === undefined ? (
        <LoadingState what="目录" />
      ) : (
        <div className="ref-split">
          <nav className="ref-list" aria-label="文档">
            <DataGrid<ReferenceManifestEntry>
              label="文档"
              hasHead={false}
              rows={entries}
              rowKey={keyOf}
              groupOf={(entry) => kindNames[entry.kind]}
              wantedKey={chosen && keyOf(chosen)}
              onCurrent={(entry) => entry && setChosenKey(keyOf(entry))}
              columns={documentColumns}
              empty={<EmptyState text="本机还没有基础数据，连上中心后自动取得。" />}
            />
          </nav>
          {chosen && (
            <DocumentContent
              entry={chosen}
              entries={entries}
              code={focus && keyOf(focus) === keyOf(chosen) ? focus.code : undefined}
              onChoose={(entry) => setChosenKey(keyOf(entry))}
            />
          )}
        </div>
      )}
    </section>
  )
}

const originNames = { product: null, demonstration: '演示', city: '本市' } as const

const documentColumns = [
  {
    key: 'title',
    title: '名称',
    width: 'minmax(0,1fr)',
    render: (entry: ReferenceManifestEntry) => (
      <span className="ui-wrap">
        {entry.title}
        {originNames[entry.origin] !== null && <span className="ref-origin">{originNames[entry.origin]}</span>}
      </span>
    ),
  },
  {
    key: 'entries',
    title: '条数',
    width: '32px',
    align: 'right' as const,
    render: (entry: ReferenceManifestEntry) => <span className="ref-quiet">{entry.entries}</span>,
  },
]

type ContentProps = Omit<DocumentViewProps<unknown>, 'document'>

function DocumentContent(props: ContentProps) {
  const { kind, id, hash } = props.entry
  const query = useQuery('reference.get', { kind, id })
  const { value, reload } = query
  const isOther = value !== undefined && (value.entry.kind !== kind || value.entry.id !== id)
  // A new edition of the same document arrived: read it again, the old one stays until then.
  const isOutdated = value !== undefined && !isOther && value.entry.hash !== hash
  useEffect(() => {
    if (isOutdated) reload()
  }, [isOutdated, reload])
  return (
    <div className={`ref-content${isOther || (query.isLoading && value) ? ' ui-dimmed' : ''}`}>
      {query.error && <CodedError error={query.error} onRetry={reload} />}
      {value === undefined
        ? query.isLoading && <LoadingState what={props.entry.title} />
        : viewOf(value.document, { ...props, entry: value.entry })}
    </div>
  )
}

function viewOf(document: ReferenceDocument, props: ContentProps) {
  switch (document.kind) {
    case 'classification':
      return <ClassificationView key={props.entry.id} {...props} document={document} />
    case 'handlingLimits':
      return <HandlingLimitsView key={props.entry.id} {...props} document={document} />
    case 'departments':
      return <DepartmentsView key={props.entry.id} {...props} document={document} />
    case 'areas':
      return <AreasView key={props.entry.id} {...props} document={document} />
    case 'calendar':
      return <CalendarView key={props.entry.id} {...props} document={document} />
    case 'shiftPatterns':
      return <ShiftPatternsView key={props.entry.id} {...props} document={document} />
    case 'grids':
      return <GridsView key={props.entry.id} {...props} document={document} />
    case 'streetsNetwork':
      return <StreetsNetworkView key={props.entry.id} {...props} document={document} />
    case 'places':
      return <PlacesView key={props.entry.id} {...props} document={document} />
    case 'cameras':
      return <CamerasView key={props.entry.id} {...props} document={document} />
    case 'components':
      return <ComponentsView key={props.entry.id} {...props} document={document} />
    case 'patrolAreas':
      return <PatrolAreasView key={props.entry.id} {...props} document={document} />
    case 'departmentAreas':
      return <DepartmentAreasView key={props.entry.id} {...props} document={document} />
    case 'mapTiles':
      return <MapTilesView key={props.entry.id} {...props} document={document} />
    case 'baseMaps':
      return <BaseMapsView key={props.entry.id} {...props} document={document} />
    case 'responsibility':
      return <ResponsibilityView key={props.entry.id} {...props} document={document} />
    case 'handbook':
      return <HandbookView key={props.entry.id} {...props} document={document} />
    case 'centreProfile':
      return <ProfileView key={props.entry.id} {...props} document={document} />
    case 'knowledge':
      return <KnowledgeView document={document} />
    case 'qualityForm':
      return <QualityFormView document={document} />
    case 'proposalModel':
      return <ProposalModelView document={document} />
  }
}
