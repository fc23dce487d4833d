import { type ActionId, type ActionSpec, actionIds, actionSpec } from '#shared/domain/case/actions'
import { type InputName, inputTitles } from '#shared/domain/case/inputs'
import type { CentreProfile } from '#shared/domain/case/profile'
import { isOfDepartment } from '#shared/domain/case/queues'
import type { CaseRow } from '#shared/domain/case/row'
import { caseSources, caseStates } from '#shared/domain/case/states'
import { type Transition, transitionOf } from '#shared/domain/case/transitions'
import type { Viewer } from '#shared/domain/case/visibility'

/**
 * What one decision on many rows comes to, from the rows alone: which can take it, which cannot and why. Rows do not tell who filed a case or who
 * asked, so rules about a person's own work are left to the centre, and its refusals come back by case. Pure.
 */
export interface Batch {
  readonly action: ActionId
  readonly key: BatchKey
  readonly title: string
  /** What the person writes once for all of them. */
  readonly field: 'opinion' | 'reason' | null
  readonly able: readonly CaseRow[]
  readonly unable: readonly { readonly row: CaseRow; readonly reason: string }[]
  /** Why this is never done to many at once; null when it can be. */
  readonly individually: string | null
}

export type BatchKey = NonNullable<ActionSpec['key']>
export const batchKeys: readonly BatchKey[] = ['F9', 'F10', 'F11', 'Ctrl+U']

/** The batch behind each key, for the action of that key that most rows can take; no entry when none of them is in a state for any. */
export function batchesOf(rows: readonly CaseRow[], viewer: Viewer, profile: CentreProfile | null): readonly Batch[] {
  return batchKeys.flatMap((key) => {
    const candidates = actionIds
      .filter((action) => actionSpec(action).key === key)
      .flatMap((action) => batchOf(action, key, rows, viewer, profile) ?? [])
    const best = candidates.sort((a, b) => b.able.length - a.able.length || a.unable.length - b.unable.length)[0]
    return best ? [best] : []
  })
}

function batchOf(
  action: ActionId,
  key: BatchKey,
  rows: readonly CaseRow[],
  viewer: Viewer,
  profile: CentreProfile | null,
): Batch | undefined {
  const known = rows.flatMap((row) => {
    const transition = transitionOf(action, row.state)
    return transition && hasRole(transition, row, viewer, profile) ? [transition] : []
  })
  const [first] = known
  if (!first) return undefined
  const judged = rows.map((row) => ({ row, reason: refusalOf(action, row, viewer, profile) }))
  return {
    action,
    key,
    title: actionSpec(action).title,
    field: first.requires.includes('opinion') ? 'opinion' : first.requires.includes('reason') ? 'reason' : null,
    able: judged.flatMap(({ row, reason }) => (reason === null ? [row] : [])),
    unable: judged.flatMap(({ row, reason }) => (reason === null ? [] : [{ row, reason }])),
    individually: individuallyBecause(first),
  }
}

const shared: readonly InputName[] = ['opinion', 'reason']

function individuallyBecause({ requires, guards }: Transition): string | null {
  if (requires.includes('requestId')) return '每件的申请不同，须逐件批'
  const own = requires.filter((name) => !shared.includes(name))
  if (own.length > 0) return `须逐件填${own.map((name) => inputTitles[name]).join('、')}`
  if (guards.includes('citizenTold')) return '须逐件确认已告知来电人'
  if (guards.includes('checkedOff')) return '须逐件核对结案条件'
  if (guards.includes('handlingProof')) return '须逐件附处置后照片'
  return null
}

/** Why this row cannot take the action, in few words; null when nothing in the row speaks against it. */
function refusalOf(action: ActionId, row: CaseRow, viewer: Viewer, profile: CentreProfile | null): string | null {
  const transition = transitionOf(action, row.state)
  if (!transition) return `${caseStates[row.state].name}，不能${actionSpec(action).title}`
  if (!hasRole(transition, row, viewer, profile)) return '不归您的岗位办'
  if (action === 'file' && row.proposal === 'decline') return '提议不立案'
  if (action === 'file' && isPhotoMissing(row)) return '缺照片'
  for (const guard of transition.guards) {
    const reason = guardWords[guard]?.(row, viewer, profile)
    if (reason) return reason
  }
  return null
}

type GuardWords = (row: CaseRow, viewer: Viewer, profile: CentreProfile | null) => string | false | undefined

const isPlaceMissing = (row: CaseRow) => row.address.trim() === '' || (row.position === null && row.gridCode === null)
const isPhotoMissing = (row: CaseRow) => row.photoCount === 0 && (!caseSources[row.source].isPublic || row.verification !== null)

const guardWords: Readonly<Partial<Record<Transition['guards'][number], GuardWords>>> = {
  classified: (row) => row.subclassCode === '' && '没有定小类',
  placed: (row) => isPlaceMissing(row) && '没有落点',
  threeElements: (row) => (isPhotoMissing(row) ? '缺照片' : row.summary === '' ? '缺描述' : isPlaceMissing(row) && '缺位置'),
  verifiedFirst: (row, _, profile) => profile?.verifiedFirst.includes(row.source) && row.verification !== 'true' && '没有核实属实',
  urgent: (row) => !row.isUrgent && '不是紧急件',
  noRequestPending: (row) => row.request !== null && '有申请待批',
  requestPending: (row) => row.request === null && '没有待批的申请',
  voidReviewed: (row) => row.request?.state !== 'reviewed' && '还没有初审',
  ownDepartment: (row, viewer) => viewer.role === 'departmentOperator' && !isOfDepartment(row, viewer.departmentCode) && '不是本部门的案卷',
  solved: (row) => !row.isWithoutCheck && row.isSolved !== true && '核查没有解决',
  followedUp: (row) => row.needsFollowUp && '回访没有完成',
}

/** As `rolesOf` in the domain, from what a row knows. A profile that is not here yet leaves the question to the centre. */
function hasRole({ roles, guards }: Transition, row: CaseRow, { role }: Viewer, profile: CentreProfile | null): boolean {
  const meant = roles.flatMap((each): readonly string[] => {
    if (each === '@reviewer') return profile ? [profile.reviewsHandling] : ['supervisor', 'dispatcher']
    if (each === '@consenter') return row.request?.kind === 'void' && row.request.state === 'reviewed' ? row.request.with : []
    if (each === '@decider') return row.request?.kind === 'void' && row.request.state === 'reviewed' ? [] : (row.request?.with ?? [])
    return [each]
  })
  if (meant.includes(role)) return true
  if (row.isSensitive) {
    return (
      ['director', 'assistant'].includes(role) && meant.some((each) => ['intake', 'shiftLead', 'dispatcher', 'supervisor'].includes(each))
    )
  }
  if (!row.isRecused) return false
  if (role === 'shiftLead') return meant.includes('intake') && !guards.includes('filedByAnother')
  return ['director', 'assistant'].includes(role) && meant.includes('shiftLead')
}

/** `0393 缺照片` or `3 件缺照片`: the reasons, the most frequent first. */
export function unableWords({ unable }: Batch): readonly string[] {
  const byReason = new Map<string, CaseRow[]>()
  for (const { row, reason } of unable) byReason.set(reason, [...(byReason.get(reason) ?? []), row])
  return [...byReason]
    .sort((a, b) => b[1].length - a[1].length)
    .map(([reason, rows]) => {
      const [only] = rows
      return rows.length === 1 && only ? `${only.caseNo.slice(only.caseNo.indexOf('-') + 1)} ${reason}` : `${rows.length} 件${reason}`
    })
}
