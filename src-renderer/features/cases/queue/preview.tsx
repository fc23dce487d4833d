import { memo, type ReactNode } from 'react'
import type { OutputOfCommand } from '#shared/contracts/seat-api/table'
import { effectiveHistory, pendingRequest, progressOf } from '#shared/domain/case/progress'
import type { CaseRow } from '#shared/domain/case/row'
import { caseSources, caseStates } from '#shared/domain/case/states'
import { describeLimit } from '#shared/domain/clock/limit'
import { useNow } from '../../../bridge/use-now'
import { Lamp } from '../../../ui/lamp'
import { PhotoDistance } from '../../../ui/photos/photo-distance'
import { StaleMark } from '../../../ui/stale-mark'
import { CodedError, EmptyState, LoadingState } from '../../../ui/states'
import { formatDateTime, formatLength, formatMoment } from '../../../ui/time-format'
import { type CaseSettings, useCaseSettings } from '../use-case-settings'
import { effectOf } from '../workspace/side-panels'
import { CaseMarks, ProvisionalMark } from './columns'
import { lampNames, lampOf, proposalWords, remainingWords, requestNames, shortStreet, verificationWords } from './row-words'
import { useAttachmentPicture, useCasePreview } from './use-case-preview'

type View = OutputOfCommand<'cases.open'>
type Attachment = View['detail']['attachments'][number]

/** The current case beside the table: photo, three elements, place, words, and how it came here. It reads only; deciding is at the bottom or in the case. */
export const Preview = memo(function Preview({ row, children }: { readonly row: CaseRow | undefined; readonly children?: ReactNode }) {
  const settings = useCaseSettings()
  const { view, error } = useCasePreview(row?.caseId, row?.version)
  if (!row || !settings) {
    return (
      <aside className="cases-preview" aria-label="案卷预览">
        <EmptyState text="没有选中的案卷。" keys="↑↓" action="移到一条，这里显示它" />
      </aside>
    )
  }
  return (
    <aside className="cases-preview" aria-label="案卷预览">
      <PreviewHead row={row} settings={settings} />
      <div className="cases-preview-body">
        {error && <CodedError error={error} />}
        {!error && !view && <LoadingState what="案卷" />}
        {view && <PreviewBody view={view} row={row} settings={settings} />}
      </div>
      {children}
    </aside>
  )
})

export function PreviewHead({ row, settings }: { readonly row: CaseRow; readonly settings: CaseSettings }) {
  const now = useNow(1000)
  const lamp = lampOf(row, now)
  return (
    <header className="cases-preview-head">
      <h2>{row.subclassName === '' ? '未定小类' : row.subclassName}</h2>
      {row.subclassCode !== '' && <span className="cases-tag">{`${row.kind === 'event' ? '事件' : '部件'} ${row.subclassCode}`}</span>}
      <span className="cases-quiet">{row.caseNo}</span>
      <CaseMarks row={row} />
      <span className="ui-spring" />
      <Lamp tone={lamp} label={lampNames[lamp]} />
      <span className={lamp === 'red' ? 'ui-overrun' : undefined}>{remainingWords(row, settings.calendar, now)}</span>
      <ProvisionalMark row={row} calendar={settings.calendar} />
    </header>
  )
}

export function PreviewBody({ view, row, settings }: { readonly view: View; readonly row: CaseRow; readonly settings: CaseSettings }) {
  const now = useNow(60_000)
  const { detail } = view
  const progress = progressOf(detail.beginning, detail.history)
  const photos = detail.attachments.filter(({ mediaType }) => mediaType.startsWith('image/'))
  const facts = progress?.facts ?? detail.beginning.facts
  const isPlaced = facts.address.trim() !== '' && (facts.position !== null || facts.gridCode !== null)
  const street = row.streetCode === null ? '' : (settings.streets.get(row.streetCode) ?? '')
  const community = row.communityCode === null ? '' : (settings.communities.get(row.communityCode) ?? '')
  return (
    <>
      {view.isCached && (
        <p className="cases-preview-stale">
          <StaleMark asOf={view.readAt} now={now} /> 本机存的案卷，中心可能有更新
        </p>
      )}
      <PreviewPhoto photos={photos} />
      <p className="cases-elements">
        <span className="cases-quiet">三要素</span>
        <Element name={photos.length > 0 ? `照片 ${photos.length}` : '照片'} isThere={photos.length > 0} />
        <Element name="描述" isThere={facts.description.trim() !== ''} />
        <Element name="位置" isThere={isPlaced} />
      </p>
      <dl className="cases-facts">
        {progress && row.request && (
          <PreviewFact name={`请${requestNames[row.request.kind]}`}>
            <b>{effectOf(progress, settings.calendar)}</b>
            {`　${row.request.byName} ${formatMoment(row.request.at, now)}：${pendingRequest(progress)?.input.reason ?? '没有写理由'}`}
          </PreviewFact>
        )}
        <PreviewFact name="位置">{[street && shortStreet(street), community, facts.address].filter(Boolean).join(' ')}</PreviewFact>
        <PreviewFact name="单元网格">
          {facts.gridCode === null ? '没有落点' : <span className="cases-grid">{facts.gridCode}</span>}
        </PreviewFact>
        <PreviewFact name="来源">
          {[caseSources[row.source].name, detail.citizen?.number, detail.citizen?.name].filter(Boolean).join('　')}
        </PreviewFact>
        <PreviewFact name="描述">{facts.description}</PreviewFact>
        <PreviewFact name="核实">{verificationLine(view, row)}</PreviewFact>
        {row.proposal !== null && <PreviewFact name="受理提议">{proposalWords(row)}</PreviewFact>}
        {row.departmentName !== null && <PreviewFact name="责任部门">{row.departmentName}</PreviewFact>}
        {lastOpinion(view) !== undefined && <PreviewFact name="最近意见">{lastOpinion(view)}</PreviewFact>}
      </dl>
      <h3 className="cases-preview-title">
        办理经过 <span className="cases-quiet">节点用时 / 时限</span>
      </h3>
      <NodeLine view={view} settings={settings} now={now} />
    </>
  )
}

function PreviewPhoto({ photos }: { readonly photos: readonly Attachment[] }) {
  const [first] = photos
  const { src, failure } = useAttachmentPicture(first?.attachmentId)
  if (!first) return <p className="cases-photo cases-photo-none">没有照片</p>
  return (
    <figure className="cases-photo">
      {src !== null && <img src={src} alt={`${purposeNames[first.purpose]}照片`} />}
      {failure !== null && <p className="cases-photo-none">{failure}</p>}
      <span className="cases-photo-count">{`${purposeNames[first.purpose]}照片 1 / ${photos.length}`}</span>
      <figcaption>
        <span>{formatDateTime(first.takenAt ?? first.uploadedAt)}</span>
        {first.distanceM !== null && <PhotoDistance metres={first.distanceM} />}
      </figcaption>
    </figure>
  )
}

const purposeNames: Readonly<Record<Attachment['purpose'], string>> = {
  report: '上报',
  verification: '核实',
  before: '处置前',
  after: '处置后',
  check: '核查',
  document: '附件',
  other: '其他',
}

function Element({ name, isThere }: { readonly name: string; readonly isThere: boolean }) {
  return (
    <span className={isThere ? undefined : 'ui-overrun'}>
      <span aria-hidden="true">{isThere ? '✓' : '✕'}</span> {isThere ? name : `缺${name}`}
    </span>
  )
}

function PreviewFact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function verificationLine({ detail }: View, row: CaseRow): string {
  const report = effectiveHistory(detail.history).findLast(({ action }) => action === 'reportVerification')
  return [verificationWords(row).text, report?.by.name, report?.input.opinion].filter(Boolean).join('　')
}

function lastOpinion({ detail }: View): string | undefined {
  const entry = effectiveHistory(detail.history).findLast(({ input }) => input.opinion !== undefined || input.reason !== undefined)
  return entry && `${entry.by.name}：${entry.input.opinion ?? entry.input.reason}`
}

/** The last states that held the case: since when, how long, and the limit of each. */
function NodeLine({ view, settings, now }: { readonly view: View; readonly settings: CaseSettings; readonly now: number }) {
  const { beginning, history, profileId } = view.detail
  const progress = progressOf(beginning, history)
  if (!progress) return null
  const profile = settings.profiles.get(profileId) ?? settings.profile
  return (
    <ol className="cases-nodes">
      {progress.nodes.slice(-5).map((node) => {
        const limit = profile?.nodeLimits[node.state]
        const by = node.endedBy
        return (
          <li key={`${node.state}@${node.from}`} aria-current={node.until === null ? 'step' : undefined}>
            <b>{formatMoment(node.from, now)}</b>
            <span className="cases-node-dot" aria-hidden="true" />
            <span className="cases-node-name">{caseStates[node.state].name}</span>
            <span className="cases-quiet">{formatLength((node.until ?? now) - node.from)}</span>
            <span className="cases-quiet">{limit ? `限 ${describeLimit(limit)}` : (by?.name ?? '')}</span>
          </li>
        )
      })}
    </ol>
  )
}
