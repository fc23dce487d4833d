import { describe, expect, it } from 'vitest'
import type { RoleId } from '#shared/domain/account/role'
import type { ActionId } from '#shared/domain/case/actions'
import { closingChecks } from '#shared/domain/case/closing-checks'
import { decide, decideUndo } from '#shared/domain/case/decide'
import type { CaseFacts } from '#shared/domain/case/facts'
import type { CaseActor, HistoryEntry } from '#shared/domain/case/history'
import type { ActionInput } from '#shared/domain/case/inputs'
import { type CaseProgress, pendingRequest, progressOf } from '#shared/domain/case/progress'
import { factsOf } from '../../../fixtures/case-facts'
import { standardProfile as profile } from '../../../fixtures/profiles'

/** Each rule of the workflow by itself: who is refused by it and with which word, and who is not. */
const person = (accountNo: string, role: RoleId, departmentCode: string | null = null): CaseActor => ({
  ...{ accountNo, name: `测${accountNo}`, role, departmentCode },
})
const [intake, lead, lead2, dispatcher] = [
  person('2001', 'intake'),
  person('2101', 'shiftLead'),
  person('2102', 'shiftLead'),
  person('2301', 'dispatcher'),
]
const [supervisor, director, assistant] = [person('2401', 'supervisor'), person('2803', 'director'), person('2802', 'assistant')]
const [department, helper, stranger] = [
  person('2901', 'departmentOperator', '101'),
  person('2902', 'departmentOperator', '102'),
  person('2903', 'departmentOperator', '103'),
]
const [collector, collector2] = [person('2951', 'collector'), person('2952', 'collector')]

const minute = 60_000
const [opinion, reason, photos, papers] = [{ opinion: '同意。' }, { reason: '理由。' }, { photoIds: ['p2'] }, { documentIds: ['d1'] }]
const closing: ActionInput = { ...opinion, checklist: Object.keys(closingChecks) }
const sending: ActionInput = {
  ...opinion,
  ...{ departmentCode: '101', cooperating: [{ code: '102', name: '协办' }], legalBasis: '条例', limit: { value: 2, unit: 'workingDay' } },
}

/** A case and the moment it has come to; every step takes a minute unless it says otherwise. */
class Story {
  readonly #beginning: { readonly facts: CaseFacts; readonly photoIds: readonly string[] }
  readonly #history: HistoryEntry[]
  now = Date.UTC(2026, 10, 18, 1)

  constructor(told: Partial<CaseFacts> = {}, photoIds: readonly string[] = ['p1']) {
    this.#beginning = { facts: factsOf(told), photoIds }
    this.#history = [{ seq: 1, at: this.now, action: 'register', by: intake, from: null, to: 'reported', input: {} }]
  }

  get entries(): readonly HistoryEntry[] {
    return this.#history
  }

  get progress(): CaseProgress {
    const progress = progressOf(this.#beginning, this.#history)
    if (!progress) throw new Error('no registration')
    return progress
  }

  /** The word of the refusal, or undefined for a step that was taken. */
  tries(actor: CaseActor, action: ActionId, input: ActionInput = {}, after = minute): string | undefined {
    this.now += after
    const requestId = pendingRequest(this.progress)?.requestId
    const said = requestId === undefined || input.requestId !== undefined ? input : { requestId, ...input }
    const decision = decide(action, { progress: this.progress, actor, input: said, profile, now: this.now })
    if (decision.ok) this.#history.push(decision.value.entry)
    return decision.ok ? undefined : decision.error.code
  }

  undoes(actor: CaseActor, after = 1_000): string | undefined {
    this.now += after
    const undo = decideUndo({ progress: this.progress, actor, profile, now: this.now })
    if (undo.ok) this.#history.push(undo.value)
    return undo.ok ? undefined : undo.error.code
  }

  does(...steps: readonly (readonly [CaseActor, ActionId, ActionInput?])[]): this {
    for (const [actor, action, input] of steps) expect([action, this.tries(actor, action, input)]).toEqual([action, undefined])
    return this
  }
}

const filed = (told: Partial<CaseFacts> = {}) => new Story(told).does([intake, 'preFile', opinion], [lead, 'file', opinion])
const dispatched = (told: Partial<CaseFacts> = {}) => filed(told).does([dispatcher, 'dispatch', sending])
const toCheck = (story: Story) =>
  story.does([department, 'reportHandled', { ...opinion, ...photos }], [supervisor, 'acceptHandling', opinion])
const checked = (story: Story, solved = true) =>
  toCheck(story).does([intake, 'orderCheck', { collectorNo: '2951' }], [collector, 'reportCheck', { solved, ...photos }])
const called = { source: 'hotline', hasCitizen: true, wantsReply: true } as const
const fromCitizen = () =>
  new Story(called, []).does(
    [intake, 'orderVerification', { collectorNo: '2951' }],
    [collector, 'reportVerification', { conclusion: 'true', ...photos }],
    [intake, 'preFile', opinion],
    [lead, 'file', opinion],
    [dispatcher, 'dispatch', sending],
  )
/** Everything is done but calling the citizen. */
const due = () => checked(fromCitizen())

describe('before a case is filed', () => {
  it('state, post and what must be said come first', () => {
    expect(new Story().tries(lead, 'close', closing)).toBe('case/notInState')
    expect(new Story().tries(dispatcher, 'preFile', opinion)).toBe('case/wrongRole')
    expect(new Story().tries(intake, 'preFile', { opinion: ' \n' })).toBe('case/inputMissing')
  })

  it('a report from the field has photo, words and place', () => {
    expect(new Story({}, []).tries(intake, 'preFile', opinion)).toBe('case/threeElementsMissing')
    expect(new Story({ description: ' ' }).tries(intake, 'preFile', opinion)).toBe('case/threeElementsMissing')
    expect(new Story({ address: '' }).tries(intake, 'preFile', opinion)).toBe('case/threeElementsMissing')
    expect(new Story({ position: null, gridCode: null }).tries(intake, 'preFile', opinion)).toBe('case/threeElementsMissing')
    expect(new Story({ position: null }).tries(intake, 'preFile', opinion), 'a grid is a place').toBeUndefined()
  })

  it('a citizen’s photos come with the verification, which must find it true', () => {
    const ordered = () => new Story(called, []).does([intake, 'orderVerification', { collectorNo: '2951' }])
    expect(new Story(called, []).tries(intake, 'preFile', opinion)).toBe('case/notVerified')
    expect(ordered().tries(collector, 'reportVerification', { conclusion: 'true' })).toBe('case/photosMissing')
    expect(ordered().tries(collector2, 'reportVerification', { conclusion: 'true', ...photos })).toBe('case/notYourTask')
    const notFound = ordered().does([collector, 'reportVerification', { conclusion: 'notFound' }])
    expect(notFound.tries(intake, 'preFile', opinion)).toBe('case/threeElementsMissing')
    const untrue = ordered().does([collector, 'reportVerification', { conclusion: 'false', ...photos }])
    expect(untrue.tries(intake, 'preFile', opinion)).toBe('case/notVerified')
    expect(untrue.tries(intake, 'proposeDecline', reason)).toBeUndefined()
  })

  it('it is classified and placed, and only what is urgent takes the short way', () => {
    expect(new Story({ subclassCode: '' }).tries(intake, 'preFile', opinion)).toBe('case/notClassified')
    expect(new Story({ address: ' ' }).tries(intake, 'orderVerification', { collectorNo: '2951' })).toBe('case/notPlaced')
    expect(new Story().tries(intake, 'fileUrgent', opinion)).toBe('case/notUrgent')
    const urgent = new Story({ isUrgent: true }, []).does([intake, 'fileUrgent', opinion])
    expect([urgent.progress.state, urgent.undoes(intake)]).toEqual(['filed', 'case/undoNotPossible'])
  })

  it('who pre-files does not file, and a citizen hears of a no', () => {
    const pre = new Story({ namedAgents: ['2002'] }).does([lead, 'preFile', opinion])
    expect(pre.tries(lead, 'file', opinion)).toBe('case/ownFiling')
    expect(pre.tries(lead2, 'file', opinion)).toBeUndefined()
    const proposed = () => new Story(called, []).does([intake, 'proposeDecline', reason])
    expect(proposed().tries(lead, 'decline', reason)).toBe('case/citizenNotTold')
    expect(proposed().tries(lead, 'decline', { ...reason, citizenInformed: true })).toBeUndefined()
    expect(new Story().does([intake, 'proposeDecline', reason]).tries(lead, 'decline', reason)).toBeUndefined()
  })
})

describe('while a department has it', () => {
  it('the limit is a limit, and only those departments report, with proof', () => {
    expect(filed().tries(dispatcher, 'dispatch', { ...sending, limit: { value: 0, unit: 'workingDay' } })).toBe('case/limitNotPositive')
    const report = (who: CaseActor, input: ActionInput) => dispatched().tries(who, 'reportHandled', { ...opinion, ...input })
    expect(report(stranger, photos)).toBe('case/notYourDepartment')
    expect(report(person('2904', 'departmentOperator'), photos)).toBe('case/notYourDepartment')
    expect([report(department, photos), report(helper, photos)]).toEqual([undefined, undefined])
    expect([report(department, {}), report(department, papers), report(department, { approvalNote: '批复' })]).toEqual(
      Array(3).fill('case/handlingUnproven'),
    )
    expect(report(department, { ...papers, approvalNote: '批复' })).toBeUndefined()
  })

  it('one request waits at a time, and nobody decides or withdraws another’s or their own', () => {
    const asked = dispatched().does([department, 'requestSendBack', reason])
    expect(asked.tries(department, 'requestExtend', { ...reason, extraValue: 1 })).toBe('case/requestPending')
    expect(asked.tries(department, 'reportHandled', { ...opinion, ...photos })).toBe('case/requestPending')
    expect(asked.tries(lead, 'approveRequest', { requestId: '99', ...opinion })).toBe('case/requestUnknown')
    expect(asked.tries(helper, 'withdrawRequest')).toBe('case/notYourRequest')
    const risen = { ...department, role: 'shiftLead', departmentCode: null } as const
    expect(asked.tries(risen, 'approveRequest', opinion), 'in another post they are the same person').toBe('case/ownRequest')
    expect(asked.tries(risen, 'refuseRequest', reason)).toBe('case/ownRequest')
    expect(asked.tries(department, 'withdrawRequest')).toBeUndefined()
  })

  it('all extensions together stay within the limit itself, however they are granted', () => {
    const extend = (story: Story, asked: number, granted?: number) => {
      story.does([department, 'requestExtend', { ...reason, extraValue: asked }])
      return story.tries(lead, 'approveRequest', { ...opinion, ...(granted !== undefined && { extraValue: granted }) })
    }
    expect(dispatched().tries(department, 'requestExtend', { ...reason, extraValue: 2.1 })).toBe('case/extensionTooLong')
    expect(extend(dispatched(), 1, 2.1), 'nor does the shift lead grant more').toBe('case/extensionTooLong')
    const story = dispatched()
    expect([extend(story, 1.5), extend(story, 0.5)]).toEqual([undefined, undefined])
    expect(story.tries(department, 'requestExtend', { ...reason, extraValue: 0.1 })).toBe('case/extensionTooLong')
  })

  it('a void takes two people, whatever the request says of itself', () => {
    const asked = dispatched().does([department, 'requestVoid', { ...reason, isReviewed: true }])
    expect(pendingRequest(asked.progress)).toMatchObject({ state: 'pending', reviewedBy: null })
    expect(asked.tries(director, 'consentVoid', opinion)).toBe('case/wrongRole')
    asked.does([lead, 'approveRequest', opinion])
    expect([asked.progress.state, pendingRequest(asked.progress)?.state]).toEqual(['dispatched', 'reviewed'])
    expect(asked.tries(director, 'consentVoid', opinion)).toBeUndefined()
    expect(asked.progress.state).toBe('voided')
    // Where the complaint names somebody at the table, the director stands in for the shift lead, and is still only one person.
    const named = filed({ namedAgents: ['2102'] }).does([dispatcher, 'requestVoid', reason], [director, 'approveRequest', opinion])
    expect(named.tries(director, 'consentVoid', opinion)).toBe('case/needsSecondPerson')
    expect(named.tries(assistant, 'consentVoid', opinion)).toBeUndefined()
  })

  it('a suspension is the director’s to grant, and stops the clock until the case goes on', () => {
    const asked = dispatched().does([department, 'requestSuspend', { ...reason, ...papers, reviewOn: '2026-12-01' }])
    expect(asked.tries(lead, 'approveRequest', opinion)).toBe('case/wrongRole')
    asked.does([director, 'approveRequest', opinion], [department, 'resume', reason])
    expect(asked.progress.rounds.at(-1)?.pauses).toEqual([{ from: asked.now - minute, until: asked.now }])
  })
})

describe('an oversight', () => {
  it('is of the centre itself unless it hands the case over to inspection, where it stays', () => {
    const story = new Story()
    const level = () => story.progress.oversightLevel
    expect(level()).toBeNull()
    story.does([lead, 'oversee', { ...reason, dueAt: story.now }])
    expect(level()).toBe('centre')
    story.does([director, 'oversee', { ...reason, dueAt: story.now, oversightLevel: 'inspection' }])
    expect(level()).toBe('inspection')
    story.does([lead, 'oversee', { ...reason, dueAt: 7 }])
    expect([level(), story.progress.overseenUntil, story.progress.counts.oversights]).toEqual(['inspection', 7, 3])
  })
})

describe('at the end', () => {
  it('only what was found solved is closed', () => {
    expect(checked(dispatched(), false).tries(lead, 'close', closing)).toBe('case/notSolved')
    expect(
      toCheck(dispatched())
        .does([intake, 'orderCheck', { collectorNo: '2951' }])
        .tries(collector2, 'reportCheck', { solved: true, ...photos }),
    ).toBe('case/notYourTask')
    const noted = toCheck(dispatched()).does([intake, 'forwardWithoutCheck', { ...papers, approvalNote: '批复' }])
    expect(noted.tries(lead, 'close', closing)).toBeUndefined()
  })

  it('whoever closes has looked at every point', () => {
    expect(checked(dispatched()).tries(lead, 'close', opinion)).toBe('case/checksDue')
    expect(checked(dispatched()).tries(lead, 'close', { ...opinion, checklist: ['nothing'] })).toBe('case/checksDue')
    expect(checked(dispatched()).tries(lead, 'close', closing)).toBeUndefined()
  })

  it('beyond dispatch only the marks of secrecy are amended, and only by those who answer for them', () => {
    const [secret, words] = [
      { facts: { namedAgents: ['2401'] }, ...reason },
      { facts: { description: '更正' }, ...reason },
    ]
    for (const who of [lead, assistant, director]) {
      expect(dispatched().tries(who, 'amend', secret)).toBeUndefined()
      expect(dispatched().tries(who, 'amend', words)).toBe('case/onlySecrecyNow')
      expect(checked(dispatched()).tries(who, 'amend', { facts: { ...secret.facts, ...words.facts }, ...reason })).toBe(
        'case/onlySecrecyNow',
      )
    }
    for (const who of [intake, dispatcher, department]) expect(dispatched().tries(who, 'amend', secret)).toBe('case/wrongRole')
  })

  it('a rework begins anew, and who filed does not close it alone then', () => {
    const first = checked(dispatched())
    expect(first.tries(lead, 'close', closing), 'without a rework they may').toBeUndefined()
    const reworked = checked(dispatched()).does([lead, 'rework', reason])
    expect(reworked.progress).toMatchObject({ state: 'filed', check: null, task: null, isWithoutCheck: false, counts: { reworks: 1 } })
    const again = checked(reworked.does([dispatcher, 'dispatch', sending]))
    expect(again.tries(lead, 'close', closing)).toBe('case/ownClosing')
    expect(again.tries(lead2, 'close', closing)).toBeUndefined()
  })

  it('a citizen is called: content, asked not to be called, or out of reach at three different hours', () => {
    const call = (outcome: 'satisfied' | 'dissatisfied' | 'noAnswer' | 'refused') => [intake, 'followUp', { outcome }] as const
    expect(due().tries(lead, 'close', closing)).toBe('case/followUpDue')
    expect(due().does(call('satisfied')).tries(lead, 'close', closing)).toBeUndefined()
    expect(due().does(call('refused')).tries(lead, 'close', closing)).toBeUndefined()
    expect(due().does(call('dissatisfied')).tries(lead, 'close', closing)).toBe('case/citizenDissatisfied')
    expect(due().does(call('dissatisfied'), call('satisfied')).tries(lead, 'close', closing)).toBeUndefined()
    const silent = due().does(call('noAnswer'), call('noAnswer'), call('noAnswer'))
    expect(silent.tries(lead, 'close', closing), 'three times within minutes are one attempt').toBe('case/followUpDue')
    for (const _ of [2, 3]) expect(silent.tries(intake, 'followUp', { outcome: 'noAnswer' }, 60 * minute)).toBeUndefined()
    expect(silent.tries(lead, 'close', closing)).toBeUndefined()
    expect(checked(dispatched()).tries(intake, 'followUp', { outcome: 'satisfied' })).toBe('case/noCitizen')
    const reworked = due().does(call('satisfied'), [lead, 'rework', reason], [dispatcher, 'dispatch', sending])
    expect(checked(reworked).tries(lead2, 'close', closing), 'they spoke of the work as it was').toBe('case/followUpDue')
  })

  it('notes that waited at a seat count from when they were written there', () => {
    const hour = 60 * minute
    const story = due()
    const called = story.now
    story.now += 5 * hour
    for (const hours of [1, 2, 3]) story.does([intake, 'followUp', { outcome: 'noAnswer', madeAt: called + hours * hour }])
    expect(story.progress.followUps.map(({ at }) => (at - called) / hour)).toEqual([1, 2, 3])
    expect(story.tries(lead, 'close', closing)).toBeUndefined()
  })

  it('and from their arrival when the time said cannot be', () => {
    const story = due()
    story.now += 80 * 60 * minute
    const times = [story.now + 60 * minute, story.now - 73 * 60 * minute, story.progress.beganAt - 1]
    for (const madeAt of times) story.does([intake, 'addOpinion', { ...opinion, madeAt }])
    expect(story.entries.slice(-3).map(({ input }) => input)).toEqual([opinion, opinion, opinion])
    story.does([lead, 'oversee', { ...reason, dueAt: story.now, madeAt: story.now - minute }])
    expect(story.progress.lastEntry.input.madeAt, 'only what waits at a seat says when').toBeUndefined()
  })

  it('and tell of the work and the dispatch that they were written about', () => {
    const asked = due()
    const before = asked.now
    asked.does([lead, 'rework', reason], [dispatcher, 'dispatch', sending])
    asked.does([department, 'reportArrival', { madeAt: before }])
    expect(asked.progress.rounds.at(-1)?.arrivedAt).toBeNull()
    asked.does([department, 'reportArrival', { madeAt: asked.now - minute / 2 }])
    expect(asked.progress.rounds.at(-1)?.arrivedAt).toBe(asked.now - (minute * 3) / 2)
    asked.does([department, 'reportHandled', { ...opinion, ...photos }], [intake, 'followUp', { outcome: 'satisfied', madeAt: before }])
    expect(asked.progress.followUps).toEqual([])
  })

  it('what has ended is opened again once', () => {
    const closed = checked(dispatched()).does([lead, 'close', closing], [lead2, 'reopen', reason], [dispatcher, 'dispatch', sending])
    expect(checked(closed).does([lead, 'close', closing]).tries(lead2, 'reopen', reason)).toBe('case/reopenedBefore')
  })

  it('a step is taken back by who took it, within seconds, and nothing else is', () => {
    const seconds = profile.undoSeconds * 1_000
    expect(filed().undoes(lead2)).toBe('case/undoNotYours')
    expect(filed().undoes(lead, seconds + 1)).toBe('case/undoTooLate')
    const undone = filed()
    expect([undone.undoes(lead, seconds), undone.progress.state, undone.progress.filedBy]).toEqual([undefined, 'preFiled', null])
    expect(undone.undoes(lead)).toBe('case/undoNotPossible')
    expect(new Story().undoes(intake)).toBe('case/undoNotPossible')
    const reported = toCheck(dispatched()).does(
      [intake, 'orderCheck', { collectorNo: '2951' }],
      [collector, 'reportCheck', { solved: true, ...photos }],
    )
    expect(reported.undoes(collector)).toBe('case/undoNotPossible')
  })
})
