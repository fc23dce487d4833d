import type { RoleId } from '../account/role'
import type { ActionId } from './actions'
import type { GuardId } from './guards'
import type { InputName } from './inputs'
import { replyApprovers, replyWriters } from './reply'
import { type CaseState, openStates } from './states'

/**
 * The workflow, written once, as data. The server decides by it, the seat enables buttons by it and says why one is grey, the tests walk it, and
 * `docs/workflow.md` is drawn from it. Rows that leave their state have `to`; the others put a request or a note into the history.
 * Sources: seeds 000, 001, 003, 004 as gathered in the management rules; the rule ids G01–G20 are those of the guards.
 */
/** Roles that a centre's profile names: who decides a request, who reviews handling. */
export type ProfileRole = '@decider' | '@consenter' | '@reviewer'

export interface Transition {
  readonly action: ActionId
  readonly from: CaseState
  /** Absent: the case stays where it is (or goes where an approved request leads). */
  readonly to?: CaseState
  readonly roles: readonly (RoleId | ProfileRole)[]
  readonly requires: readonly InputName[]
  readonly guards: readonly GuardId[]
}

type Rule = Omit<Transition, 'action' | 'from' | 'to' | 'guards'> & { readonly guards?: readonly GuardId[] }
const row = (action: ActionId, from: CaseState, to: CaseState | undefined, { roles, requires, guards = [] }: Rule): Transition => ({
  action,
  from,
  ...(to && { to }),
  roles,
  requires,
  guards,
})
const rows = (action: ActionId, from: readonly CaseState[], rule: Rule): Transition[] =>
  from.map((state) => row(action, state, undefined, rule))

const centre: readonly RoleId[] = [
  'intake',
  'shiftLead',
  'dispatcher',
  'supervisor',
  'opinionMonitor',
  'commander',
  'assistant',
  'director',
]
const everybody: readonly RoleId[] = [...centre, 'departmentOperator', 'wallOperator']
const beforeFiling: readonly CaseState[] = ['reported', 'verified']
const handling: readonly CaseState[] = ['dispatched', 'suspended']
/** With a collector, a department or whoever checks. */
const beyondDispatch: readonly CaseState[] = ['verifying', 'dispatched', 'suspended', 'handled', 'toCheck', 'checking', 'checked']
const requestable: readonly CaseState[] = ['preFiled', 'filed', 'disputed', 'dispatched', 'suspended']

const establish: Transition[] = [
  ...beforeFiling.flatMap((from) => [
    row('orderVerification', from, 'verifying', { roles: ['intake'], requires: ['collectorNo'], guards: ['placed'] }),
    row('preFile', from, 'preFiled', {
      roles: ['intake'],
      requires: ['opinion'],
      guards: ['classified', 'threeElements', 'verifiedFirst'],
    }),
    row('proposeDecline', from, 'preFiled', { roles: ['intake'], requires: ['reason'] }),
    row('defer', from, 'deferred', { roles: ['intake'], requires: ['reason', 'reviewOn'] }),
    row('mergeDuplicate', from, 'merged', { roles: ['intake'], requires: ['otherCaseId', 'reason'], guards: ['otherCase'] }),
    row('replyOnly', from, 'answered', { roles: ['intake', 'opinionMonitor'], requires: ['answer'] }),
    row('fileUrgent', from, 'filed', { roles: ['intake'], requires: ['opinion'], guards: ['urgent', 'classified', 'placed'] }),
  ]),
  row('reportVerification', 'verifying', 'verified', { roles: ['collector'], requires: ['conclusion'], guards: ['ownTask', 'taskPhotos'] }),
  row('withdrawVerification', 'verifying', 'reported', { roles: ['intake'], requires: ['reason'] }),
  row('resume', 'deferred', 'reported', { roles: ['intake', 'shiftLead'], requires: ['reason'] }),
  row('file', 'preFiled', 'filed', {
    roles: ['shiftLead'],
    requires: ['opinion'],
    guards: ['noRequestPending', 'classified', 'placed', 'filedByAnother'],
  }),
  row('sendBack', 'preFiled', 'reported', { roles: ['shiftLead'], requires: ['reason'], guards: ['noRequestPending'] }),
  row('decline', 'preFiled', 'declined', { roles: ['shiftLead'], requires: ['reason'], guards: ['noRequestPending', 'citizenTold'] }),
]

const dispatching: Transition[] = [
  row('dispatch', 'filed', 'dispatched', {
    roles: ['dispatcher'],
    requires: ['departmentCode', 'limit', 'opinion', 'legalBasis'],
    // A case that was reopened may never have been classified or placed.
    guards: ['noRequestPending', 'classified', 'placed', 'positiveLimit'],
  }),
  row('sendBack', 'filed', 'preFiled', { roles: ['dispatcher'], requires: ['reason'], guards: ['noRequestPending'] }),
  row('dispute', 'filed', 'disputed', { roles: ['dispatcher'], requires: ['reason'], guards: ['noRequestPending'] }),
  row('assign', 'disputed', 'dispatched', {
    roles: ['commander'],
    requires: ['departmentCode', 'limit', 'opinion'],
    guards: ['noRequestPending', 'classified', 'placed', 'positiveLimit'],
  }),
  row('sendBack', 'disputed', 'filed', { roles: ['commander'], requires: ['reason'], guards: ['noRequestPending'] }),
]

const handlingRows: Transition[] = [
  row('reportHandled', 'dispatched', 'handled', {
    roles: ['departmentOperator'],
    requires: ['opinion'],
    guards: ['ownDepartment', 'noRequestPending', 'handlingProof'],
  }),
  row('resume', 'suspended', 'dispatched', {
    roles: ['departmentOperator', 'shiftLead', 'commander'],
    requires: ['reason'],
    guards: ['ownDepartment', 'noRequestPending'],
  }),
  row('acceptHandling', 'handled', 'toCheck', { roles: ['@reviewer'], requires: ['opinion'] }),
  row('rework', 'handled', 'filed', { roles: ['@reviewer'], requires: ['reason'] }),
]

const closing: Transition[] = [
  row('orderCheck', 'toCheck', 'checking', { roles: ['intake'], requires: ['collectorNo'] }),
  row('forwardWithoutCheck', 'toCheck', 'checked', { roles: ['intake'], requires: ['approvalNote', 'documentIds'] }),
  row('reportCheck', 'checking', 'checked', { roles: ['collector'], requires: ['solved'], guards: ['ownTask', 'taskPhotos'] }),
  row('withdrawCheck', 'checking', 'toCheck', { roles: ['intake'], requires: ['reason'] }),
  row('close', 'checked', 'closed', {
    roles: ['shiftLead'],
    requires: ['opinion'],
    guards: ['solved', 'followedUp', 'closedByAnother', 'checkedOff'],
  }),
  row('rework', 'checked', 'filed', { roles: ['shiftLead'], requires: ['reason'] }),
  row('recheck', 'checked', 'toCheck', { roles: ['shiftLead'], requires: ['reason'] }),
  ...(['closed', 'declined', 'voided', 'merged', 'answered'] as const).map((from) =>
    row('reopen', from, 'filed', { roles: ['shiftLead'], requires: ['reason'], guards: ['reopenedOnce'] }),
  ),
]

const requests: Transition[] = [
  row('requestExtend', 'dispatched', undefined, {
    roles: ['departmentOperator'],
    requires: ['reason', 'extraValue'],
    guards: ['ownDepartment', 'noRequestPending', 'extensionCap'],
  }),
  row('requestSuspend', 'dispatched', undefined, {
    roles: ['departmentOperator'],
    requires: ['reason', 'reviewOn', 'documentIds'],
    guards: ['ownDepartment', 'noRequestPending'],
  }),
  row('requestSendBack', 'dispatched', undefined, {
    roles: ['departmentOperator'],
    requires: ['reason'],
    guards: ['ownDepartment', 'noRequestPending'],
  }),
  row('requestCloseWithoutCheck', 'dispatched', undefined, {
    roles: ['departmentOperator'],
    requires: ['reason', 'approvalNote', 'documentIds'],
    guards: ['ownDepartment', 'noRequestPending'],
  }),
  ...rows('requestVoid', requestable, {
    roles: ['departmentOperator', 'dispatcher', 'shiftLead'],
    requires: ['reason'],
    guards: ['ownDepartment', 'noRequestPending'],
  }),
  ...rows('withdrawRequest', requestable, { roles: everybody, requires: ['requestId'], guards: ['requestPending', 'ownRequest'] }),
  ...rows('approveRequest', requestable, {
    roles: ['@decider'],
    requires: ['requestId', 'opinion'],
    guards: ['requestPending', 'notOwnRequest', 'extensionCap'],
  }),
  ...rows('consentVoid', requestable, {
    roles: ['@consenter'],
    requires: ['requestId', 'opinion'],
    guards: ['voidReviewed', 'notOwnRequest', 'secondPerson'],
  }),
  ...rows('refuseRequest', requestable, {
    roles: ['@decider', '@consenter'],
    requires: ['requestId', 'reason'],
    guards: ['requestPending', 'notOwnRequest'],
  }),
]

const notes: Transition[] = [
  ...rows('urge', handling, { roles: ['supervisor', 'dispatcher', 'commander'], requires: ['reason'], guards: [] }),
  ...rows('oversee', openStates, { roles: ['shiftLead', 'commander', 'assistant', 'director'], requires: ['reason', 'dueAt'] }),
  ...rows('addOpinion', openStates, { roles: everybody, requires: ['opinion'], guards: ['ownDepartment'] }),
  ...rows('attach', openStates, { roles: everybody, requires: [], guards: ['ownDepartment', 'somethingAttached'] }),
  ...rows('relate', openStates, { roles: centre, requires: ['otherCaseId'], guards: ['otherCase'] }),
  ...rows('annotatePhoto', openStates, { roles: centre, requires: ['photoId', 'annotations'] }),
  ...rows('followUp', ['handled', 'toCheck', 'checking', 'checked'], {
    roles: ['intake', 'opinionMonitor', 'shiftLead'],
    requires: ['outcome'],
    guards: ['hasCitizen'],
  }),
  // 抽样回访, after the end: what a citizen says then changes nothing by itself; the shift lead may open the case again.
  ...rows('followUp', ['closed', 'declined', 'answered'], {
    roles: ['intake', 'opinionMonitor', 'shiftLead'],
    requires: ['outcome'],
    guards: ['hasCitizen'],
  }),
  ...rows('amend', ['reported', 'verified', 'deferred'], { roles: ['intake', 'shiftLead'], requires: ['facts', 'reason'] }),
  ...rows('amend', ['preFiled'], { roles: ['shiftLead'], requires: ['facts', 'reason'] }),
  ...rows('amend', ['filed', 'disputed'], { roles: ['dispatcher', 'shiftLead'], requires: ['facts', 'reason'] }),
  ...rows('amend', beyondDispatch, {
    roles: ['shiftLead', 'assistant', 'director'],
    requires: ['facts', 'reason'],
    guards: ['secrecyOnly'],
  }),
  ...rows('reportArrival', ['dispatched'], { roles: ['departmentOperator'], requires: [], guards: ['ownDepartment'] }),
]

/** The reply to the source goes beside the case, and may come after its end. The last two are the program's own. */
const answerable: readonly CaseState[] = [...openStates, 'closed', 'declined', 'answered']
const replies: Transition[] = [
  ...rows('proposeReply', answerable, { roles: replyWriters, requires: ['answer'], guards: ['fromElsewhere', 'replyNotSent'] }),
  ...rows('approveReply', answerable, { roles: replyApprovers, requires: [], guards: ['replyProposed', 'notOwnReply'] }),
  ...rows('returnReply', answerable, { roles: replyApprovers, requires: ['reason'], guards: ['replyProposed', 'notOwnReply'] }),
  ...rows('returnToSource', answerable, {
    roles: replyWriters,
    requires: ['replyWay'],
    guards: ['replyApproved', 'replyNotUnderWay', 'somethingAttached', 'returnedAfterApproval'],
  }),
  ...rows('deliverReply', answerable, { roles: [], requires: [], guards: ['replyApproved'] }),
  ...rows('giveUpReply', answerable, { roles: [], requires: [], guards: ['replyApproved'] }),
]

export const transitions: readonly Transition[] = [
  ...establish,
  ...dispatching,
  ...handlingRows,
  ...closing,
  ...requests,
  ...notes,
  ...replies,
]

const byState = new Map<CaseState, readonly Transition[]>()
for (const transition of transitions) byState.set(transition.from, [...(byState.get(transition.from) ?? []), transition])

export const transitionsFrom = (state: CaseState): readonly Transition[] => byState.get(state) ?? []

export function transitionOf(action: ActionId, from: CaseState): Transition | undefined {
  return transitionsFrom(from).find((transition) => transition.action === action)
}

/** Who may register a case, by hand or from the field. Exchange with other platforms registers as the system. */
export const registrars: readonly RoleId[] = [
  'intake',
  'shiftLead',
  'opinionMonitor',
  'wallOperator',
  'assistant',
  'director',
  'commander',
  'collector',
]
