import type { EpochMs } from '../../base/clock'
import type { RoleId } from '../account/role'
import type { ActionId } from './actions'
import type { CaseFacts } from './facts'
import type { ActionInput } from './inputs'
import type { CaseState } from './states'

/**
 * One step of a case 办理经过. The history is only added to; state, clocks, counts and figures all follow from it (`progressOf`). `seq` counts from 1
 * and is the case's version after the step.
 */
export interface HistoryEntry {
  readonly seq: number
  readonly at: EpochMs
  readonly action: ActionId | 'register' | 'undo'
  readonly by: CaseActor
  /** Null for the registration. */
  readonly from: CaseState | null
  readonly to: CaseState
  readonly input: ActionInput
}

/** When it was done: a note that waited at its seat says so itself, everything else happened when the centre took it. Never after `at`. */
export const doneAt = ({ at, input }: Pick<HistoryEntry, 'at' | 'input'>): EpochMs => Math.min(input.madeAt ?? at, at)

/** Who did it. `system` is the program itself (an automatic urging), `platform` another city's system. */
export interface CaseActor {
  readonly accountNo: string
  readonly name: string
  readonly role: RoleId | 'system' | 'platform'
  /** Of a department's operator. */
  readonly departmentCode: string | null
}

export const systemActor: CaseActor = { accountNo: 'system', name: '系统', role: 'system', departmentCode: null }

/** What a case began with; the facts of the registration are kept beside its entry. */
export interface CaseBeginning {
  readonly facts: CaseFacts
  readonly photoIds: readonly string[]
}
