import type { TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { faultWords } from '#shared/domain/agent/answerability'
import type { LampTone } from '../../ui/lamp'

/** The line's lamp and its short words; `hint` says why and what to do. Pure. */
export interface LineWords {
  readonly tone: LampTone
  readonly words: string
  readonly hint: string
}

export function lineWords(telephone: Pick<TelephoneView, 'line' | 'lineReason' | 'registration'> | undefined): LineWords {
  if (!telephone) return { tone: 'late', words: '线路 未知', hint: '还没有读到线路状态' }
  if (telephone.line === 'unconfigured') return { tone: 'none', words: '未配置电话', hint: '本坐席没有分机，请管理员在“管理”里配置' }
  if (telephone.line === 'incomplete') {
    return { tone: 'red', words: '线路 配置不全', hint: `${telephone.lineReason ?? '分机的口令或交换机资料缺失'}；请管理员补全` }
  }
  const { registration } = telephone
  const why = registration ? [registration.status, registration.reason].filter((part) => part !== null).join(' ') : ''
  switch (registration?.state) {
    case 'registered':
      return registration.isAnswering === false
        ? { tone: 'amber', words: '线路 无应答', hint: '已注册，但交换机不应答；请检查网络' }
        : { tone: 'green', words: '线路 在册', hint: '已在交换机注册' }
    case 'refused':
      return { tone: 'red', words: '线路 被拒', hint: `交换机拒绝注册${why ? `（${why}）` : ''}；请管理员核对分机和口令` }
    case 'unreachable':
      return { tone: 'red', words: '线路 不通', hint: `找不到交换机${why ? `（${why}）` : ''}；请检查网线和网络，程序会自动重试` }
    case 'trying':
      return { tone: 'late', words: '线路 注册中', hint: '正在向交换机注册' }
    default:
      return { tone: 'none', words: '线路 未注册', hint: '签入后开始注册' }
  }
}

/** The headset's lamp: whether the seat can hear and be heard. */
export function soundWords(telephone: Pick<TelephoneView, 'line' | 'sound'> | undefined): LineWords {
  if (!telephone) return { tone: 'late', words: '耳机 未知', hint: '还没有读到耳机状态' }
  if (telephone.line !== 'configured') return { tone: 'none', words: '耳机 不用', hint: '本坐席没有电话' }
  const { isUp, microphone, microphoneLabel, microphoneSilentSince, isSpeakerAlive } = telephone.sound
  if (microphone === 'denied') return { tone: 'red', words: '耳机 未允许', hint: faultWords.microphoneDenied.mend }
  if (microphone === 'absent' && isUp) return { tone: 'red', words: '耳机 未插', hint: faultWords.noHeadset.mend }
  if (!isUp) return { tone: 'amber', words: '耳机 连接中', hint: faultWords.soundPathDown.mend }
  if (!isSpeakerAlive) return { tone: 'red', words: '听筒 不可用', hint: faultWords.speakerLost.mend }
  if (microphoneSilentSince !== null) return { tone: 'amber', words: '话筒 无声', hint: faultWords.microphoneSilent.mend }
  return { tone: 'green', words: '耳机 正常', hint: microphoneLabel ?? '耳机在用' }
}
