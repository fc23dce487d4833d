import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { flowWords } from '#shared/domain/case/case-flow'
import type { Handover } from '#shared/domain/shift/handover'
import { type HandoverItem, type HandoverSection, handoverForms, handoverSections } from '#shared/domain/shift/handover-facts'
import { useNow } from '../../bridge/use-now'
import { ActionButton } from '../../ui/action-button'
import { Lamp } from '../../ui/lamp'
import { SectionTitle } from '../../ui/pane-header'
import { formatDateTime, formatLength, formatRemaining, formatTime } from '../../ui/time-format'
import type { Act } from './act'
import { flowColumns } from './flow-columns'

/** The facts section by section, numbered as the read-back numbers them. While nothing is signed, the outgoing person adds items of their own. */
export function HandoverFactsView({ handover, isMine, act }: { readonly handover: Handover; readonly isMine: boolean; readonly act: Act }) {
  const { facts, form, stage, handoverId } = handover
  const isOpen = stage === 'drafting' && isMine
  return (
    <div className="handover-facts">
      <p className="handover-cut">
        截至 {formatTime(facts.cut.at)}，此后发生的归下一班
        {isOpen && (
          <Button type="link" size="small" onClick={() => void act('handover.refresh', { handoverId })}>
            重新汇总
          </Button>
        )}
      </p>
      {handoverForms[form].map((section, index) => {
        const items = facts.items.filter((item) => item.section === section)
        return (
          <section key={section} aria-label={handoverSections[section]} className={`handover-section handover-section-${section}`}>
            <SectionTitle title={`${index + 1} ${handoverSections[section]}`} meta={metaOf(section, items, handover)} />
            {section === 'cases' ? (
              <>
                <FlowTable handover={handover} />
                <CaseTable handover={handover} />
              </>
            ) : (
              <Items items={items} isOpen={isOpen} handoverId={handoverId} act={act} />
            )}
            {isOpen && (section === 'openItems' || section === 'special') && (
              <AddItem section={section} handoverId={handoverId} act={act} />
            )}
          </section>
        )
      })}
    </div>
  )
}

function metaOf(section: HandoverSection, items: readonly HandoverItem[], { isWritten }: Handover): string {
  if (section === 'cases') return '本班移交'
  if (section === 'special') return `${items.length} 件${isWritten ? '，须书面交接' : ''}`
  return section === 'attendance' ? `在岗 ${items.length} 人` : `${items.length} 项`
}

/** 案卷处理情况汇总: the hall's cases in and out, and who counted them. */
function FlowTable({ handover: { facts } }: { readonly handover: Handover }) {
  const { flow } = facts
  if (!flow) return null
  const columns = flowColumns(flow)
  return (
    <table className="handover-cases handover-flow" aria-label="全厅案卷进出">
      <caption>
        全厅案卷 {formatDateTime(flow.since).slice(5)} 起，{flowWords(flow)}
      </caption>
      <thead>
        <tr>
          {columns.map(({ title, isAside }) => (
            <th key={title} className={isAside ? 'handover-flow-aside' : undefined}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          {columns.map(({ title, value, isAside }) => (
            <td key={title} className={isAside ? 'handover-flow-aside' : undefined}>
              {value}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

function CaseTable({ handover: { facts } }: { readonly handover: Handover }) {
  if (facts.cases.length === 0) return <p className="ui-meta handover-none">本席没有案卷队列</p>
  const sum = (of: 'now' | 'amber' | 'red') => facts.cases.reduce((total, column) => total + column[of], 0)
  return (
    <table className="handover-cases">
      <thead>
        <tr>
          <th>件</th>
          {facts.cases.map(({ queue, title }) => (
            <th key={queue}>{title}</th>
          ))}
          <th>合计</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th>上班移来</th>
          {facts.cases.map(({ queue, before }) => (
            <td key={queue}>{before ?? '—'}</td>
          ))}
          <td />
        </tr>
        <tr className="handover-cases-now">
          <th>移交下班</th>
          {facts.cases.map(({ queue, now }) => (
            <td key={queue}>{now}</td>
          ))}
          <td>{sum('now')}</td>
        </tr>
        <tr>
          <th>临期/超时</th>
          {facts.cases.map(({ queue, amber, red }) => (
            <td key={queue}>
              <Late amber={amber} red={red} />
            </td>
          ))}
          <td>
            <Late amber={sum('amber')} red={sum('red')} />
          </td>
        </tr>
      </tbody>
    </table>
  )
}

function Late({ amber, red }: { readonly amber: number; readonly red: number }) {
  if (amber + red === 0) return <span className="ui-meta">0</span>
  return (
    <span className="handover-late">
      {amber > 0 && (
        <>
          <Lamp tone="amber" label="临期" />
          {amber}
        </>
      )}
      {red > 0 && (
        <>
          <Lamp tone="red" label="超时" />
          {red}
        </>
      )}
    </span>
  )
}

interface ItemsProps {
  readonly items: readonly HandoverItem[]
  readonly isOpen: boolean
  readonly handoverId: string
  readonly act: Act
}

function Items({ items, isOpen, handoverId, act }: ItemsProps) {
  const now = useNow(30_000)
  if (items.length === 0) return <p className="ui-meta handover-none">无</p>
  return (
    <ul className="handover-items">
      {items.map((item) => (
        <li key={item.itemId}>
          {item.tone === 'none' ? (
            <span className="handover-time">{item.since === null ? '' : formatTime(item.since)}</span>
          ) : (
            <Lamp tone={item.tone} label="" />
          )}
          <span className="handover-title">
            {item.title}
            {item.detail !== '' && <span className="ui-meta"> {item.detail}</span>}
          </span>
          <span className={item.dueAt !== null && item.dueAt < now ? 'ui-overrun' : 'ui-meta'}>{whenOf(item, now)}</span>
          <span className="ui-meta handover-owner">{item.ownerName}</span>
          {isOpen && item.itemId.startsWith('written/') && (
            <Button
              type="link"
              size="small"
              aria-label={`划去 ${item.title}`}
              onClick={() => void act('handover.dropItem', { handoverId, itemId: item.itemId })}
            >
              划去
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

function whenOf({ itemId, dueAt, since, section, carried }: HandoverItem, now: number): string {
  if (itemId.startsWith('repair/') && since !== null) return `已 ${formatLength(now - since)}`
  if (section === 'attendance') return since === null ? '' : `${formatTime(since)} 签入`
  if (section !== 'openItems' && section !== 'special' && section !== 'missedCalls') return ''
  const age = since === null ? '' : formatLength(now - since)
  return [dueAt === null ? '' : formatRemaining(dueAt - now), age && `已 ${age}`, carried > 0 ? `第 ${carried + 1} 班` : '']
    .filter(Boolean)
    .join('，')
}

function AddItem({
  section,
  handoverId,
  act,
}: {
  readonly section: 'openItems' | 'special'
  readonly handoverId: string
  readonly act: Act
}) {
  const [title, setTitle] = useState('')
  const [ownerName, setOwner] = useState('')
  async function add(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (title.trim() === '' || !(await act('handover.noteItem', { handoverId, section, title: title.trim(), ownerName: ownerName.trim() })))
      return
    setTitle('')
    setOwner('')
  }
  const what = section === 'special' ? '特殊事项' : '待办'
  return (
    <form className="handover-add" onSubmit={(event) => void add(event)}>
      <Input
        size="small"
        aria-label={`添一项${what}`}
        placeholder={`添一项${what}，回车`}
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <Input
        size="small"
        aria-label={`${what}由谁接手`}
        placeholder="由谁接手"
        maxLength={40}
        value={ownerName}
        onChange={(event) => setOwner(event.target.value)}
      />
      <ActionButton size="small" htmlType="submit" reason={title.trim() === '' ? '先写内容。' : null}>
        添上
      </ActionButton>
    </form>
  )
}
