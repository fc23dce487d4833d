import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { Kbd } from '../../ui/kbd'
import { useFrame } from '../frame/frame-context'
import { useFocusReturn } from '../frame/use-focus-return'
import { Icon } from '../icons'
import type { ReferenceFocus } from '../panes'
import type { Command } from './command'
import { type FoundCommand, findCommands } from './find-commands'
import { caseNumberCommand, useActions } from './use-actions'
import { useReferenceCommands } from './use-reference-commands'

/** Ctrl+K: one line that opens, does and finds. Arrow keys choose, Enter runs, Esc puts it away and the focus goes back where it was. */
export function CommandLine({ isOpen, onClose }: { readonly isOpen: boolean; onClose(): void }) {
  const frame = useFrame()
  const { openPane } = frame
  const openReference = useCallback((focus: ReferenceFocus) => openPane('reference', focus), [openPane])
  const entries = useReferenceCommands(isOpen, openReference)
  const actions = useActions()
  if (!isOpen) return null
  return <Sheet commands={[...actions, ...entries]} byNumber={(query) => caseNumberCommand(frame, query)} onClose={onClose} />
}

function Sheet(given: {
  readonly commands: Parameters<typeof findCommands>[1]
  byNumber(query: string): Command | undefined
  onClose(): void
}) {
  const { commands, byNumber, onClose } = given
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const [saidReason, setSaidReason] = useState<string>()
  // Neither deferred nor kept: Enter runs what was typed however quickly it follows the last letter, with the reasons of this moment. A search
  // takes a few milliseconds.
  const numbered = byNumber(query)
  const found = findCommands(query, numbered ? [...commands, numbered] : commands)
  useFocusReturn()
  const chosen = Math.min(at, found.length - 1)

  function run(hit: FoundCommand | undefined): void {
    if (!hit) return
    if (hit.command.reason !== null) {
      setSaidReason(hit.command.reason)
      return
    }
    onClose()
    hit.command.run()
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    const moves: Record<string, number> = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, PageDown: chosen + 8, PageUp: chosen - 8 }
    const target = moves[event.key]
    if (target !== undefined) setAt(Math.max(0, Math.min(found.length - 1, target)))
    else if (event.key === 'Enter') run(found[chosen])
    else if (event.key === 'Escape') onClose()
    else if (event.key !== 'Tab') return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="overlay" onPointerDown={(event) => event.target === event.currentTarget && onClose()}>
      <div className="command-line" role="dialog" aria-modal="true" aria-label="命令行">
        <div className="command-input">
          <Icon name="search" />
          <input
            // biome-ignore lint/a11y/noAutofocus: the sheet exists to be typed into.
            autoFocus
            role="combobox"
            aria-expanded="true"
            aria-controls="command-list"
            aria-activedescendant={found.length > 0 ? `command-${chosen}` : undefined}
            aria-label="命令"
            placeholder="汉字、编码、全拼或首字母，如 bllj"
            spellCheck={false}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value)
              setAt(0)
              setSaidReason(undefined)
            }}
            onKeyDown={onKeyDown}
          />
          <Kbd framed>Esc</Kbd>
        </div>
        <CommandList found={found} chosen={chosen} onRun={run} onPoint={setAt} />
        <p className="command-foot" role="status">
          {saidReason ?? (found.length === 0 ? '没有找到。可试汉字、编码或拼音首字母。' : `${found.length} 项　↑↓ 选择　Enter 执行`)}
        </p>
      </div>
    </div>
  )
}

function CommandList(given: {
  readonly found: readonly FoundCommand[]
  readonly chosen: number
  onRun(hit: FoundCommand): void
  onPoint(at: number): void
}) {
  const { found, chosen, onRun, onPoint } = given
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the chosen row.
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen, found.length])
  return (
    <div className="command-list" id="command-list" role="listbox" aria-label="命令" ref={list}>
      {found.map((hit, at) => (
        // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field, which names the chosen row.
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys.
        <div
          key={hit.command.id}
          id={`command-${at}`}
          role="option"
          aria-selected={at === chosen}
          aria-disabled={hit.command.reason !== null}
          className="command-row"
          onPointerMove={() => at !== chosen && onPoint(at)}
          onClick={() => onRun(hit)}
        >
          <Icon name={hit.command.icon} />
          <span className="command-title">
            <Marked text={hit.command.title} positions={hit.positions} />
          </span>
          {hit.command.reason !== null && <span className="command-reason">{hit.command.reason}</span>}
          <span className="spring" />
          {hit.command.hint && <Kbd>{hit.command.hint}</Kbd>}
          <span className="command-group">{hit.command.group}</span>
        </div>
      ))}
    </div>
  )
}

function Marked({ text, positions }: { readonly text: string; readonly positions: readonly number[] }) {
  if (positions.length === 0) return text
  return [...text].map((character, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity of a character.
    positions.includes(at) ? <mark key={at}>{character}</mark> : <span key={at}>{character}</span>,
  )
}
