import { RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Radio } from 'antd'
import {
  type AnnotationColour,
  type AnnotationStroke,
  annotationColours,
  annotationCountLimit,
  annotationKinds,
  annotationStrokes,
} from '#shared/domain/annotation/annotation'
import { ActionButton } from '../action-button'
import { Kbd } from '../kbd'
import { markColours } from './annotation-colours'
import { toolKeys } from './annotator-keys'
import { type AnnotatorAction, type AnnotatorState, type AnnotatorTool, annotationsOf } from './annotator-state'

interface AnnotatorToolbarProps {
  readonly title: string
  readonly state: AnnotatorState
  readonly isSaving: boolean
  dispatch(action: AnnotatorAction): void
  save(): void
  leave(): void
}

const toolNames: Readonly<Record<AnnotatorTool, string>> = { select: '选择', ...annotationKinds }
const lineHeights: Readonly<Record<AnnotationStroke, number>> = { thin: 1, medium: 3, thick: 5 }
const keysOf = <T extends string>(table: Readonly<Record<T, unknown>>) => Object.keys(table) as T[]

/** Top line of the editor: what to draw with, how it looks, back and forth, keep or leave. */
export function AnnotatorToolbar({ title, state, isSaving, dispatch, save, leave }: AnnotatorToolbarProps) {
  const { past, future } = state.history
  const count = annotationsOf(state).length
  return (
    <header className="photos-header">
      <h2>{title}</h2>
      <Choice
        label="工具"
        value={state.tool}
        options={keysOf(toolNames).map((tool) => ({
          value: tool,
          title: `${toolNames[tool]}（${toolKeys[tool]}）`,
          label: (
            <>
              {toolNames[tool]}
              <Kbd>{toolKeys[tool]}</Kbd>
            </>
          ),
        }))}
        onPick={(tool) => dispatch({ type: 'toolPicked', tool })}
      />
      <Choice<AnnotationColour>
        label="颜色"
        value={state.colour}
        options={keysOf(annotationColours).map((colour) => ({
          value: colour,
          title: `${annotationColours[colour]}（C 换下一种）`,
          label: <Swatch colour={colour} />,
        }))}
        onPick={(colour) => dispatch({ type: 'styled', colour })}
      />
      <Choice<AnnotationStroke>
        label="粗细"
        value={state.stroke}
        options={keysOf(annotationStrokes).map((stroke) => ({
          value: stroke,
          title: `${annotationStrokes[stroke]}（S 换下一种）`,
          label: <Line stroke={stroke} />,
        }))}
        onPick={(stroke) => dispatch({ type: 'styled', stroke })}
      />
      <ActionButton
        size="small"
        icon={<UndoOutlined />}
        aria-label="撤销"
        title="撤销（Ctrl+Z）"
        reason={past.length === 0 ? '没有可撤销的' : null}
        onClick={() => dispatch({ type: 'undone' })}
      />
      <ActionButton
        size="small"
        icon={<RedoOutlined />}
        aria-label="重做"
        title="重做（Ctrl+Y）"
        reason={future.length === 0 ? '没有可重做的' : null}
        onClick={() => dispatch({ type: 'redone' })}
      />
      <span className="ui-spring" />
      <span className="photos-keys">
        {count} / {annotationCountLimit} 处　? 按键
      </span>
      <ActionButton size="small" keys="Esc" onClick={leave}>
        离开
      </ActionButton>
      <ActionButton size="small" type="primary" keys="Ctrl+Enter" reason={isSaving ? '正在保存' : null} onClick={save}>
        保存
      </ActionButton>
    </header>
  )
}

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: React.ReactNode; readonly title: string }[]
  onPick(value: T): void
}

function Choice<T extends string>({ label, value, options, onPick }: ChoiceProps<T>) {
  return (
    <Radio.Group
      className="photos-modes"
      size="small"
      optionType="button"
      aria-label={label}
      value={value}
      options={[...options]}
      onChange={(event) => onPick(event.target.value as T)}
    />
  )
}

/** The colour with its name: colour alone tells nothing to some. */
function Swatch({ colour }: { readonly colour: AnnotationColour }) {
  return (
    <span className="annotator-swatch">
      <i style={{ background: markColours[colour] }} />
      {annotationColours[colour]}
    </span>
  )
}

function Line({ stroke }: { readonly stroke: AnnotationStroke }) {
  return (
    <span className="annotator-swatch">
      <i className="annotator-line" style={{ height: lineHeights[stroke] }} />
      {annotationStrokes[stroke]}
    </span>
  )
}
