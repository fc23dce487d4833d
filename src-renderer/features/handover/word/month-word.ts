import type { DutyLogArchive } from '#shared/contracts/central-api/duty-log'
import { dutyLogKinds } from '#shared/domain/duty-log/duty-log'
import type { Handover } from '#shared/domain/shift/handover'
import { formatDate, formatDateTime, formatTime } from '../../../ui/time-format'
import { daysOfArchive } from '../archive/month-words'
import { linkTitle } from '../use-link-targets'
import { fileOf, headingOf, paragraphOf, tableOf, titleOf } from './word-parts'

/** A month of the log as a Word file: the same as on paper, for those who go on working with it. The archive file proves it, this does not. */
export function monthWord(archive: DutyLogArchive, handovers: readonly Handover[], centreName: string): Promise<Blob> {
  const days = daysOfArchive(archive).flatMap(({ date, entries }) => [
    headingOf(date),
    tableOf(
      entries.map((entry) => [
        formatTime(entry.writtenAt),
        dutyLogKinds[entry.kind],
        `${entry.corrects ? '〔更正〕' : ''}${entry.text}${entry.links?.length ? `〔${entry.links.map(linkTitle).join('、')}〕` : ''}`,
        `${entry.authorName}${entry.origin === 'automatic' ? '（自动）' : ''}`,
        entry.seatNo,
      ]),
      [8, 8, 60, 14, 8],
      ['时刻', '种类', '内容', '记录人', '坐席'],
    ),
  ])
  const handed = handovers.map(({ shift, outgoing, accepted, left }) => [
    `${formatDate(shift.startsAt)} ${shift.name}`,
    outgoing.name,
    accepted?.by.name ?? '—',
    accepted ? formatDateTime(accepted.at) : left ? `未接班离岗：${left.reason}` : '未接',
  ])
  const proofs = archive.proofs.map(({ seatNo, entries, last, findings }) => [
    `坐席 ${seatNo ?? '未登记'}`,
    `${entries} 条`,
    findings.length === 0 ? '完好' : `${findings.length} 处不符`,
    last?.hash ?? '',
  ])
  return fileOf(`工作日志 ${archive.month}`, [
    titleOf(`${centreName}工作日志　${archive.month}`),
    ...days,
    headingOf('交接班'),
    handed.length > 0 ? tableOf(handed, [28, 16, 16, 40], ['班次', '交班', '接班', '双签时刻']) : paragraphOf('本月没有交接。'),
    headingOf('封签验证'),
    proofs.length > 0 ? tableOf(proofs, [14, 10, 14, 62], ['坐席', '条数', '验证', '末条摘要']) : paragraphOf('本月没有封签的日志。'),
    paragraphOf(`没有封签 ${archive.unsealed} 条　验于 ${formatDateTime(archive.at)}`),
    paragraphOf('归档人　　　　　　　　　　值班长　　　　　　　　　　日期'),
  ])
}
