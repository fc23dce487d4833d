import { createPortal } from 'react-dom'
import type { DutyLogArchive } from '#shared/contracts/central-api/duty-log'
import { dutyLogKinds } from '#shared/domain/duty-log/duty-log'
import type { Handover } from '#shared/domain/shift/handover'
import { formatDate, formatDateTime, formatTime } from '../../../ui/time-format'
import { linkTitle } from '../use-link-targets'
import { daysOfArchive } from './month-words'

interface MonthPaperProps {
  readonly archive: DutyLogArchive
  readonly handovers: readonly Handover[]
  readonly centreName: string
}

/** The month on paper 值班日志月卷: the log day by day, the handovers, and the proof of each chain. */
export function MonthPaper({ archive, handovers, centreName }: MonthPaperProps) {
  return createPortal(
    <article className="paper" aria-hidden="true">
      <h1>
        {centreName}工作日志　{archive.month}
      </h1>
      {daysOfArchive(archive).map(({ date, entries }) => (
        <div key={date}>
          <h2>{date}</h2>
          <table className="paper-log">
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.entryId}>
                  <td>{formatTime(entry.writtenAt)}</td>
                  <td>{dutyLogKinds[entry.kind]}</td>
                  <td>
                    {entry.corrects ? '〔更正〕' : ''}
                    {entry.text}
                    {entry.links && entry.links.length > 0 && `〔${entry.links.map(linkTitle).join('、')}〕`}
                  </td>
                  <td>
                    {entry.authorName}
                    {entry.origin === 'automatic' ? '（自动）' : ''}
                  </td>
                  <td>{entry.seatNo}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
      <h2>交接班</h2>
      {handovers.length === 0 && <p>本月没有交接。</p>}
      <table>
        <tbody>
          {handovers.map(({ handoverId, shift, outgoing, accepted, left }) => (
            <tr key={handoverId}>
              <td>
                {formatDate(shift.startsAt)} {shift.name}
              </td>
              <td>交 {outgoing.name}</td>
              <td>接 {accepted?.by.name ?? '—'}</td>
              <td>{accepted ? formatDateTime(accepted.at) : left ? `未接班离岗：${left.reason}` : '未接'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>封签验证</h2>
      <table>
        <tbody>
          {archive.proofs.map(({ keyId, seatNo, entries, last, findings }) => (
            <tr key={keyId}>
              <td>坐席 {seatNo ?? '未登记'}</td>
              <td>{entries} 条</td>
              <td>{findings.length === 0 ? '完好' : `${findings.length} 处不符`}</td>
              <td className="paper-hash">{last?.hash ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <footer>
        <p>
          没有封签 {archive.unsealed} 条　验于 {formatDateTime(archive.at)}
        </p>
        <p>归档人　　　　　　　　　　　　　　值班长　　　　　　　　　　　　　　日期　　　　　　　　　　</p>
      </footer>
    </article>,
    document.body,
  )
}
