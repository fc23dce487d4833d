import { useMemo, useState } from 'react'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { clocksOf } from '#shared/domain/case/clocks'
import type { CaseFacts } from '#shared/domain/case/facts'
import type { HistoryEntry } from '#shared/domain/case/history'
import type { CaseRow } from '#shared/domain/case/row'
import { mayReveal } from '#shared/domain/case/visibility'
import { describeLeft, lampAt } from '#shared/domain/clock/case-clock'
import { useNow } from '../../../bridge/use-now'
import { SectionTitle } from '../../../ui/pane-header'
import { PhotoAnnotator } from '../../../ui/photos/photo-annotator'
import { PhotoCompare } from '../../../ui/photos/photo-compare'
import { StageBar } from '../../../ui/stage-bar'
import { StaleMark } from '../../../ui/stale-mark'
import { ActionBar } from './action-bar'
import { CaseFactsView } from './case-facts'
import { CaseHead } from './case-head'
import { CaseSide } from './case-side'
import type { OpenDeskProps } from './desk-props'
import { ActionForm } from './forms/action-form'
import { HistoryView } from './history-view'
import { PersonLine } from './person-line'
import { stagesOf } from './stages'
import { useDesk, type WholePart } from './use-desk'
import { usePhotos } from './use-photos'
import { WholeButton } from './whole-button'

/** The case as it is worked on: head, stages, photos, facts and history on the left, what to judge it by on the right, words and actions below. */
export function OpenDesk(props: OpenDeskProps) {
  const { view, progress, settings, viewer, fresh, place, strip, deciding, photoCache, queue, onClose, onNext } = props
  const { detail, isCached, readAt } = view
  const history = detail.history as readonly HistoryEntry[]
  const row = detail.row as CaseRow
  const now = useNow(15_000)
  const profile = settings.profiles.get(detail.profileId) ?? settings.profile
  const { calendar } = settings
  const clocks = useMemo(() => (profile ? clocksOf(progress, profile, calendar) : null), [progress, profile, calendar])
  const handling = clocks?.handling ?? null
  const overrun =
    handling && handling.pausedSince === null && lampAt(handling, now) === 'red' ? describeLeft(calendar, handling, now) : null
  const photos = usePhotos(detail.attachments, history, photoCache)
  const [isAsking, setAsking] = useState(false)
  const [annotated, setAnnotated] = useState<string>()
  const [whole, setWhole] = useState<WholePart | null>(null)
  const desk = useDesk({ ...props, profile, now, whole, setWhole, onAskPerson: () => setAsking(true) })
  const picture = [...photos.before, ...photos.after].find(({ photoId }) => photoId === annotated)

  async function keepMarks(annotations: readonly Annotation[]): Promise<void> {
    if (annotated !== undefined && (await desk.send('annotatePhoto', { photoId: annotated, annotations }))) leaveMarks()
  }
  function leaveMarks(): void {
    setAnnotated(undefined)
    // The editor had the focus: the keys go back to the photo it came from.
    requestAnimationFrame(() => props.root.current?.querySelector<HTMLElement>('[data-part="photos"] [tabindex="0"]')?.focus())
  }
  const revealReason = !mayReveal.includes(viewer.role) ? '您的岗位不能查看来电人。' : fresh.reason
  return (
    <>
      <CaseHead
        {...{ row, queue, calendar, now, overrun, place, onClose, onNext }}
        lock={desk.lock}
        canTakeOver={viewer.role === 'shiftLead' && fresh.isLive}
        onTakeOver={() => void desk.lock.takeOver()}
      />
      {(isCached || !fresh.isLive) && (
        <p className="case-stale">
          <StaleMark asOf={readAt} now={now} />
          　本机存的内容，可以阅读和记意见；办理须中心在线。
        </p>
      )}
      <StageBar stages={stagesOf({ progress, profile, calendar, now })} label="案卷环节" />
      <div className="case-main">
        <div className="case-left" data-whole={whole ?? undefined}>
          <div className="case-photos" data-part="photos">
            <PhotoCompare
              title="前后照片"
              titleKeys="P"
              before={{ name: '处置前', photos: photos.before, empty: '还没有现场照片。' }}
              after={{ name: '处置后', photos: photos.after, empty: '还没有处置后照片。' }}
              onRetry={photoCache.retry}
              {...(desk.mayAnnotate && { onAnnotate: setAnnotated })}
            />
          </div>
          <div className="case-below">
            <section className="case-facts-part" aria-label="基本情况">
              <SectionTitle title="基本情况" meta={`${photos.before.length + photos.after.length} 张照片`}>
                <WholeButton
                  name="F"
                  isWhole={whole === 'facts'}
                  words="全部"
                  onWhole={() => setWhole(whole === 'facts' ? null : 'facts')}
                />
              </SectionTitle>
              <CaseFactsView
                {...{ progress, settings, handling, overrun, now }}
                reveal={
                  <PersonLine
                    caseId={row.caseId}
                    citizen={detail.citizen}
                    reason={revealReason}
                    isAsking={isAsking}
                    setAsking={setAsking}
                  />
                }
              />
            </section>
            <HistoryView
              {...{ history, progress, profile, calendar, now }}
              pending={view.pending}
              seenVersion={props.open.seenVersion}
              reader={viewer.accountNo}
              beginning={detail.beginning.facts as CaseFacts}
              isWhole={whole === 'history'}
              onWhole={() => setWhole(whole === 'history' ? null : 'history')}
            />
          </div>
        </div>
        <CaseSide
          {...{ detail, row, progress, settings, profile, now, overrun, viewer, desk }}
          isLive={fresh.isLive}
          onOpenCase={props.onOpenCase}
        />
      </div>
      {picture && (
        <div className="case-annotator">
          <PhotoAnnotator
            key={picture.photoId}
            photo={picture}
            isSaving={deciding.busy === 'annotatePhoto'}
            failure={desk.said?.tone === 'error' ? desk.said.text : null}
            onSave={(marks) => void keepMarks(marks)}
            onLeave={leaveMarks}
          />
        </div>
      )}
      {desk.form && (
        <ActionForm
          offer={desk.form}
          input={desk.input}
          {...{ progress, settings }}
          caseId={row.caseId}
          conditionId={desk.conditionId}
          change={desk.changeInput}
          isBusy={deciding.busy === desk.form.action}
          onSubmit={desk.submitForm}
          onClose={desk.closeForm}
        />
      )}
      <ActionBar
        layout={desk.layout}
        primary={desk.primary}
        phrases={desk.phrases}
        text={desk.text}
        field={desk.field}
        busy={deciding.busy}
        said={desk.said}
        isMenuOpen={desk.isMenuOpen}
        setMenuOpen={desk.setMenuOpen}
        setText={desk.setText}
        onPhrase={desk.insert}
        onPress={desk.press}
        onLeaveText={() => props.root.current?.focus()}
      >
        {deciding.tally.count > 0 && (
          <span className="cases-quiet case-tally" title="从打开案卷窗格起，只记这个窗口里您办的">
            {`本次已办 ${deciding.tally.count} 件，平均 ${Math.round(deciding.tally.totalMs / deciding.tally.count / 1000)} 秒`}
          </span>
        )}
        {strip}
      </ActionBar>
    </>
  )
}
