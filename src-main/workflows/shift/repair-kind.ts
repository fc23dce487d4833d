import { err } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { type RepairStep, repairDeeds } from '#shared/domain/equipment/repair'
import type { IntentKind } from '../ports'

/** A step of a repair order on its way: the log tells of it already, so nobody takes it back; 撤回 is a step of its own. */
export const repairKind: IntentKind = {
  title: '报障单',
  summary(body) {
    const { words } = body as RepairStep
    return words.did === 'report' ? `${repairDeeds.report} ${words.label} ${words.what}` : repairDeeds[words.did]
  },
  canWithdraw: false,
  editableText: () => null,
  edit: () => err(appError('intent/notEditable')),
  delivered: () => undefined,
  parked: () => undefined,
  requeued: () => undefined,
  withdrawn: () => undefined,
}
