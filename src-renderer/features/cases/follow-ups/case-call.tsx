import { App, Input, type InputRef, Radio } from 'antd'
import { type Ref, useImperativeHandle, useMemo, useRef } from 'react'
import { attemptHours } from '#shared/domain/case/follow-up'
import { type FollowUpOutcome, followUpOutcomes } from '#shared/domain/case/inputs'
import { progressOf } from '#shared/domain/case/progress'
import type { CaseRow } from '#shared/domain/case/row'
import { caseStates, isEnd } from '#shared/domain/case/states'
import { mayReveal } from '#shared/domain/case/visibility'
import { useBridge, useTopic } from '../../../bridge/react'
import { useKnowledge } from '../../../bridge/use-knowledge'
import { useNow } from '../../../bridge/use-now'
import { ActionButton } from '../../../ui/action-button'
import { Lamp } from '../../../ui/lamp'
import { OpenLink } from '../../../ui/open-target'
import { Fact, SectionTitle } from '../../../ui/pane-header'
import { CodedError, LoadingState } from '../../../ui/states'
import { formatDateTime, formatMoment } from '../../../ui/time-format'
import { useCasePreview } from '../queue/use-case-preview'
import { useCaseSettings } from '../use-case-settings'
import { type FollowUpResult, useResult } from './use-result'

export interface CaseCallHandle {
  dial(): void
  choose(outcome: FollowUpOutcome): void
}

export const outcomeKeys: readonly FollowUpOutcome[] = ['satisfied', 'dissatisfied', 'noAnswer', 'refused']

/** One case to be asked about: what was done, what was said before, what to say, and what the citizen says now. */
export function CaseCall({ ref, row, onSent }: { readonly ref: Ref<CaseCallHandle>; readonly row: CaseRow; onSent(): void }) {
  const { message } = App.useApp()
  const settings = useCaseSettings()
  const { view, error } = useCasePreview(row.caseId, row.version)
  const result = useResult(row)
  const field = useRef<InputRef>(null)
  const dialling = useDialling(row)
  const now = useNow(60_000)
  const progress = useMemo(() => view && progressOf(view.detail.beginning, view.detail.history), [view])
  const profile = view && settings?.profiles.get(view.detail.profileId)
  const followUps = progress?.followUps ?? []
  const missing = missingIn(result.value)
  useImperativeHandle(ref, () => ({
    dial: () => (dialling.reason === null ? void dialling.dial() : void message.info(dialling.reason)),
    choose(outcome) {
      result.change({ ...result.value, outcome })
      field.current?.focus()
    },
  }))
  async function send(): Promise<void> {
    if (missing !== null) return void message.info(missing)
    if (await result.send()) {
      void message.success('回访已记下')
      onSent()
    }
  }
  const handled = view?.detail.history.findLast(({ action }) => ['reportHandled', 'replyOnly', 'decline'].includes(action))
  return (
    <section className="due-case" aria-label={`回访 ${row.caseNo}`}>
      <SectionTitle title={row.subclassName === '' ? '未定小类' : row.subclassName} meta={row.caseNo}>
        <OpenLink target={{ caseId: row.caseId }}>打开案卷</OpenLink>
      </SectionTitle>
      {error && <CodedError error={error} />}
      {!view && !error && <LoadingState what="案卷" />}
      {view && (
        <dl className="ui-facts due-facts">
          <Fact name="来电人">
            {view.detail.citizen === null ? '没有留' : `${view.detail.citizen.name} ${view.detail.citizen.number}`}{' '}
            <ActionButton size="small" type="primary" keys="B" reason={dialling.reason} onClick={() => void dialling.dial()}>
              拨打
            </ActionButton>
          </Fact>
          <Fact name="反映">{`${formatMoment(row.beganAt, now)}　${row.address}　${row.summary}`}</Fact>
          <Fact name="结果">
            {handled ? (handled.input.opinion ?? handled.input.answer ?? handled.input.reason ?? '没有写') : caseStates[row.state].name}
          </Fact>
        </dl>
      )}
      <Script />
      <SectionTitle
        title="打过"
        meta={`${followUps.length} 次${profile ? `，无人接听已在 ${attemptHours(followUps)} 个时段，满 ${profile.followUp.attempts} 个不必再打` : ''}`}
      />
      <ul className="case-lines">
        {followUps.map(({ at, by, outcome }) => (
          <li key={`${at}/${by}`}>
            <Lamp tone={outcome === 'satisfied' ? 'green' : outcome === 'dissatisfied' ? 'red' : 'none'} label="" />
            <span className="case-line-text">{followUpOutcomes[outcome]}</span>
            <span className="cases-quiet">{`${formatDateTime(at)}　工号 ${by}`}</span>
          </li>
        ))}
        {followUps.length === 0 && <li className="cases-quiet">还没有打过</li>}
      </ul>
      <SectionTitle title="这次" />
      <div className="due-result">
        <Radio.Group
          size="small"
          optionType="button"
          aria-label="回访结果"
          value={result.value.outcome}
          options={outcomeKeys.map((value, at) => ({ value, label: `${at + 1} ${followUpOutcomes[value]}` }))}
          onChange={({ target }) => result.change({ ...result.value, outcome: target.value as FollowUpOutcome })}
        />
        <Input
          ref={field}
          size="small"
          aria-label="来电人的话"
          maxLength={1_000}
          placeholder="来电人怎么说；Enter 记下"
          value={result.value.words}
          onChange={({ target }) => result.change({ ...result.value, words: target.value })}
          onPressEnter={(event) => !event.nativeEvent.isComposing && void send()}
        />
        <ActionButton size="small" type="primary" keys="Enter" reason={missing} onClick={() => void send()}>
          记下
        </ActionButton>
      </div>
      <p className="reg-empty">{consequence(row, result.value.outcome)}</p>
      {result.error && <CodedError error={result.error} />}
    </section>
  )
}

const missingIn = ({ outcome, words }: FollowUpResult): string | null =>
  outcome === null ? '先选回访结果（1–4）' : outcome === 'dissatisfied' && words.trim() === '' ? '写下哪里不满意：退回重办要用' : null

/** What follows, said before it is done. */
function consequence({ state }: CaseRow, outcome: FollowUpOutcome | null): string {
  switch (outcome) {
    case 'satisfied':
      return isEnd(state) ? '记入案卷，这件不再抽到。' : '案卷可以结案。'
    case 'refused':
      return isEnd(state) ? '记入案卷，不再打。' : '不再打，案卷可以结案。'
    case 'dissatisfied':
      return isEnd(state) ? '值班长的名单里出现这一件，由值班长定是否重新打开。' : '案卷不能结案，值班长只能返工。'
    case 'noAnswer':
      return '留在名单里；换个时段再打，同一小时里打几次算一次。'
    default:
      return ''
  }
}

/** The number is asked of the centre for this call alone; the centre keeps who asked, and that it was for a follow-up. */
function useDialling({ caseId, caseNo }: CaseRow) {
  const { call } = useBridge()
  const { message } = App.useApp()
  const telephone = useTopic('telephone.changed')
  const role = useTopic('session.changed')?.agent?.role
  const isOnline = useTopic('connection.changed')?.state === 'online'
  const reason =
    role === undefined || !mayReveal.includes(role)
      ? '您的岗位不能查看来电人号码'
      : telephone?.line !== 'configured'
        ? '本坐席没有可用的电话'
        : telephone.calls.length >= 2
          ? '两路电话都在用，请先结束一路'
          : isOnline
            ? null
            : '中心离线，号码只在中心，恢复后再拨'
  return {
    reason,
    async dial(): Promise<void> {
      const person = await call('cases.reveal', { caseId, person: 'citizen', reason: `回访 ${caseNo}` })
      if (!person.ok) return void message.error(person.error.message)
      const answer = await call('telephone.dial', { number: person.value.number, purpose: 'callback', caseNo })
      if (!answer.ok) void message.error(answer.error.message)
    },
  }
}

function Script() {
  const { entries } = useKnowledge()
  const script = entries.find(({ situation }) => situation === 'followUp')
  return script ? <p className="due-script">“{script.text}”</p> : null
}
