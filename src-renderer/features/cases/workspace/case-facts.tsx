import { type ReactNode, useState } from 'react'
import { type CaseProgress, currentRound } from '#shared/domain/case/progress'
import { caseSources } from '#shared/domain/case/states'
import type { CaseClock } from '#shared/domain/clock/case-clock'
import { describeUsed } from '#shared/domain/clock/case-clock'
import { describeLimit } from '#shared/domain/clock/limit'
import { formatDateTime } from '../../../ui/time-format'
import { dueMoment } from '../due-moment'
import type { CaseSettings } from '../use-case-settings'

interface CaseFactsProps {
  readonly progress: CaseProgress
  readonly settings: CaseSettings
  readonly handling: CaseClock | null
  readonly overrun: string | null
  readonly now: number
  readonly reveal: ReactNode
}

/** 基本情况 in two columns: pairs that are short stand side by side, what is long takes a line. Words of people stay text and scroll inside. */
export function CaseFactsView({ progress, settings, handling, overrun, now, reveal }: CaseFactsProps) {
  const { facts, counts } = progress
  const round = currentRound(progress)
  const { position, external, instruction } = facts
  const names = [settings.streets.get(facts.streetCode ?? ''), settings.communities.get(facts.communityCode ?? '')]
    .filter(Boolean)
    .join(' ')
  return (
    <dl className="case-facts">
      <Pair name="来源">{caseSources[facts.source].name}</Pair>
      <Pair name="紧急程度">{facts.isUrgent ? <b className="ui-overrun">紧急</b> : '一般'}</Pair>
      {reveal}
      <Wide name="位置">
        <bdi>{facts.address}</bdi>
        {position !== null && <span className="cases-quiet">　{`${position.lng.toFixed(5)}, ${position.lat.toFixed(5)}`}</span>}
      </Wide>
      <Wide name="单元网格">
        <span className="cases-grid">{facts.gridCode ?? '未落格'}</span>　{names}
      </Wide>
      {facts.componentCode !== null && <Wide name="部件编码">{facts.componentCode}</Wide>}
      <Wide name="问题描述">
        <Description text={facts.description} />
      </Wide>
      {instruction !== null && (
        <Wide name="领导批示">
          <bdi>
            {instruction.by}：{instruction.text}
          </bdi>
        </Wide>
      )}
      {external !== null && (
        <Wide name="转办编号">
          <bdi>
            {external.platform} {external.no}
          </bdi>
          {external.link !== undefined && <bdi>{`　${external.link}`}</bdi>}
          {external.replyBy !== null && `　须于 ${formatDateTime(external.replyBy)} 前回复`}
        </Wide>
      )}
      {round === null || round === undefined ? (
        <Pair name="责任单位">尚未派遣</Pair>
      ) : (
        <>
          <Pair name="责任单位">{round.departmentName}</Pair>
          <Pair name="协办">{round.cooperating.map(({ name }) => name).join('、') || '无'}</Pair>
          <Pair name="处置时限">{`${describeLimit(round.limit)}${round.extraValue > 0 ? `，已延 ${round.extraValue}` : ''}`}</Pair>
          <Pair name="处置到期">{handling === null ? '—' : dueMoment(settings.calendar, handling)}</Pair>
          <Pair name="处置用时">
            {handling === null ? '—' : describeUsed(settings.calendar, handling, now)}
            {overrun !== null && <b className="ui-overrun">　{overrun}</b>}
          </Pair>
          <Pair name="派遣">{`${progress.rounds.length} 次，返工 ${counts.reworks} 次`}</Pair>
        </>
      )}
      <Pair name="催办督办">{`${counts.urges} 次，${counts.oversights} 次${progress.oversightLevel === 'inspection' ? '，已移交监察' : ''}`}</Pair>
      {facts.hasCitizen && <Pair name="要求回复">{facts.wantsReply ? '要' : '不要'}</Pair>}
    </dl>
  )
}

export function Pair({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

export function Wide({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="case-wide">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const shortWords = 160

/** Up to 5 000 characters, scrolled inside its own box. */
function Description({ text }: { readonly text: string }) {
  const [isWhole, setWhole] = useState(false)
  const characters = Array.from(text)
  if (characters.length <= shortWords) return <bdi className="case-words">{text}</bdi>
  return (
    <>
      <bdi className="case-words case-words-long">{isWhole ? text : `${characters.slice(0, shortWords).join('')}…`}</bdi>
      <button type="button" className="ui-link" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
        {isWhole ? '收起' : `全部 ${characters.length} 字`}
      </button>
    </>
  )
}
