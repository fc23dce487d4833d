import type { QualityFileView } from '#shared/contracts/central-api/quality'
import type { QualityCall } from '#shared/contracts/quality-shapes'
import { type EndedBy, endedByNames } from '#shared/domain/call/ending'
import { fileStates } from '#shared/domain/quality/file'
import type { FormItem } from '#shared/domain/quality/form'
import type { ItemResult } from '#shared/domain/quality/sheet'
import type { LampTone } from '../../../ui/lamp'

/** 质检 in words and lamps. */
export function resultWords(item: Pick<FormItem, 'points'> | undefined, result: ItemResult | null): string {
  if (result === null) return '—'
  if (result === 'notApplicable') return '不适用'
  if (result === 'kept') return '未触犯'
  if (result === 'breached') return '触犯'
  return item ? `${result} / ${item.points}` : String(result)
}

export const scoreWords = ({ total, isVetoed }: Pick<QualityCall, 'total' | 'isVetoed'>): string =>
  total === null ? '—' : isVetoed ? '0 否决' : String(total)

export function stateWords(row: QualityCall, me: string): string {
  if (row.evidence.length > 0 && row.total === null) return '音质剔除'
  if (row.agentNo === me && row.state === 'toScore') return '本人接听'
  return fileStates[row.state]
}

export function stateTone(row: QualityCall): LampTone {
  if (row.evidence.length > 0) return 'none'
  if (row.state === 'appealed') return 'red'
  if (row.state === 'toScore' || row.state === 'calibrating' || row.state === 'toAgree') return 'amber'
  return row.isVetoed ? 'red' : 'green'
}

/** What the call's own record says about an item; null: nothing. */
export function measuredWords(item: FormItem, { row, endedBy, hangUpReason }: QualityFileView): string | null {
  if (item.measured === null) return null
  if (item.measured === 'answerWait') {
    const seconds = Math.round((row.answeredAt - row.startedAt) / 1_000)
    return row.direction === 'incoming' ? `记录：响铃 ${seconds} 秒接起` : '记录：去电，不计接听'
  }
  const who = endedByNames[endedBy as EndedBy] ?? endedBy
  return `记录：${who}${hangUpReason === null ? '' : `，原因：${hangUpReason}`}`
}
