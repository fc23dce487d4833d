import type { CallRecord } from '#shared/contracts/call-shapes'
import type { TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { type EndingSaid, endCauseNames, endedByNames, endingWords, isMissed } from '#shared/domain/call/ending'
import { writeNumber } from '#shared/domain/call/number'
import { faultyHalf, faultyHalfWords, gradeOf } from '#shared/domain/call/quality'
import { satisfactionNames } from '#shared/domain/call/satisfaction'
import { wrapUpCodes } from '#shared/domain/call/wrap-up'
import { formatClock } from '../../ui/time-format'

/** What a call's record says in words. Pure. */

export const isLost = (call: Pick<CallRecord, 'direction' | 'cause' | 'endedBy' | 'sipStatus' | 'q850'>): boolean =>
  call.direction === 'incoming' && isMissed(call)

export function partyWords({ number, isWithheld }: Pick<CallRecord, 'number' | 'isWithheld'>): string {
  if (number !== null) return writeNumber(number)
  return isWithheld ? '号码未显示' : '没有号码'
}

/** How long they spoke, or how long it rang for nothing. */
export function lengthWords({ startedAt, answeredAt, endedAt }: Pick<CallRecord, 'startedAt' | 'answeredAt' | 'endedAt'>): string {
  return answeredAt === null ? `响 ${formatClock(endedAt - startedAt)}` : formatClock(endedAt - answeredAt)
}

/** In the list: the cause where it is not the usual one, else who hung up. */
export function endWords(call: EndingSaid): string {
  const { cause, endedBy } = call
  return cause === 'interrupted' || cause === 'failed' ? `${endCauseNames[cause]}，${endedByNames[endedBy]}` : endingWords(call)
}

/** In the detail: both, and the exchange's own numbers, with which IT can ask the trunk's owner. */
export function fullEndWords({
  cause,
  endedBy,
  sipStatus,
  q850,
  satisfaction,
}: Pick<CallRecord, 'cause' | 'endedBy' | 'sipStatus' | 'q850' | 'satisfaction'>): string {
  if (cause === 'transferred' && satisfaction) return '办完后由本席送满意度评价'
  const numbers = [sipStatus !== null && `SIP ${sipStatus}`, q850 !== null && `Q.850 ${q850}`].filter(Boolean).join(' ')
  return `${endedByNames[endedBy]}，${endCauseNames[cause]}${numbers === '' ? '' : `（${numbers}）`}`
}

/** `4.3 好`; nothing measured: nothing said. */
export function qualityWords(quality: CallRecord['quality']): string {
  const score = quality?.mosMean
  return score === null || score === undefined ? '' : `${score.toFixed(1)} ${gradeOf(score)}`
}

const perCent = (share: number | null): string => (share === null ? '未测' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`)
const milliseconds = (ms: number | null): string => (ms === null ? '未测' : `${Math.round(ms)} 毫秒`)

/** The measured figures behind the word. */
export function qualityFigures({ mosWorst, lossRatio, jitterMs, roundTripMs, seat }: NonNullable<CallRecord['quality']>): string {
  const worst = mosWorst === null ? '' : `最差 ${mosWorst.toFixed(1)}，`
  const own = seat ? `；本机一段 丢包 ${perCent(seat.lossRatio)}，补音 ${perCent(seat.concealedRatio)}` : ''
  return `${worst}线路 丢包 ${perCent(lossRatio)}，抖动 ${milliseconds(jitterMs)}，往返 ${milliseconds(roundTripMs)}${own}`
}

/** Nobody asked: nothing said. */
export const satisfactionWords = (said: CallRecord['satisfaction']): string => (said ? satisfactionNames[said] : '')

/** Whose fault a broken sound was; nothing while it was good. */
export function faultWords(quality: CallRecord['quality']): string {
  const half = quality && faultyHalf(quality)
  return half ? faultyHalfWords[half] : ''
}

export const codeWords = (code: CallRecord['wrapUpCode']): string => (code === null ? '' : wrapUpCodes[code].name)

export const answeredByNames: Readonly<Record<NonNullable<CallRecord['answeredBy']>, string>> = {
  key: '按键应答',
  headset: '耳机应答',
  policy: '自动应答',
}

/** Why a number cannot be called now; null when it can. */
export function dialReason(telephone: Pick<TelephoneView, 'line' | 'calls'> | undefined, number: string | null): string | null {
  if (number === null) return '对方没有显示号码，不能回拨'
  if (number.includes('*')) return '号码已遮住，请由接听的坐席回拨'
  if (telephone?.line !== 'configured') return '本坐席没有可用的电话，请管理员在“管理”里配置分机'
  return telephone.calls.length >= 2 ? '两路电话都在用，请先结束一路' : null
}
