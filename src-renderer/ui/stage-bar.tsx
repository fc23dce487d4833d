import { CaretRightFilled, CheckOutlined, MinusOutlined } from '@ant-design/icons'
import { Lamp, type LampTone } from './lamp'
import './stage-bar.css'

/** One stage of a way that everything of its kind goes. Words arrive ready: times, durations and names are formatted by whoever knows them. */
export interface Stage {
  readonly no: number
  readonly title: string
  readonly state: 'done' | 'current' | 'skipped' | 'todo'
  /** Times and duration, one line each: `08:12–08:31　19 分`. */
  readonly lines: readonly string[]
  readonly who: string
  /** By how much it ran over, `超 26 分`; stands in red before who. */
  readonly overrun: string | null
  /** A warning before it ran over. An overrun shows the red lamp by itself. */
  readonly lamp?: LampTone
}

const stateWords: Readonly<Record<Stage['state'], string>> = { done: '已完成', current: '进行中', skipped: '已跳过', todo: '未开始' }

/** The stages in a row: a bar, a mark and words say together what is done, what is going on and what ran over. It reports, and is not clicked. */
export function StageBar({ stages, label = '阶段' }: { readonly stages: readonly Stage[]; readonly label?: string }) {
  return (
    <ol className="stages" aria-label={label} style={{ gridTemplateColumns: stages.map(columnOf).join(' ') }}>
      {stages.map((stage) => (
        <StageCell key={stage.no} stage={stage} />
      ))}
    </ol>
  )
}

// A stage that is going on or ran over has more to say; one that was skipped or is to come has less.
function columnOf({ state, overrun }: Stage): string {
  if (overrun !== null || state === 'current') return 'minmax(0, 1.25fr)'
  return state === 'done' ? 'minmax(0, 1fr)' : 'minmax(0, 0.9fr)'
}

function StageCell({ stage }: { readonly stage: Stage }) {
  const { no, title, state, lines, who, overrun } = stage
  const words = [`${no} ${title}，${stateWords[state]}`, ...lines, overrun === null ? who : `${overrun}　${who}`].filter(Boolean)
  return (
    <li
      className="stage"
      data-state={state}
      data-over={overrun !== null || undefined}
      title={words.join('\n')}
      {...(state === 'current' && { 'aria-current': 'step' as const })}
    >
      <p className="stage-title">
        <StageMark stage={stage} />
        <span className="stage-cut">
          {no} {title}
        </span>
        <span className="ui-sr-only">{stateWords[state]}</span>
      </p>
      {lines.map((line) => (
        <p key={line} className="stage-cut">
          {line}
        </p>
      ))}
      <p className="stage-cut">
        {overrun !== null && <b className="ui-overrun">{overrun}</b>}
        {overrun !== null && who !== '' && '　'}
        <span className="stage-who">{who}</span>
      </p>
    </li>
  )
}

/** Overrun and warning come before the state: they are what the eye looks for. */
function StageMark({ stage: { state, overrun, lamp } }: { readonly stage: Stage }) {
  const warning = overrun !== null ? 'red' : lamp
  return (
    <>
      {state === 'current' && <CaretRightFilled aria-hidden="true" />}
      {warning !== undefined && <Lamp tone={warning} label="" />}
      {warning === undefined && state === 'done' && <CheckOutlined aria-hidden="true" />}
      {state === 'skipped' && <MinusOutlined aria-hidden="true" />}
    </>
  )
}
