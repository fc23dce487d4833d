import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { joinable } from '#shared/domain/case/known-caller'
import { caseStates } from '#shared/domain/case/states'
import { browserClock } from '../../../bridge/browser-clock'
import { useBridge } from '../../../bridge/react'
import { Lamp } from '../../../ui/lamp'
import { OpenLink } from '../../../ui/open-target'
import { SectionTitle } from '../../../ui/pane-header'
import { CodedError } from '../../../ui/states'
import type { Duplicates } from './place-picker'
import { positionOf, type RegistrationDraft } from './registration-draft'

/** So long after the last key: what is looked for is a sentence, not a letter. */
const pauseMs = 600
const fewestCharacters = 6

/** Open cases that this one may repeat 疑似重复, looked for while it is being written. While the centre is away the seat looks among what it holds, and says so. */
export function LikelyDuplicates({
  draft,
  classes: subclassCode,
  onFound,
  onJoin,
}: {
  readonly draft: RegistrationDraft
  /** Of the chosen class, or of those that the words speak of. */
  readonly classes: string
  onFound(duplicates: Duplicates): void
  onJoin(row: Duplicates[number]['row']): void
}) {
  const { call } = useBridge()
  const [found, setFound] = useState<Duplicates>()
  const [isFromSeat, setFromSeat] = useState(false)
  const [error, setError] = useState<AppError>()
  const latest = useRef(onFound)
  latest.current = onFound
  useEffect(() => latest.current(found ?? []), [found])
  const position = positionOf(draft.position)
  const text = `${draft.address} ${draft.course}`.trim().slice(0, 500)
  const isEnough =
    text.length >= fewestCharacters && (subclassCode !== '' || position !== undefined || draft.course.trim().length >= fewestCharacters)
  const asked = isEnough ? JSON.stringify({ ...(subclassCode && { subclassCode }), ...(position && { position }), text }) : undefined

  useEffect(() => {
    if (asked === undefined) return setFound(undefined)
    let isCurrent = true
    const stop = browserClock.after(pauseMs, () => {
      void call('cases.duplicates', JSON.parse(asked)).then((answer) => {
        if (!isCurrent) return
        setFound(answer.ok ? answer.value.items : undefined)
        setFromSeat(answer.ok && answer.value.isFromSeat)
        setError(answer.ok ? undefined : answer.error)
      })
    })
    return () => {
      isCurrent = false
      stop()
    }
  }, [call, asked])

  return (
    <section aria-label="疑似重复">
      <SectionTitle title="疑似重复" meta={found === undefined ? '' : found.length === 0 ? '0 件' : `${found.length} 件，Alt+R 并入`} />
      {isFromSeat && <p className="reg-empty">中心离线，只找了本机存的案卷{draft.position === '' ? '，落点后才找得到' : '，可能不全'}。</p>}
      {found === undefined && !error && <p className="reg-empty">写下位置和经过，边写边找附近同类的案卷。</p>}
      {found?.length === 0 && <p className="reg-empty">没有找到相近的案卷。</p>}
      {error && <CodedError error={error} />}
      <ul className="reg-list">
        {found?.map(({ row, reasons, isHint }, at) => (
          <li key={row.caseId}>
            <span className="reg-list-head">
              {at + 1}　<OpenLink target={{ caseId: row.caseId }}>{row.caseNo}</OpenLink> {row.subclassName}
              <span className="ui-spring" />
              {caseStates[row.state].name}
              {joinable(row) && (
                <Button size="small" className="reg-join" onClick={() => onJoin(row)}>
                  {row.caseId === draft.joinCaseId ? '撤回' : '并入'}
                </Button>
              )}
            </span>
            <span className="reg-list-words">{row.address}</span>
            <span className="reg-list-words cases-quiet">{reasons.join('，')}</span>
            {isHint && (
              <span className="reg-hinted">
                <Lamp tone="amber" label="" /> 很像同一处：可告知来电人已有人上报，{caseStates[row.state].name}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
