import { useMemo } from 'react'
import type { EpochMs } from '#shared/base/clock'
import type { CaseDetail } from '#shared/contracts/case-shapes'
import type { CentreProfile } from '#shared/domain/case/profile'
import type { CaseProgress } from '#shared/domain/case/progress'
import type { CaseRow } from '#shared/domain/case/row'
import type { Viewer } from '#shared/domain/case/visibility'
import { mayCall } from '../../../bridge/permissions'
import { useQuery } from '../../../bridge/use-query'
import { Kbd } from '../../../ui/kbd'
import type { CaseSettings } from '../use-case-settings'
import { CaseMap } from './case-map'
import { systemChecks, tickItems } from './checks'
import { HandbookPanel, handbookEntryOf } from './handbook-panel'
import { ReplyPanel } from './reply-panel'
import { CasesPanel, ChecksPanel, FollowUpPanel, RequestPanel } from './side-panels'
import type { Desk } from './use-desk'

interface CaseSideProps {
  readonly detail: CaseDetail
  readonly row: CaseRow
  readonly progress: CaseProgress
  readonly settings: CaseSettings
  readonly profile: CentreProfile | null
  readonly now: EpochMs
  readonly overrun: string | null
  readonly viewer: Viewer
  readonly desk: Desk
  readonly isLive: boolean
  onOpenCase(caseId: string): void
}

const checkedStates: readonly CaseRow['state'][] = ['handled', 'toCheck', 'checking', 'checked', 'closed']
const noDuplicates: readonly never[] = []
const duplicateStates: readonly CaseRow['state'][] = ['reported', 'verified', 'preFiled']

/** What the case is judged by, the most pressing first. */
export function CaseSide({ detail, row, progress, settings, profile, now, overrun, viewer, desk, isLive, onOpenCase }: CaseSideProps) {
  const entry = handbookEntryOf(settings, row)
  const mayClose = desk.layout.buttons.some(({ action }) => action === 'close')
  const mayLook = isLive && duplicateStates.includes(row.state) && mayCall('cases.duplicates', viewer.role)
  const duplicates = useQuery('cases.duplicates', mayLook ? { caseId: row.caseId } : undefined).value?.items ?? noDuplicates
  const duplicateRows = useMemo(() => duplicates.map((each) => each.row), [duplicates])
  return (
    <aside className="case-side" aria-label="办理依据">
      <ReplyPanel progress={progress} now={now} />
      <RequestPanel progress={progress} request={row.request} attachments={detail.attachments} calendar={settings.calendar} now={now} />
      {mayLook && (
        <CasesPanel
          title="疑似重复"
          meta={`${duplicates.length} 件`}
          rows={duplicates.map((each) => ({ row: each.row, note: each.reasons.join('，') }))}
          now={now}
          onOpen={onOpenCase}
        >
          {desk.canMerge && (
            <span className="ui-meta">
              <Kbd>Alt+R</Kbd> 并入第一件
            </span>
          )}
        </CasesPanel>
      )}
      <CaseMap row={row} attachments={detail.attachments} duplicates={duplicateRows} />
      <HandbookPanel
        entry={entry}
        row={row}
        chosen={desk.conditionId}
        {...(desk.canChooseCondition && { onChoose: desk.chooseCondition })}
      />
      {checkedStates.includes(row.state) && (
        <ChecksPanel
          checks={systemChecks(progress, detail.attachments, viewer)}
          ticks={mayClose ? tickItems(progress, entry?.closing ?? null, overrun) : []}
          ticked={desk.ticked}
          onTick={desk.tick}
        />
      )}
      {profile && (checkedStates.includes(row.state) || progress.followUps.length > 0) && (
        <FollowUpPanel progress={progress} profile={profile} now={now} />
      )}
      <CasesPanel
        title="关联案卷"
        meta={`${detail.related.length} 件`}
        rows={detail.related.map((each) => ({ row: each, note: `${each.subclassName} ${each.address}` }))}
        now={now}
        onOpen={onOpenCase}
      />
    </aside>
  )
}
