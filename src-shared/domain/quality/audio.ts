/**
 * Which calls sounded too bad to be held against whoever took them 音质剔除, and the figures that show it. What was measured over the whole call decides, never a
 * bad second of it; what nobody measured excludes nothing. Pure.
 */
export interface KeptSound {
  /** As the seat measured the call; null: nothing was measured. */
  readonly quality: { readonly mosMean: number | null; readonly lossRatio: number | null } | null
  /** Loudest sample of equal stretches of the recording, 0–1: left the far side, right the seat; null: no recording is here. */
  readonly peaks: { readonly left: readonly number[]; readonly right: readonly number[] } | null
  readonly talkMs: number
}

export type AudioFault = 'mos' | 'loss' | 'callerSilent' | 'seatSilent'

/** `value` and `limit` in the unit of the fault: a score of 1–4.5, a share of 0–1. */
export interface AudioEvidence {
  readonly fault: AudioFault
  readonly value: number
  readonly limit: number
}

/** Below it nearly all users are dissatisfied: ITU-T G.109 (R 60) as a score of G.107 annex B. */
const leastMos = 3.1
/** Of all packets: a syllable in twenty is gone, which concealment does not bring back (G.113 appendix I). */
const mostLoss = 0.05
/** A side that is heard in fewer of its stretches than this said nothing. */
const leastHeard = 0.02
/** The other side then spoke: a call in which nobody speaks is no fault of the line. */
const spoke = 0.1
/** An open microphone in a quiet room is louder (−46 dB of full scale); what lies below is a line without sound. */
const silence = 0.005
/** Shorter ones end before both have spoken. */
const leastTalkMs = 10_000

export const audioFaultNames: Readonly<Record<AudioFault, string>> = {
  mos: '音质评分',
  loss: '丢包',
  callerSilent: '来电人一侧有声时段',
  seatSilent: '坐席一侧有声时段',
}

export function audioEvidence({ quality, peaks, talkMs }: KeptSound): readonly AudioEvidence[] {
  const evidence: AudioEvidence[] = []
  if (quality?.mosMean != null && quality.mosMean < leastMos) evidence.push({ fault: 'mos', value: quality.mosMean, limit: leastMos })
  if (quality?.lossRatio != null && quality.lossRatio > mostLoss)
    evidence.push({ fault: 'loss', value: quality.lossRatio, limit: mostLoss })
  if (peaks === null || talkMs < leastTalkMs) return evidence
  const [caller, seat] = [heardShare(peaks.left), heardShare(peaks.right)]
  if (caller < leastHeard && seat >= spoke) evidence.push({ fault: 'callerSilent', value: caller, limit: leastHeard })
  if (seat < leastHeard && caller >= spoke) evidence.push({ fault: 'seatSilent', value: seat, limit: leastHeard })
  return evidence
}

const heardShare = (peaks: readonly number[]): number =>
  peaks.length === 0 ? 1 : peaks.filter((peak) => peak >= silence).length / peaks.length

const percent = (share: number) => `${Math.round(share * 1_000) / 10}%`

/** `音质评分 2.4，低于 3.1`. */
export function evidenceWords({ fault, value, limit }: AudioEvidence): string {
  const name = audioFaultNames[fault]
  if (fault === 'mos') return `${name} ${value.toFixed(1)}，低于 ${limit.toFixed(1)}`
  return `${name} ${percent(value)}，${fault === 'loss' ? '高于' : '低于'} ${percent(limit)}`
}
