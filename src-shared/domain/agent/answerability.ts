import type { EpochMs } from '../../base/clock'

/**
 * Can this seat answer a call right now? Judged from what was last proved, not from what is configured: registered, the exchange answers, a headset
 * is there, its microphone gives signal, sound reaches the program and leaves it. Each fault says what it is and how to mend it. Measuring is not
 * done here.
 */
export const faultWords = {
  notRegistered: { name: '线路未注册', mend: '正在自动重新注册；持续不恢复请找系统管理员核对分机口令和交换机地址。' },
  exchangeSilent: { name: '交换机无应答', mend: '请看本机网线与网络；交换机恢复后会自动恢复示闲。' },
  noHeadset: { name: '没有耳机', mend: '请插好耳机；插好后会自动恢复示闲。' },
  microphoneSilent: { name: '麦克风没有声音', mend: '请看耳机线控静音开关和系统录音权限，对着麦克风说句话。' },
  microphoneDenied: { name: '未允许使用麦克风', mend: '请在系统设置里允许本程序使用麦克风。' },
  soundPathDown: { name: '话音通路未连通', mend: '正在自动重连；持续不恢复请重启程序，正在写的内容都在。' },
  speakerLost: { name: '听筒不可用', mend: '请在电话设置里另选一个听筒设备。' },
} as const

export type Fault = keyof typeof faultWords
export const faultIds = Object.keys(faultWords) as readonly Fault[]

/** What was measured last. A time is when it was last seen to be so; null for never. */
export interface Proof {
  readonly isRegistered: boolean
  /** End of the registration at the registrar. */
  readonly registeredUntil: EpochMs | null
  /** Last answer of the exchange to anything: OPTIONS, REGISTER, a call. */
  readonly exchangeAnsweredAt: EpochMs | null
  readonly microphone: 'present' | 'absent' | 'denied'
  /** Last moment with more than digital silence from the microphone; even a quiet room is not zero. */
  readonly microphoneHeardAt: EpochMs | null
  readonly isSoundPathUp: boolean
  readonly isSpeakerAlive: boolean
}

export interface ProofLimits {
  /** OPTIONS go out every 15 s and may be lost twice. */
  readonly exchangeSilentMs: number
  readonly microphoneSilentMs: number
}

export const defaultProofLimits: ProofLimits = { exchangeSilentMs: 40_000, microphoneSilentMs: 10_000 }

/** All faults at `now`, the one to mend first leading; empty when the seat can answer. */
export function findFaults(proof: Proof, now: EpochMs, limits: ProofLimits = defaultProofLimits): readonly Fault[] {
  const isOld = (at: EpochMs | null, mostMs: number) => at === null || now - at > mostMs
  const isRegistered = proof.isRegistered && (proof.registeredUntil === null || now < proof.registeredUntil)
  const faults: Fault[] = []
  if (!isRegistered) faults.push('notRegistered')
  else if (isOld(proof.exchangeAnsweredAt, limits.exchangeSilentMs)) faults.push('exchangeSilent')
  if (proof.microphone === 'denied') faults.push('microphoneDenied')
  else if (proof.microphone === 'absent') faults.push('noHeadset')
  else if (!proof.isSoundPathUp) faults.push('soundPathDown')
  else if (isOld(proof.microphoneHeardAt, limits.microphoneSilentMs)) faults.push('microphoneSilent')
  if (!proof.isSpeakerAlive && proof.microphone === 'present') faults.push('speakerLost')
  return faults
}
