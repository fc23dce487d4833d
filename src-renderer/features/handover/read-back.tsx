import { Input } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { type Handover, isQuestionOpen, type PointState } from '#shared/domain/shift/handover'
import { handoverSections } from '#shared/domain/shift/handover-facts'
import { SectionTitle } from '../../ui/pane-header'
import { formatTime } from '../../ui/time-format'
import type { Act } from './act'

export interface ReadBackProps {
  readonly handover: Handover
  readonly me: { readonly accountNo: string; readonly name: string }
  /** Who gave their password at this seat to take over. */
  readonly entered: string | undefined
  readonly act: Act
}

/** Why this person cannot read back here; null when they can. */
export function reasonAgainstTaking({ handover, me, entered }: Omit<ReadBackProps, 'act'>): string | null {
  if (handover.stage === 'accepted') return '已接班。'
  return handover.outgoing.accountNo === me.accountNo && entered === undefined
    ? '由接班人复述：在本席请接班人先输口令，或由其在自己的坐席上接。'
    : null
}

/** The checklist that the incoming person walks: ↑↓ move, Space takes, R reads only, W asks, Y objects, F9 signs. */
export function ReadBack(props: ReadBackProps) {
  const { handover, me, act } = props
  const [current, setCurrent] = useState(0)
  // Ahead of what is painted: Space pressed fast goes on to the next item, whatever the screen shows yet.
  const at = useRef(0)
  const [asking, setAsking] = useState<'ask' | 'answer' | 'object'>()
  const list = useRef<HTMLDivElement>(null)
  const { points, handoverId } = handover
  const reason = reasonAgainstTaking(props)
  const point = points[Math.min(current, points.length - 1)]
  const taken = points.filter(({ takenAt }) => takenAt !== null).length
  const isOutgoing = handover.outgoing.accountNo === me.accountNo

  useEffect(() => {
    if (reason === null) list.current?.focus({ preventScroll: true })
  }, [reason])

  // The list is longer than the window: the item that Space takes is always on it.
  useEffect(() => {
    list.current?.querySelector(`#point-${current}`)?.scrollIntoView({ block: 'nearest' })
  }, [current])

  async function mark(did: 'read' | 'take'): Promise<void> {
    const index = Math.min(at.current, points.length - 1)
    const one = points[index]
    if (!one || reason !== null) return
    if (did === 'take') moveTo(index + 1)
    if (!(await act('handover.point', { handoverId, pointId: one.pointId, did, text: '' }))) moveTo(index)
  }
  function moveTo(index: number): void {
    at.current = Math.max(0, Math.min(points.length - 1, index))
    setCurrent(at.current)
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (asking || event.ctrlKey || event.altKey) return
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const move = moves[event.key]
    const key = event.key.toLowerCase()
    if (move) moveTo(at.current + move)
    else if (event.key === ' ') void mark('take')
    else if (key === 'r') void mark('read')
    else if (key === 'w' && reason === null) setAsking('ask')
    else if (key === 'y' && reason === null) setAsking('object')
    else if (event.key === 'F9' && reason === null) void act('handover.accept', { handoverId })
    else if (key === 'a' && isOutgoing && point && isQuestionOpen(point)) setAsking('answer')
    else return
    event.preventDefault()
  }
  async function say(text: string): Promise<void> {
    if (!point || !asking) return
    if (await act('handover.point', { handoverId, pointId: point.pointId, did: asking, text })) {
      setAsking(undefined)
      list.current?.focus({ preventScroll: true })
    }
  }
  return (
    <section className="handover-readback" aria-label="复述与接收">
      <SectionTitle title="复述与接收" meta={`已收 ${taken}/${points.length}`}>
        <span className="ui-meta">
          <kbd>↑↓</kbd> 换项 <kbd>Space</kbd> 收 <kbd>W</kbd> 问 <kbd>Y</kbd> 异议
          {isOutgoing ? (
            <>
              {' '}
              <kbd>A</kbd> 答
            </>
          ) : null}
        </span>
      </SectionTitle>
      <div
        ref={list}
        role="listbox"
        aria-label="逐项复述"
        tabIndex={0}
        className="handover-points"
        aria-activedescendant={point && `point-${current}`}
        onKeyDown={onKeyDown}
      >
        {points.map((one, index) => (
          <Point key={one.pointId} point={one} index={index} isCurrent={index === current} onChoose={() => moveTo(index)}>
            {index === current && asking && <Talk what={asking} onSay={(text) => void say(text)} onLeave={() => setAsking(undefined)} />}
          </Point>
        ))}
      </div>
      {reason !== null && handover.stage !== 'accepted' && <p className="ui-meta handover-none">{reason}</p>}
    </section>
  )
}

interface PointProps {
  readonly point: PointState
  readonly index: number
  readonly isCurrent: boolean
  readonly children: React.ReactNode
  onChoose(): void
}

const talkNames = { ask: '问', answer: '答', object: '异议' } as const

function Point({ point, index, isCurrent, children, onChoose }: PointProps) {
  const { title, section, readAt, takenAt, talk } = point
  const isOne = title !== handoverSections[section]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys.
    <div
      id={`point-${index}`}
      role="option"
      tabIndex={-1}
      aria-selected={isCurrent}
      className={isCurrent ? 'handover-point handover-point-on' : 'handover-point'}
      onClick={onChoose}
    >
      <div className="handover-point-line">
        <span className="handover-number">{index + 1}</span>
        <span className="handover-title">
          {isOne && <span className="ui-meta">{handoverSections[section]} </span>}
          {title}
        </span>
        <span className="ui-meta">{(takenAt ?? readAt) ? formatTime((takenAt ?? readAt) as number) : ''}</span>
        <span className={takenAt === null ? 'handover-mark' : 'handover-mark handover-mark-on'}>
          {takenAt !== null ? '✓ 收' : isQuestionOpen(point) ? '? 待答' : readAt !== null ? '已读' : '收'}
        </span>
      </div>
      {talk.map(({ did, text, byName, at }) => (
        <div key={`${at}${text}`} className="handover-talk">
          <b>{talkNames[did]}</b>
          <span>{text}</span>
          <span className="ui-meta">
            {byName} {formatTime(at)}
          </span>
        </div>
      ))}
      {children}
    </div>
  )
}

function Talk({ what, onSay, onLeave }: { readonly what: keyof typeof talkNames; onSay(text: string): void; onLeave(): void }) {
  const [text, setText] = useState('')
  return (
    <Input
      autoFocus
      size="small"
      maxLength={500}
      aria-label={talkNames[what]}
      placeholder={what === 'ask' ? '问什么？回车发出，Esc 收起' : what === 'answer' ? '回答，回车' : '写明异议，回车；不影响接班'}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter' && text.trim() !== '') onSay(text.trim())
        if (event.key === 'Escape') onLeave()
      }}
    />
  )
}
