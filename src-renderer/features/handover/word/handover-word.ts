import { type CaseFlow, flowWords } from '#shared/domain/case/case-flow'
import { acceptedVia, type Handover } from '#shared/domain/shift/handover'
import { handoverForms, handoverSections } from '#shared/domain/shift/handover-facts'
import { formatDate, formatDateTime, formatTime, formatTimeWithSeconds } from '../../../ui/time-format'
import { flowColumns } from '../flow-columns'
import { fileOf, headingOf, paragraphOf, tableOf, titleOf } from './word-parts'

/** The record of one handover as a Word file, in the order of the paper form. */
export function handoverWord(handover: Handover, centreName: string): Promise<Blob> {
  const { shift, outgoing, accepted, sealed, left, facts, form, words, points, isWritten, digest } = handover
  const talks = points.flatMap((point) => point.talk.map((talk) => ({ ...talk, title: point.title })))
  const signed = (name: string, at: number | undefined) =>
    at === undefined ? '未签' : `${name} ${formatDate(at)} ${formatTimeWithSeconds(at)}`
  const sections = handoverForms[form]
    .filter((section) => section !== 'cases')
    .flatMap((section) => {
      const items = facts.items.filter((item) => item.section === section)
      const rows = items.map(({ since, title, detail, ownerName, carried }, index) => [
        String(index + 1),
        since === null ? '' : formatDateTime(since).slice(5),
        `${title}${detail === '' ? '' : `（${detail}）`}${carried > 0 ? `，第 ${carried + 1} 班` : ''}`,
        ownerName,
      ])
      const body = rows.length > 0 ? tableOf(rows, [6, 16, 62, 16], ['序', '时刻', '事项', '责任人']) : paragraphOf('无')
      return [headingOf(handoverSections[section]), body]
    })
  const cases = facts.cases.map(({ title, before, now, amber, red }) => [
    title,
    before === null ? '—' : String(before),
    String(now),
    String(amber),
    String(red),
  ])
  return fileOf(`交接班记录 ${formatDate(shift.startsAt)} ${shift.name}`, [
    titleOf(`${centreName}交接班记录`),
    tableOf(
      [
        ['日期', formatDate(shift.startsAt), '班次', `${shift.name} ${formatTime(shift.startsAt)}–${formatTime(shift.endsAt)}`],
        ['交班人', outgoing.name, '接班人', accepted?.by.name ?? ''],
        ['截至', formatDateTime(facts.cut.at), '方式', `${isWritten ? '书面' : '口头'}${accepted ? `，${acceptedVia[accepted.via]}` : ''}`],
      ],
      [12, 38, 12, 38],
    ),
    headingOf(handoverSections.cases),
    ...(facts.flow ? flowParts(facts.flow) : []),
    cases.length > 0
      ? tableOf(cases, [40, 15, 15, 15, 15], ['队列', '上班移来', '移交下班', '临期', '超时'])
      : paragraphOf('本席没有案卷队列。'),
    ...sections,
    headingOf('交班意见'),
    paragraphOf(`判断：${words.judgement || '无'}`),
    paragraphOf(`重点：${words.focus || '无'}`),
    paragraphOf(`提醒：${words.reminder || '无'}`),
    ...(talks.length > 0 ? [headingOf('复述中的问答与异议')] : []),
    ...talks.map(({ title, did, text, byName, at }) =>
      paragraphOf(`${title}　${did === 'ask' ? '问' : did === 'answer' ? '答' : '异议'}：${text}（${byName} ${formatTime(at)}）`),
    ),
    ...(left ? [paragraphOf(`未接班而离岗：${left.reason}（${left.consentBy ? `${left.consentBy}准许` : '未注明谁准许'}）`)] : []),
    headingOf('双方签字'),
    tableOf(
      [
        ['交班签字', signed(outgoing.name, sealed?.at)],
        ['接班签字', signed(accepted?.by.name ?? '', accepted?.at)],
        ['封存摘要', digest ?? ''],
      ],
      [16, 84],
    ),
  ])
}

function flowParts(flow: CaseFlow) {
  const columns = flowColumns(flow)
  return [
    paragraphOf(`全厅案卷 ${formatDateTime(flow.since)} 起，${flowWords(flow)}`),
    tableOf(
      [columns.map(({ value }) => value)],
      columns.map(() => 100 / columns.length),
      columns.map(({ title }) => title),
    ),
    // Two tables that touch are one in Word.
    paragraphOf('本岗各队列'),
  ]
}
