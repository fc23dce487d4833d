import { dayMs } from '../../base/china-time'
import type { EpochMs } from '../../base/clock'
import { err, ok, type Result } from '../../base/result'
import type { RoleId } from '../account/role'
import type { AudioEvidence } from './audio'
import { isReviewer } from './form'
import type { Sheet } from './sheet'

/**
 * The quality file of one call: entries that are only ever added, and what they come to. Nothing in it is changed; a correction, an appeal and its decision stand
 * behind what they are about.
 *
 *   (nothing) ── score ──▶ standing ── appeal ──▶ appealed ── decide ──▶ decided
 *       │                    ▲   └─ correct ─▶ standing
 *       └ calibrate ▶ calibrating ── scores of all, or drop ──▶ toAgree ── agree ─┘
 *                          └──────── drop with less than two scores ──▶ (nothing)
 *
 * In a calibration 校准 several reviewers score alone; nobody sees another's sheet before all have handed in.
 */
export type EntryContent =
  | { readonly kind: 'score'; readonly sheet: Sheet }
  | { readonly kind: 'correct'; readonly sheet: Sheet; readonly reason: string }
  | { readonly kind: 'appeal'; readonly reason: string }
  | { readonly kind: 'decide'; readonly sheet: Sheet | null; readonly reason: string }
  | { readonly kind: 'calibrate'; readonly reviewers: readonly string[] }
  | { readonly kind: 'drop'; readonly reason: string }
  | { readonly kind: 'agree'; readonly sheet: Sheet; readonly reason: string }

export type EntryKind = EntryContent['kind']

export const entryKinds: Readonly<Record<EntryKind, string>> = {
  score: '评分',
  correct: '更正',
  appeal: '申诉',
  decide: '申诉裁定',
  calibrate: '发起校准',
  drop: '结束校准等待',
  agree: '校准定分',
}

/** As the centre keeps it; `total` of entries that have a sheet. */
export type QualityEntry = EntryContent & {
  readonly entryId: string
  readonly at: EpochMs
  readonly byNo: string
  readonly byName: string
  readonly total: number | null
  readonly isVetoed: boolean
}

export const fileStates = {
  toScore: '待评',
  calibrating: '校准中',
  toAgree: '待定分',
  scored: '已评',
  appealed: '申诉待裁定',
  decided: '申诉已裁定',
} as const
export type FileState = keyof typeof fileStates

export interface Standing {
  readonly entryId: string
  readonly sheet: Sheet
  readonly total: number
  readonly isVetoed: boolean
  readonly byNo: string
}

export interface Calibration {
  readonly byNo: string
  readonly reviewers: readonly string[]
  readonly sheets: readonly { readonly byNo: string; readonly byName: string; readonly sheet: Sheet; readonly total: number }[]
  /** Somebody is still waited for: what is there nobody may see yet but its own reviewer. */
  readonly isBlind: boolean
}

export interface QualityFile {
  readonly state: FileState
  /** The score that counts now; null: none does. */
  readonly standing: Standing | null
  /** When the first score was told to the agent: the days of an appeal run from here. */
  readonly toldAt: EpochMs | null
  readonly hasAppealed: boolean
  readonly calibration: Calibration | null
}

const emptyFile: QualityFile = { state: 'toScore', standing: null, toldAt: null, hasAppealed: false, calibration: null }

export const foldFile = (entries: readonly QualityEntry[]): QualityFile => entries.reduce(after, emptyFile)

function after(file: QualityFile, entry: QualityEntry): QualityFile {
  switch (entry.kind) {
    case 'score':
      return file.calibration?.isBlind ? withSheet(file, file.calibration, entry) : standingBy(file, entry, entry.sheet, 'scored')
    case 'correct':
    case 'agree':
      return standingBy(file, entry, entry.sheet, file.state === 'decided' ? 'decided' : 'scored')
    case 'appeal':
      return { ...file, state: 'appealed', hasAppealed: true }
    case 'decide':
      return entry.sheet === null ? { ...file, state: 'decided' } : standingBy(file, entry, entry.sheet, 'decided')
    case 'calibrate':
      return {
        ...file,
        state: 'calibrating',
        calibration: { byNo: entry.byNo, reviewers: entry.reviewers, sheets: [], isBlind: true },
      }
    case 'drop':
      return dropped(file)
  }
}

function standingBy(file: QualityFile, entry: QualityEntry, sheet: Sheet, state: FileState): QualityFile {
  const { entryId, byNo, at, isVetoed } = entry
  return { ...file, state, standing: { entryId, sheet, total: entry.total ?? 0, isVetoed, byNo }, toldAt: file.toldAt ?? at }
}

function withSheet(file: QualityFile, calibration: Calibration, entry: QualityEntry & { readonly kind: 'score' }): QualityFile {
  const { byNo, byName, sheet } = entry
  const sheets = [...calibration.sheets, { byNo, byName, sheet, total: entry.total ?? 0 }]
  const isBlind = calibration.reviewers.some((reviewer) => !sheets.some((one) => one.byNo === reviewer))
  return { ...file, state: isBlind ? 'calibrating' : 'toAgree', calibration: { ...calibration, sheets, isBlind } }
}

/** One sheet alone calibrates nothing: the call is then free to be scored as if nobody had asked. */
function dropped(file: QualityFile): QualityFile {
  const { calibration } = file
  if (!calibration || calibration.sheets.length < 2) return { ...file, state: 'toScore', calibration: null }
  return { ...file, state: 'toAgree', calibration: { ...calibration, isBlind: false } }
}

export interface Author {
  readonly accountNo: string
  readonly role: RoleId
}

export interface Reviewed {
  readonly agentNo: string
  readonly evidence: readonly AudioEvidence[]
  readonly appealDays: number
}

export type EntryRefusal =
  | 'quality/ownCall'
  | 'quality/notReviewer'
  | 'quality/brokenAudio'
  | 'quality/alreadyScored'
  | 'quality/notInvited'
  | 'quality/notScored'
  | 'quality/notYours'
  | 'quality/appealOver'
  | 'quality/appealedOnce'
  | 'quality/noAppeal'
  | 'quality/notCalibrating'
  | 'quality/badReviewers'

/** When an appeal comes too late. */
export const appealUntil = (toldAt: EpochMs, appealDays: number): EpochMs => toldAt + appealDays * dayMs

/** Whether `author` may add `content` at `at` to the file as it stands; what the sheet itself lacks is `sheetProblems`. */
export function mayEnter(
  file: QualityFile,
  call: Reviewed,
  author: Author,
  content: EntryContent,
  at: EpochMs,
): Result<void, EntryRefusal> {
  if (content.kind === 'appeal') return mayAppeal(file, call, author, at)
  if (author.accountNo === call.agentNo) return err('quality/ownCall')
  if (!isReviewer(author.role)) return err('quality/notReviewer')
  if (call.evidence.length > 0 && content.kind !== 'decide' && content.kind !== 'drop') return err('quality/brokenAudio')
  const refusal = reviewerRules[content.kind](file, call, author, content)
  return refusal === null ? ok(undefined) : err(refusal)
}

function mayAppeal(file: QualityFile, call: Reviewed, { accountNo }: Author, at: EpochMs): Result<void, EntryRefusal> {
  if (accountNo !== call.agentNo) return err('quality/notYours')
  if (file.standing === null || file.toldAt === null) return err('quality/notScored')
  if (file.hasAppealed) return err('quality/appealedOnce')
  return at > appealUntil(file.toldAt, call.appealDays) ? err('quality/appealOver') : ok(undefined)
}

type ReviewerRule = (file: QualityFile, call: Reviewed, author: Author, content: EntryContent) => EntryRefusal | null

const reviewerRules: Readonly<Record<Exclude<EntryKind, 'appeal'>, ReviewerRule>> = {
  score({ state, calibration }, _call, { accountNo }) {
    if (state === 'toScore') return null
    if (state !== 'calibrating' || !calibration) return 'quality/alreadyScored'
    if (!calibration.reviewers.includes(accountNo)) return 'quality/notInvited'
    return calibration.sheets.some(({ byNo }) => byNo === accountNo) ? 'quality/alreadyScored' : null
  },
  // While an appeal waits its decision is the only word; afterwards the decision stands.
  correct({ standing, state }, _call, { accountNo }) {
    if (standing === null) return 'quality/notScored'
    if (state !== 'scored') return 'quality/alreadyScored'
    return standing.byNo === accountNo ? null : 'quality/notYours'
  },
  decide({ state, standing, calibration }, _call, { accountNo }) {
    if (state !== 'appealed') return 'quality/noAppeal'
    const hasScored = standing?.byNo === accountNo || calibration?.sheets.some(({ byNo }) => byNo === accountNo)
    return hasScored ? 'quality/notYours' : null
  },
  calibrate({ state }, { agentNo }, _author, content) {
    if (state !== 'toScore') return 'quality/alreadyScored'
    const reviewers = content.kind === 'calibrate' ? content.reviewers : []
    const areFit = new Set(reviewers).size === reviewers.length && reviewers.length >= 2 && !reviewers.includes(agentNo)
    return areFit ? null : 'quality/badReviewers'
  },
  drop({ state, calibration }, _call, { accountNo, role }) {
    if (state !== 'calibrating') return 'quality/notCalibrating'
    return calibration?.byNo === accountNo || role === 'director' ? null : 'quality/notYours'
  },
  agree({ state, calibration }, _call, { accountNo }) {
    if (state !== 'toAgree' || !calibration) return 'quality/notCalibrating'
    const takesPart = calibration.byNo === accountNo || calibration.sheets.some(({ byNo }) => byNo === accountNo)
    return takesPart ? null : 'quality/notInvited'
  },
}

/**
 * What this person may see of it. Agents see every score that counted for them, never what led to a calibrated one; reviewers see all but sheets of a calibration
 * that is still blind, of which they see their own.
 */
export function entriesFor(viewer: Author, agentNo: string, entries: readonly QualityEntry[]): readonly QualityEntry[] {
  if (viewer.accountNo === agentNo) return told(entries)
  if (!isReviewer(viewer.role)) return []
  if (!foldFile(entries).calibration?.isBlind) return entries
  return entries.filter(({ kind, byNo }) => kind !== 'score' || byNo === viewer.accountNo)
}

function told(entries: readonly QualityEntry[]): readonly QualityEntry[] {
  const shown: QualityEntry[] = []
  let file = emptyFile
  for (const entry of entries) {
    const next = after(file, entry)
    const isStep = entry.kind === 'appeal' || entry.kind === 'decide'
    if (isStep || next.standing?.entryId === entry.entryId) shown.push(entry)
    file = next
  }
  return shown
}
