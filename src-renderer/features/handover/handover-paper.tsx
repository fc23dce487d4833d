import { createPortal } from 'react-dom'
import { acceptedVia, type Handover } from '#shared/domain/shift/handover'
import { handoverForms, handoverSections } from '#shared/domain/shift/handover-facts'
import { formatDate, formatDateTime, formatTime, formatTimeWithSeconds } from '../../ui/time-format'

/**
 * The handover as the paper 值班日志: what printing shows instead of the screen. The dialog of the system prints it or makes a PDF of it, with text that
 * can be searched for, in both shells alike.
 */
export function HandoverPaper({ handover }: { readonly handover: Handover }) {
  const { shift, outgoing, accepted, sealed, facts, form, words, points } = handover
  const talks = points.flatMap((point) => point.talk.map((talk) => ({ ...talk, title: point.title })))
  return createPortal(
    <article className="paper" aria-hidden="true">
      <h1>值班日志·交接班记录</h1>
      <table>
        <tbody>
          <tr>
            <th>日期</th>
            <td>{formatDate(shift.startsAt)}</td>
            <th>班次</th>
            <td>
              {shift.name} {formatTime(shift.startsAt)}–{formatTime(shift.endsAt)}
            </td>
            <th>截至</th>
            <td>{formatDateTime(facts.cut.at)}</td>
          </tr>
          <tr>
            <th>交班人</th>
            <td>{outgoing.name}</td>
            <th>接班人</th>
            <td>{accepted?.by.name ?? ''}</td>
            <th>方式</th>
            <td>
              {handover.isWritten ? '书面' : '口头'}
              {accepted ? `，${acceptedVia[accepted.via]}` : ''}
            </td>
          </tr>
        </tbody>
      </table>
      {facts.cases.length > 0 && (
        <>
          <h2>{handoverSections.cases}</h2>
          <table>
            <tbody>
              <tr>
                {facts.cases.map(({ queue, title }) => (
                  <th key={queue}>{title}</th>
                ))}
              </tr>
              <tr>
                {facts.cases.map(({ queue, now, amber, red }) => (
                  <td key={queue}>
                    {now}（临期 {amber}，超时 {red}）
                  </td>
                ))}
              </tr>
            </tbody>
          </table>
        </>
      )}
      {handoverForms[form]
        .filter((section) => section !== 'cases')
        .map((section) => (
          <section key={section}>
            <h2>{handoverSections[section]}</h2>
            <ol>
              {facts.items
                .filter((item) => item.section === section)
                .map((item) => (
                  <li key={item.itemId}>
                    {item.since !== null && `${formatDateTime(item.since)} `}
                    {item.title} {item.detail} {item.ownerName}
                    {item.carried > 0 && `（第 ${item.carried + 1} 班）`}
                  </li>
                ))}
            </ol>
          </section>
        ))}
      <h2>交班意见</h2>
      <p>判断：{words.judgement || '无'}</p>
      <p>重点：{words.focus || '无'}</p>
      <p>提醒：{words.reminder || '无'}</p>
      {talks.length > 0 && <h2>复述中的问答与异议</h2>}
      {talks.map(({ title, did, text, byName, at }) => (
        <p key={`${at}${text}`}>
          {title}　{did === 'ask' ? '问' : did === 'answer' ? '答' : '异议'}：{text}（{byName} {formatTime(at)}）
        </p>
      ))}
      <footer>
        <p>
          交班签字 {sealed ? `${outgoing.name} ${formatDate(sealed.at)} ${formatTimeWithSeconds(sealed.at)}` : '未签'}　接班签字{' '}
          {accepted ? `${accepted.by.name} ${formatDate(accepted.at)} ${formatTimeWithSeconds(accepted.at)}` : '未签'}
        </p>
        <p>封存摘要 {handover.digest}</p>
      </footer>
    </article>,
    document.body,
  )
}
