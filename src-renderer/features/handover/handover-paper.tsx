import { createPortal } from 'react-dom'
import { type CaseFlow, flowWords } from '#shared/domain/case/case-flow'
import { acceptedVia, type Handover } from '#shared/domain/shift/handover'
import { type CaseColumn, type HandoverItem, handoverForms, handoverSections } from '#shared/domain/shift/handover-facts'
import { formatDate, formatDateTime, formatTime, formatTimeWithSeconds } from '../../ui/time-format'
import { flowColumns } from './flow-columns'

/**
 * The handover as the paper 值班日志: what printing shows instead of the screen. The dialog of the system prints it or makes a PDF of it, with text that
 * can be searched for, in both shells alike.
 */
export function HandoverPaper({ handover }: { readonly handover: Handover }) {
  const { shift, outgoing, accepted, sealed, left, facts, form, words, points } = handover
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
      <h2>{handoverSections.cases}</h2>
      {facts.flow && <FlowOnPaper flow={facts.flow} />}
      {facts.cases.length > 0 ? <CasesOnPaper handover={handover} /> : <p>本席没有案卷队列。</p>}
      {handoverForms[form]
        .filter((section) => section !== 'cases')
        .map((section) => (
          <SectionOnPaper key={section} title={handoverSections[section]} items={facts.items.filter((item) => item.section === section)} />
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
      {left && (
        <p>
          未接班而离岗：{left.reason}（{left.consentBy ? `${left.consentBy}准许` : '未注明谁准许'}）
        </p>
      )}
      <table className="paper-signatures">
        <tbody>
          <tr>
            <th>交班签字</th>
            <td>
              {sealed ? `${outgoing.name}　${formatDate(sealed.at)} ${formatTimeWithSeconds(sealed.at)}　坐席 ${sealed.seatNo}` : '未签'}
            </td>
            <th>手签</th>
            <td />
          </tr>
          <tr>
            <th>接班签字</th>
            <td>
              {accepted
                ? `${accepted.by.name}　${formatDate(accepted.at)} ${formatTimeWithSeconds(accepted.at)}　坐席 ${accepted.seatNo}`
                : '未签'}
            </td>
            <th>手签</th>
            <td />
          </tr>
          <tr>
            <th>封存摘要</th>
            <td colSpan={3} className="paper-hash">
              {handover.digest}
            </td>
          </tr>
        </tbody>
      </table>
    </article>,
    document.body,
  )
}

function FlowOnPaper({ flow }: { readonly flow: CaseFlow }) {
  const columns = flowColumns(flow)
  return (
    <>
      <p>
        全厅案卷 {formatDateTime(flow.since)} 起，{flowWords(flow)}
      </p>
      <table className="paper-counts">
        <thead>
          <tr>
            {columns.map(({ title }) => (
              <th key={title}>{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            {columns.map(({ title, value }) => (
              <td key={title}>{value}</td>
            ))}
          </tr>
        </tbody>
      </table>
    </>
  )
}

function CasesOnPaper({ handover: { facts } }: { readonly handover: Handover }) {
  const rows = [
    ['上班移来', ({ before }: CaseColumn) => before ?? '—'],
    ['移交下班', ({ now }: CaseColumn) => now],
    ['临期', ({ amber }: CaseColumn) => amber],
    ['超时', ({ red }: CaseColumn) => red],
  ] as const
  return (
    <table className="paper-counts">
      <thead>
        <tr>
          <th>件</th>
          {facts.cases.map(({ queue, title }) => (
            <th key={queue}>{title}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, of]) => (
          <tr key={name}>
            <th>{name}</th>
            {facts.cases.map((column) => (
              <td key={column.queue}>{of(column)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function SectionOnPaper({ title, items }: { readonly title: string; readonly items: readonly HandoverItem[] }) {
  return (
    <>
      <h2>
        {title}
        {items.length > 0 && `（${items.length}）`}
      </h2>
      {items.length === 0 ? (
        <p>无</p>
      ) : (
        <table className="paper-items">
          <tbody>
            {items.map((item, index) => (
              <tr key={item.itemId}>
                <td>{index + 1}</td>
                <td>{item.since === null ? '' : formatDateTime(item.since).slice(5)}</td>
                <td>
                  {item.title}
                  {item.detail !== '' && `（${item.detail}）`}
                  {item.carried > 0 && `，第 ${item.carried + 1} 班`}
                </td>
                <td>{item.ownerName}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
