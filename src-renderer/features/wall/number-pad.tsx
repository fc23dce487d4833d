import { cellName } from '#shared/domain/wall/wall'
import { Kbd } from '../../ui/kbd'
import type { Typed } from './use-typed'

/** The number pad: a camera's number, Enter, the cell's number, Enter. What is typed on the keyboard stands here too. */
export function NumberPad({
  typed,
  selected,
  canChange,
  onKey,
}: {
  readonly typed: Typed
  readonly selected: number
  readonly canChange: boolean
  onKey(key: string): void
}) {
  const cell = typed.cell === '' ? cellName(selected) : typed.cell.padStart(2, '0')
  return (
    <div className="wall-pad">
      <output className={`wall-typed${typed.stage === 'cell' ? ' wall-typed-cell' : ''}`} aria-label="探头号与格号" aria-live="polite">
        <b>{typed.camera === '' ? '探头号' : typed.camera}</b>
        <span aria-hidden="true">›</span>
        <span>
          格 <b>{cell}</b>
        </span>
        <small>{typed.words}</small>
      </output>
      <div className="wall-keys">
        {['7', '8', '9', 'Backspace', '4', '5', '6', 'Tab', '1', '2', '3', 'Escape', '0', 'Enter'].map((key) => (
          <button
            key={key}
            type="button"
            tabIndex={-1}
            className={`wall-key wall-key-${key}`}
            aria-disabled={!canChange}
            onClick={() => canChange && onKey(key)}
          >
            {words[key] ?? key}
            {key === 'Enter' && <Kbd>↵</Kbd>}
          </button>
        ))}
      </div>
    </div>
  )
}

const words: Readonly<Record<string, string>> = { Backspace: '退格', Tab: '→ 格', Escape: '撤', Enter: '上屏' }
