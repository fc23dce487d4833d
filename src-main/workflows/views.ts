import type { AgentOnBoard } from '#shared/contracts/central-api/calls'
import type { Centre, OnDuty } from '#shared/contracts/central-api/centre'
import type { CollectorNow } from '#shared/contracts/central-api/field'
import { centralApi } from '#shared/contracts/central-api/table'
import type { OutboxView } from '#shared/contracts/seat-api/views'
import type { RoleId } from '#shared/domain/account/role'
import type { Outbox, Publish, Store } from './ports'
import type { SessionHolder } from './session-holder'
import { settingsView } from './settings-view'

/** Reads what is on disk and shows it, a topic at a time. Called after a commit, never before, so that no screen shows what may be rolled back. */
export interface Views {
  showDutyLog(): void
  showOnDuty(): void
  showAgents(): void
  showCollectors(): void
  showCentre(): void
  showReference(): void
  showOutbox(): void
  showSettings(): void
  /** After a start, a sign-in or a change of post. */
  showAll(): void
}

export interface ViewParts {
  readonly store: Store
  readonly session: Pick<SessionHolder, 'current'>
  readonly outbox: Pick<Outbox, 'view'>
  readonly publish: Publish
}

/** The newest entries held on screen; a busy shift writes about forty. */
const dutyLogShown = 200

/** Names of whole answers kept in the snapshot store. */
export const snapshotNames = {
  centre: 'centre',
  onDuty: 'onDuty',
  dutyLog: 'dutyLog',
  agents: 'agents',
  collectors: 'collectors',
  equipment: 'equipment',
} as const

export function createViews({ store, session, outbox, publish }: ViewParts): Views {
  const snapshot = (name: string) => store.snapshots.get(name)
  const views: Views = {
    showDutyLog() {
      const role = session.current()?.me.role
      const mayRead = role !== undefined && mayReadDutyLog(role)
      const readAt = snapshot(snapshotNames.dutyLog)?.readAt ?? null
      publish('dutyLog.changed', { entries: mayRead ? [...store.dutyLog.newest(dutyLogShown)] : [], readAt })
    },
    showOnDuty() {
      const held = snapshot(snapshotNames.onDuty)
      publish('onDuty.changed', { people: held ? (held.state as OnDuty[]) : [], readAt: held?.readAt ?? null })
    },
    showAgents() {
      const held = snapshot(snapshotNames.agents)
      const role = session.current()?.me.role
      const mayRead = role !== undefined && mayReadAgents(role)
      publish('agents.changed', { agents: held && mayRead ? (held.state as AgentOnBoard[]) : [], readAt: held?.readAt ?? null })
    },
    showCollectors() {
      const held = snapshot(snapshotNames.collectors)
      const role = session.current()?.me.role
      const mayRead = role !== undefined && mayReadCollectors(role)
      publish('collectors.changed', { items: held && mayRead ? (held.state as CollectorNow[]) : [], readAt: held?.readAt ?? null })
    },
    showCentre() {
      const held = snapshot(snapshotNames.centre)
      publish('centre.changed', { centre: held ? (held.state as Centre) : null, readAt: held?.readAt ?? null })
    },
    showReference() {
      const { entries, readAt } = store.reference.manifest()
      publish('reference.changed', { entries: [...entries], readAt })
    },
    showOutbox: () => publish('outbox.changed', forEyesOf(outbox.view(), session.current()?.me.accountNo)),
    showSettings: () => publish('settings.changed', settingsView(store)),
    showAll() {
      for (const show of [
        views.showSettings,
        views.showCentre,
        views.showOutbox,
        views.showDutyLog,
        views.showOnDuty,
        views.showAgents,
        views.showCollectors,
        views.showReference,
      ]) {
        show()
      }
    },
  }
  return views
}

/** Who answers for the shift; the centre's own rule decides. */
export function mayReadAgents(role: RoleId): boolean {
  return (centralApi['agents.list'].roles as readonly RoleId[]).includes(role)
}

/** Who sends collectors somewhere; the centre's own rule decides. */
export function mayReadCollectors(role: RoleId): boolean {
  return (centralApi['collectors.now'].roles as readonly RoleId[]).includes(role)
}

/** This PC may hold entries that the next person's post must not read; the centre's own rule decides. */
export function mayReadDutyLog(role: RoleId): boolean {
  return (centralApi['dutyLog.list'].roles as readonly RoleId[]).includes(role)
}

/** Whether this post writes into the duty log at all. */
export function mayWriteDutyLog(role: RoleId): boolean {
  return (centralApi['dutyLog.append'].roles as readonly RoleId[]).includes(role)
}

/** What somebody else wrote about a case may be about one that the present person must not see: it shows only that it waits. */
function forEyesOf(view: OutboxView, accountNo: string | undefined): OutboxView {
  const intents = view.intents.map((intent) => {
    const isOpen = intent.accountNo === accountNo || intent.kind === 'dutyLog.append'
    return isOpen ? intent : { ...intent, summary: '他人所写，本人签入后可看', editableText: null }
  })
  return { ...view, intents }
}
