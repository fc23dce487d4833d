import type { TelephoneCallView } from '#shared/contracts/seat-api/telephone-views'
import { callPhases, callPurposes } from '#shared/domain/call/call'
import { hideNumber, kindOf, writeNumber } from '#shared/domain/call/number'

type Caller = Pick<TelephoneCallView, 'number' | 'isWithheld'> & Partial<Pick<TelephoneCallView, 'isNumberHidden'>>

/** The number as people read it; never the display name, which anybody can set. */
export function callerNumber({ number, isWithheld, isNumberHidden = false }: Caller): string {
  if (isWithheld) return '号码未送'
  if (number === null) return '无号码'
  return isNumberHidden ? hideNumber(number) : writeNumber(number)
}

const kinds = { mobile: '手机', landline: '固话', short: '内线', foreign: '境外' } as const

/** Beside the number: who it says it is, what kind of number, what the call is for. Text from outside stays in its own direction and length. */
export function callerFacts(
  call: Pick<TelephoneCallView, 'number' | 'displayName' | 'purpose' | 'calledNumber'> &
    Partial<Pick<TelephoneCallView, 'supervision' | 'handedBy'>>,
): readonly string[] {
  if (call.supervision) return ['在同事的通话中']
  const { number, displayName, purpose, calledNumber } = call
  const name = displayName === null || displayName === number ? [] : [oneLine(displayName)]
  return [
    ...name,
    ...(call.handedBy ? [`接自 ${call.handedBy}`] : []),
    ...(number === null ? [] : [kinds[kindOf(number)]]),
    callPurposes[purpose].name,
    ...(calledNumber === null || purpose !== 'hotline' ? [] : [`呼入 ${calledNumber}`]),
  ]
}

const longestName = 24

/** Control and direction marks could turn the line around or hide what stands behind them. */
export function oneLine(text: string): string {
  // Far more than is shown, so that a name of a megabyte costs nothing.
  const plain = text
    .slice(0, 400)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
  const letters = [...plain.replace(/(\p{M})\p{M}+/gu, '$1')]
  return letters.length > longestName ? `${letters.slice(0, longestName).join('')}…` : letters.join('')
}

/** What the call does now. */
export function phaseWords(
  call: Pick<TelephoneCallView, 'phase' | 'held' | 'isResuming' | 'isInterrupted' | 'isMuted' | 'transfer'>,
): string {
  if (call.isResuming) return '正在接回'
  if (call.isInterrupted) return '语音中断'
  if (call.phase === 'transferring' && call.transfer?.kind === 'satisfaction') return '正在送评价'
  if (call.phase === 'transferring') return `转接中${call.transfer ? `，到 ${call.transfer.target}` : ''}`
  if (call.phase !== 'talking') return callPhases[call.phase].name
  if (call.held === 'local') return '保持中'
  if (call.held === 'remote') return '被对方保持'
  if (call.held === 'both') return '双方保持'
  return call.isMuted ? '通话，已静音' : '通话'
}
