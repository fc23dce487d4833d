import type { RoleId } from '../account/role'
import type { Limit } from '../clock/limit'
import type { CaseSource, CaseState } from './states'

/**
 * The settings of a centre 中心配置: where the sources disagree with each other, as cities do, the difference is a value here and never code. A
 * profile is checked as a whole, has an id with its version, and a case finishes under the one it was registered with.
 */
export interface CentreProfile {
  readonly profileId: string
  readonly title: string
  /** Who decides a department's or dispatcher's request. */
  readonly authority: {
    readonly extend: readonly RoleId[]
    readonly suspend: readonly RoleId[]
    readonly sendBack: readonly RoleId[]
    readonly closeWithoutCheck: readonly RoleId[]
    /** First of the two people who void a case (G09), and the second. */
    readonly voidReview: readonly RoleId[]
    readonly voidConsent: readonly RoleId[]
  }
  /** Who reviews what departments report: `supervisor` where that post exists, else `dispatcher`. */
  readonly reviewsHandling: 'supervisor' | 'dispatcher'
  /** Sources whose reports a collector must find true before they are pre-filed (G05). */
  readonly verifiedFirst: readonly CaseSource[]
  readonly followUp: {
    /** Cases of these sources close only after a follow-up call (G13). */
    readonly sources: readonly CaseSource[]
    /** Attempts at different hours after which an unreachable citizen no longer holds the case. */
    readonly attempts: number
    /** 抽样回访: this share of the ended cases that nobody had to follow up is asked about all the same; absent: none. */
    readonly sampleShare?: number
  }
  /** Limits of the nodes that the centre and its collectors hold. */
  readonly nodeLimits: Readonly<Partial<Record<CaseState, Limit>>>
  /** An extension is at most this many times the original limit (G07). */
  readonly extensionCap: number
  /** Warn when extensions pass this share of the period's filed cases. */
  readonly extensionShareWarning: number
  /** A department is urged automatically when this share of its limit is left and nothing came back; 0 = never. */
  readonly autoUrgeShare: number
  /** Seconds in which a decision can be taken back, as long as the next person has not seen it. */
  readonly undoSeconds: number
  /** Grade of an area by street code; streets not named are of grade 2. */
  readonly areaGrades: Readonly<Record<string, 1 | 2 | 3>>
  readonly classification: string
  /** Where citizens reach the centre's pages from outside, `https://…`; absent: where the seats reach it. Links for citizens are built on it. */
  readonly publicAddress?: string
}

/** An address of the web without user, path, query or fragment: the front server publishes the centre's `/p/` at its root. */
const publicAddressPattern = /^https?:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?\/?$/i

/** The link of a page for citizens; null where the centre has no address of its own for them. */
export const publicLink = (publicAddress: string | undefined, path: string): string | null =>
  publicAddress === undefined ? null : `${publicAddress.replace(/\/$/, '')}${path}`

export type RequestKind = 'extend' | 'suspend' | 'sendBack' | 'void' | 'closeWithoutCheck'

/** No profile lets a decision be taken back later than this. */
export const longestUndoSeconds = 60

/** Who has the worklist of requests: a request that is given to anybody else would never be seen. */
export const requestDeciders: readonly RoleId[] = ['shiftLead', 'commander', 'director', 'assistant']

/** Mistakes of a profile, each as a Chinese sentence; empty when it can be used. */
export function profileMistakes(profile: CentreProfile): readonly string[] {
  const mistakes: string[] = []
  for (const [name, roles] of Object.entries(profile.authority)) if (roles.length === 0) mistakes.push(`authority.${name} 没有授权任何岗位`)
  for (const [name, roles] of Object.entries(profile.authority)) {
    const unheard = roles.filter((role) => !requestDeciders.includes(role))
    if (unheard.length > 0) mistakes.push(`authority.${name} 授权给了没有“申请待批”队列的岗位：${unheard.join('、')}`)
  }
  const both = profile.authority.voidReview.filter((role) => profile.authority.voidConsent.includes(role))
  if (both.length > 0) mistakes.push(`作废须两个岗位：${both.join('、')} 同时在初审和同意两边`)
  if (!(profile.extensionCap >= 0 && profile.extensionCap <= 1)) mistakes.push('extensionCap 须在 0 到 1 之间：延长不超过原时限的 1 倍')
  if (!(profile.autoUrgeShare >= 0 && profile.autoUrgeShare < 1)) mistakes.push('autoUrgeShare 须在 0 到 1 之间')
  if (!(profile.undoSeconds >= 0 && profile.undoSeconds <= longestUndoSeconds))
    mistakes.push(`undoSeconds 须在 0 到 ${longestUndoSeconds} 之间`)
  if (!Number.isInteger(profile.followUp.attempts) || profile.followUp.attempts < 1) mistakes.push('followUp.attempts 须为不小于 1 的整数')
  const { sampleShare = 0 } = profile.followUp
  if (!(sampleShare >= 0 && sampleShare <= 1)) mistakes.push('followUp.sampleShare 须在 0 到 1 之间')
  if (profile.publicAddress !== undefined && !publicAddressPattern.test(profile.publicAddress))
    mistakes.push('publicAddress 须为市民能打开的网址，如 https://12319.example.cn，不带路径、问号和账号')
  for (const [state, limit] of Object.entries(profile.nodeLimits)) {
    if (!(limit.value > 0)) mistakes.push(`nodeLimits.${state} 须大于 0`)
  }
  return mistakes
}

export function gradeOf(profile: CentreProfile, streetCode: string | null): 1 | 2 | 3 {
  return (streetCode === null ? undefined : profile.areaGrades[streetCode]) ?? 2
}
