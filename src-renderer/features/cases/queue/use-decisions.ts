import { App, type InputRef } from 'antd'
import { type RefObject, useRef, useState } from 'react'
import { inputTitles } from '#shared/domain/case/inputs'
import type { CaseRow } from '#shared/domain/case/row'
import { browserClock } from '../../../bridge/browser-clock'
import { randomId } from '../../../bridge/random-id'
import { useBridge } from '../../../bridge/react'
import { useFreshness } from '../../../bridge/use-freshness'
import { useCaseSettings } from '../use-case-settings'
import { plainWords } from '../workspace/templates'
import type { Batch, BatchKey } from './batch'
import { lastDigits } from './row-words'

/** The most that one batch may hold, as the command's own schema says. */
const batchLimit = 500
const usualUndoSeconds = 10

interface LastAct {
  readonly caseId: string
  readonly caseNo: string
  readonly version: number
  readonly actId: string
  readonly until: number
}

export interface Decisions {
  readonly text: string
  readonly chosen: BatchKey | undefined
  readonly isBusy: boolean
  setText(text: string): void
  decide(batch: Batch): Promise<void>
  undo(): Promise<void>
}

/** Sends what was decided: one case as one step that can be taken back, several as a batch. Nothing of it is queued; while the centre is away it says so. */
export function useDecisions(fieldRef: RefObject<InputRef | null>, onDone: () => void): Decisions {
  const { call } = useBridge()
  const { message } = App.useApp()
  const fresh = useFreshness()
  const undoSeconds = useCaseSettings()?.profile?.undoSeconds ?? usualUndoSeconds
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<BatchKey>()
  const [isBusy, setBusy] = useState(false)
  const lastAct = useRef<LastAct>(undefined)

  function refusal(batch: Batch): string | null {
    if (fresh.reason !== null) return fresh.reason
    if (batch.individually !== null) return `${batch.title}${batch.individually}，请按 Enter 打开案卷办理。`
    if (batch.able.length === 0) return `没有可${batch.title}的案卷。`
    return batch.able.length > batchLimit ? `一批最多 ${batchLimit} 件，现在选了 ${batch.able.length} 件，请分批办。` : null
  }

  async function actOnOne(batch: Batch, row: CaseRow, input: Readonly<Record<string, string>>): Promise<boolean> {
    const actId = randomId()
    const { caseId, caseNo, version } = row
    const answer = await call('cases.act', { caseId, version, action: batch.action, input, actId })
    if (!answer.ok) {
      void message.error(answer.error.message)
      return false
    }
    lastAct.current = { caseId, caseNo, version: answer.value.version, actId, until: browserClock.now() + undoSeconds * 1000 }
    void message.success({
      content: `${lastDigits(caseNo)} 已${batch.title}，${undoSeconds} 秒内按 Ctrl+Z 撤销。`,
      duration: undoSeconds,
      key: actId,
    })
    return true
  }

  async function actOnMany(batch: Batch, input: Readonly<Record<string, string>>): Promise<boolean> {
    const items = batch.able.map(({ caseId, caseNo, version }) => ({ caseId, caseNo, version }))
    const answer = await call('bulk.start', { action: batch.action, items, input })
    if (!answer.ok) void message.error(answer.error.message)
    return answer.ok
  }

  return {
    text,
    chosen,
    isBusy,
    setText,
    async decide(batch) {
      setChosen(batch.key)
      const reason = refusal(batch)
      if (reason !== null) return void message.info(reason)
      // As in the opened case: an approval left empty says the sentence that the field shows.
      const words = text.trim() || (plainWords(batch.action) ?? '')
      if (batch.field !== null && words === '') {
        fieldRef.current?.focus()
        return void message.info(`先写${inputTitles[batch.field]}，再按 ${batch.key} ${batch.title}。`)
      }
      if (isBusy) return
      setBusy(true)
      const input = batch.field === null ? {} : { [batch.field]: words }
      const [only, ...others] = batch.able
      const isDone = only && others.length === 0 ? await actOnOne(batch, only, input) : await actOnMany(batch, input)
      setBusy(false)
      if (!isDone) return
      setText('')
      setChosen(undefined)
      onDone()
    },
    async undo() {
      const act = lastAct.current
      if (!act || browserClock.now() > act.until) return void message.info('没有可以撤销的一步：撤销只在办完后的几秒内，且只撤自己的。')
      lastAct.current = undefined
      const answer = await call('cases.undo', { caseId: act.caseId, version: act.version, actId: act.actId })
      message.destroy(act.actId)
      if (answer.ok) void message.success(`${lastDigits(act.caseNo)} 已撤销，回到办理前。`)
      else void message.error(answer.error.message)
    },
  }
}
