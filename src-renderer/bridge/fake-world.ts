import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import type { SavedView } from '#shared/contracts/central-api/cases'
import type { CaseDetailView } from '#shared/contracts/seat-api/case-views'
import type { CommandName, InputOfCommand, OutputOfCommand, StateOfTopic, TopicName } from '#shared/contracts/seat-api/table'
import { usualTelephoneSettings } from '#shared/contracts/seat-api/telephone-views'
import type { FakeCase } from './fake-cases'
import { type FakeAccount, type FakeReference, fakeCentre, fakeDutyLog, fakeOnDuty, fakeShift, fakeUuid } from './fake-data'
import { fakeEquipment } from './fake-equipment-data'
import { fakeCollectorsNow } from './fake-field'
import { idleFakeTelephone } from './fake-telephone-data'

/** The memory of the fake core: what its handlers read and change. It holds no logic of its own. */
export interface FakeOptions {
  readonly now: () => number
  /** Already signed in as this account, as after a reload. */
  readonly signedInAs: FakeAccount | null
  readonly layouts: StateOfTopic<'settings.changed'>['layouts']
  readonly caseLists: StateOfTopic<'settings.changed'>['caseLists']
  readonly theme: StateOfTopic<'settings.changed'>['theme']
  readonly reference: readonly FakeReference[]
  readonly suggestedAccountNo: string | null
}

export type FakeHandlers = { readonly [N in CommandName]: (input: InputOfCommand<N>) => Result<OutputOfCommand<N>, AppError> }

export type FakePendingNote = CaseDetailView['pending'][number]

/** What the handlers work on. */
export interface FakeWorld {
  readonly options: FakeOptions
  state: { [N in TopicName]: StateOfTopic<N> }
  reference: readonly FakeReference[]
  readonly revisions: Map<TopicName, number>
  publish<N extends TopicName>(topic: N, state: StateOfTopic<N>): void
  readonly drafts: Map<string, { body: string; savedAt: number }>
  isOffline(): boolean
  readonly cases: Map<string, FakeCase>
  /** Written while offline: what to do when the centre is back, by intent, and what an open case shows of it. */
  readonly waiting: Map<string, () => void>
  pendingNotes: (FakePendingNote & { readonly caseId: string })[]
  readonly views: Map<string, SavedView>
  readonly attachments: Map<string, InputOfCommand<'attachments.begin'> & { readonly received: string }>
  password: string
  wrongAttempts: number
  nextNumber: number
}

export function initialState(options: FakeOptions): FakeWorld['state'] {
  const at = options.now()
  return {
    'session.changed': sessionOf(options.signedInAs, at),
    'connection.changed': {
      state: 'online',
      since: at - 42 * 60_000,
      lastHeardAt: at,
      roundTripMs: 12,
      clockOffsetMs: 20,
      serverVersion: '0.1.0',
      reason: null,
    },
    'centre.changed': fakeCentre(at),
    'settings.changed': { theme: options.theme, layouts: options.layouts, caseLists: options.caseLists },
    'notices.changed': { notices: [] },
    'outbox.changed': { waiting: 0, parked: 0, intents: [] },
    'dutyLog.changed': fakeDutyLog(at),
    'handover.changed': { handovers: [], codes: [], entered: [] },
    'post.changed': null,
    'onDuty.changed': fakeOnDuty(at),
    'queues.changed': { queues: [], readAt: at },
    'cases.changed': { after: 0, upTo: 0, changes: [] },
    'locks.changed': { locks: [] },
    'bulk.changed': { jobs: [] },
    'telephone.changed': idleFakeTelephone(at),
    'agents.changed': { agents: [], readAt: at },
    'callers.changed': { callers: [] },
    'queue.changed': { state: 'known', waiting: 0, longestSince: null, free: 1, readAt: at },
    'collectors.changed': { items: [...fakeCollectorsNow(at)], readAt: at },
    'wall.changed': { walls: [], readAt: at, drives: null },
    'wallScreens.changed': null,
    'steering.changed': { cameras: [] },
    'patrol.changed': { stops: [] },
    'quality.changed': { changedAt: 0, waiting: [] },
    'cameraStates.changed': { items: [] },
    'equipment.changed': fakeEquipment(at),
    'callQuality.changed': { calls: [] },
    'callLog.changed': { recent: [], missed: [] },
    'telephoneSettings.changed': usualTelephoneSettings,
    'baseMaps.changed': { sources: [], cache: { bytes: 0, limitBytes: 536_870_912, tiles: 0 } },
    'mapTiles.changed': { archive: null, download: null, problem: null },
    'reference.changed': { entries: options.reference.map((item) => item.entry), readAt: at },
  }
}

export function sessionOf(account: FakeAccount | null, at: number): StateOfTopic<'session.changed'> {
  const signedOut = {
    state: 'signedOut' as const,
    agent: null,
    seatNo: '02',
    shift: null,
    signedInAt: null,
    admittedBy: null,
    needsSignIn: false,
    lockedAt: null,
  }
  if (!account) return signedOut
  const { accountNo, name, roles, mustChangePassword } = account
  return {
    ...signedOut,
    state: 'signedIn',
    agent: {
      ...{ accountNo, name, role: roles[0] ?? 'intake', roles: [...roles], mustChangePassword },
      // The department whose cases `fake-cases.ts` gives its operator.
      ...(roles[0] === 'departmentOperator' && { departmentCode: 'D01' }),
    },
    shift: fakeShift(at),
    signedInAt: at,
    admittedBy: 'central',
  }
}

export function nextUuid(world: FakeWorld): string {
  world.nextNumber += 1
  return fakeUuid(world.nextNumber)
}
