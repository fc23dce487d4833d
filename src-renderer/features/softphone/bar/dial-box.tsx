import { Input, type InputRef } from 'antd'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { DirectoryEntry, TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { writeNumber } from '#shared/domain/call/number'
import { useQuery } from '../../../bridge/use-query'
import { ActionButton } from '../../../ui/action-button'
import type { DialMode } from '../call-keys'
import { useSoftphone } from '../softphone'
import { foremostCall } from '../telephone-rules'
import { findEntries, indexEntries, numberIn } from './dial-target'

export interface DialBoxProps {
  readonly mode: DialMode
  readonly telephone: TelephoneView
}

const titles = { dial: '拨号', digits: '通话按键', transfer: '转接' } as const
const pad = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const
const kinds = { seat: '坐席', person: '人员', department: '单位', recent: '最近' } as const

/** Under the keypad key: a number or a name and Enter; while talking, the keys themselves. Esc puts it away. */
export function DialBox(props: DialBoxProps) {
  const { mode } = props
  const { openPanel } = useSoftphone()
  const root = useFocusReturn()
  return (
    <div
      ref={root}
      className="dial-box"
      role="dialog"
      aria-label={titles[mode]}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
        event.preventDefault()
        event.stopPropagation()
        openPanel(null)
      }}
    >
      {mode === 'digits' ? <Digits {...props} /> : <Dial {...props} />}
    </div>
  )
}

/** The keyboard goes back to where it was, into the field that was being written; a press elsewhere keeps what it took. */
function useFocusReturn() {
  const root = useRef<HTMLDivElement>(null)
  const [before] = useState(() => document.activeElement)
  useEffect(() => {
    const box = root.current
    return () => {
      const isOurs = document.activeElement === document.body || box?.contains(document.activeElement)
      if (isOurs && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [before])
  return root
}

function Dial({ mode, telephone }: DialBoxProps) {
  const { ask, openPanel } = useSoftphone()
  const [text, setText] = useState('')
  const [at, setAt] = useState(-1)
  const field = useRef<InputRef>(null)
  const directory = useQuery('telephone.directory', {})
  const indexed = useMemo(() => indexEntries(directory.value?.entries ?? []), [directory.value])
  const found = findEntries(text, indexed)
  useEffect(() => field.current?.focus(), [])
  const focus = foremostCall(telephone)
  const target = targetOf(text, found, at)
  const reason = target === null ? '先输入号码或选一个人' : null

  async function dial(number: string): Promise<void> {
    const isConsult = mode === 'transfer' || focus?.phase === 'talking'
    // The colleague who is asked sees the case too.
    const carried = focus?.caseNo ? { caseNo: focus.caseNo } : {}
    const input = { number, ...(isConsult && { purpose: 'consult' as const, ...carried }) }
    if (await ask({ command: 'telephone.dial', input })) openPanel(null)
  }
  async function transfer(number: string): Promise<void> {
    if (!focus) return
    const { callId, caseNo } = focus
    const input = { callId, target: number, ...(caseNo !== null && { caseNo }) }
    if (await ask({ command: 'telephone.transferBlind', input })) openPanel(null)
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, -1))
    else if (event.key === 'Enter' && target !== null) void (event.ctrlKey && mode === 'transfer' ? transfer(target) : dial(target))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <>
      <div className="dial-entry">
        <Input
          ref={field}
          aria-label="号码或姓名"
          placeholder="号码、姓名、拼音首字母"
          value={text}
          maxLength={64}
          onChange={({ target: { value } }) => {
            setText(value)
            setAt(-1)
          }}
          onKeyDown={onKeyDown}
        />
        {mode === 'transfer' ? (
          <>
            <ActionButton type="primary" keys="Enter" reason={reason} onClick={() => target !== null && void dial(target)}>
              先咨询
            </ActionButton>
            <ActionButton keys="Ctrl+Enter" reason={reason} onClick={() => target !== null && void transfer(target)}>
              直接转
            </ActionButton>
          </>
        ) : (
          <ActionButton type="primary" keys="Enter" reason={reason} onClick={() => target !== null && void dial(target)}>
            拨出
          </ActionButton>
        )}
      </div>
      <div className="dial-body">
        <Pad onPress={(digit) => setText(text + digit)} />
        <ul className="dial-list" aria-label="通讯录">
          {found.map((entry, place) => (
            <li key={`${entry.kind} ${entry.number} ${entry.name}`}>
              <button type="button" aria-current={place === at} onClick={() => void dial(entry.number)}>
                <span className="ui-meta">{kinds[entry.kind]}</span>
                <bdi className="clipped">{entry.name}</bdi>
                <span className="ui-meta clipped">{entry.detail}</span>
                <span>{writeNumber(entry.number)}</span>
              </button>
            </li>
          ))}
          {found.length === 0 && (
            <li className="ui-meta">
              {directory.error ? directory.error.message : text === '' ? '通讯录是空的' : '没有找到，按 Enter 拨输入的号码'}
            </li>
          )}
        </ul>
      </div>
    </>
  )
}

/** The row that is chosen; else the number that was typed; else the first that fits the name. */
function targetOf(text: string, found: readonly DirectoryEntry[], at: number): string | null {
  return found[at]?.number ?? numberIn(text) ?? (text.trim() === '' ? null : (found[0]?.number ?? null))
}

function Digits({ telephone }: DialBoxProps) {
  const { ask } = useSoftphone()
  const [sent, setSent] = useState('')
  const box = useRef<HTMLDivElement>(null)
  const call = foremostCall(telephone)
  useEffect(() => box.current?.focus(), [])
  async function press(digit: string): Promise<void> {
    if (!call) return
    setSent((before) => `${before}${digit}`.slice(-24))
    await ask({ command: 'telephone.sendDigits', input: { callId: call.callId, digits: digit } })
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard's digits are its keys.
    <div
      ref={box}
      tabIndex={-1}
      className="dial-digits"
      onKeyDown={({ key, ctrlKey, altKey }) => {
        if (!ctrlKey && !altKey && pad.some((digit) => digit === key)) void press(key)
      }}
    >
      <output className="dial-sent" aria-label="已送按键">
        {sent || '按数字键送给对方'}
      </output>
      <Pad onPress={(digit) => void press(digit)} />
    </div>
  )
}

function Pad({ onPress }: { onPress(digit: string): void }) {
  return (
    <div className="dial-pad">
      {pad.map((digit) => (
        <button key={digit} type="button" tabIndex={-1} onClick={() => onPress(digit)}>
          {digit}
        </button>
      ))}
    </div>
  )
}
