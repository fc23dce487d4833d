import type { RoleId } from '../account/role'
import type { CaseProgress } from './progress'
import type { CaseRow } from './row'

/**
 * Who may see a case, and what of its persons. The server applies `maySee` to lists, details, search, map, events and exports alike (as SQL where
 * it must be); a seat applies it to what it has cached.
 */
export interface Viewer {
  readonly accountNo: string
  readonly role: RoleId
  readonly departmentCode: string | null
}

/** Roles that read cases at all; the others have figures only. */
export const caseReaders: readonly RoleId[] = [
  'intake',
  'shiftLead',
  'dispatcher',
  'supervisor',
  'opinionMonitor',
  'wallOperator',
  'commander',
  'assistant',
  'director',
  'departmentOperator',
  'collector',
]

/** Roles that see a sensitive case (G02). */
export const sensitiveReaders: readonly RoleId[] = ['director', 'assistant']
/** Roles that never see a case that names an agent: they are the named one's colleagues at the same table (G01). */
export const notForRecused: readonly RoleId[] = ['intake', 'opinionMonitor', 'wallOperator']

/** `namedAgents`: account numbers that the complaint names; `collectors`: who reported it from the field, or has or had a task in it. */
export interface Secrecy {
  readonly namedAgents: readonly string[]
  readonly collectors: readonly string[]
}

export const secrecyOf = ({ facts, collectors }: CaseProgress): Secrecy => ({ namedAgents: facts.namedAgents, collectors })

type Seen = Pick<CaseRow, 'isSensitive' | 'isRecused' | 'departmentCode' | 'cooperatingCodes'>

export function maySee(row: Seen, { namedAgents, collectors }: Secrecy, viewer: Viewer): boolean {
  if (!caseReaders.includes(viewer.role) || namedAgents.includes(viewer.accountNo)) return false
  if (row.isSensitive) return sensitiveReaders.includes(viewer.role)
  if (row.isRecused && notForRecused.includes(viewer.role)) return false
  if (viewer.role === 'collector') return collectors.includes(viewer.accountNo)
  if (viewer.role !== 'departmentOperator') return true
  const code = viewer.departmentCode
  return code !== null && (row.departmentCode === code || row.cooperatingCodes.includes(code))
}

/** Who may have a masked name or number shown in full, for a reason that is kept. */
export const mayReveal: readonly RoleId[] = ['intake', 'shiftLead', 'opinionMonitor', 'commander', 'assistant', 'director']

/** `王小明` → `王**`, `欧阳小明` → `欧***`; one character stays a star. */
export function maskName(name: string): string {
  const characters = Array.from(name.trim())
  if (characters.length <= 1) return '*'
  return `${characters[0]}${'*'.repeat(Math.min(3, characters.length - 1))}`
}

/** `13912340826` → `139****0826`; short numbers keep their last two digits. */
export function maskNumber(number: string): string {
  const digits = number.trim()
  if (digits.length < 7) return `${'*'.repeat(Math.max(1, digits.length - 2))}${digits.slice(-2)}`
  return `${digits.slice(0, 3)}${'*'.repeat(digits.length - 7)}${digits.slice(-4)}`
}

/** Mobile and fixed telephone numbers, and identity numbers (GB 11643), that stand by themselves; codes of grids and components have other lengths. */
const personalNumbers =
  /(?<![0-9])(?:(?:00|\+)?86[- ]?)?(?:1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}|0[0-9]{2,3}[- ]?[0-9]{7,8}|[0-9]{17}[0-9Xx])(?![0-9])/g
/** As input methods for Chinese write them. */
const fullWidth = /[０-９]/g

/** What somebody wrote, for those who may not learn whom it is about. */
export function withoutNumbers(text: string): string {
  const plain = text.replace(fullWidth, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
  return plain.replace(personalNumbers, maskNumber)
}
