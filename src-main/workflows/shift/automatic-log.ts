import type { Clock, EpochMs, Stop } from '#shared/base/clock'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { StateOfTopic, TopicName } from '#shared/contracts/seat-api/table'
import { faultWords } from '#shared/domain/agent/answerability'
import type { DutyLogKind } from '#shared/domain/duty-log/duty-log'
import type { DutyLogLink } from '#shared/domain/duty-log/seal'
import { createWallIncidents } from './wall-incidents'

/**
 * What the program writes into the duty log by itself, marked as such: the centre away and back, a seat forced not ready, calls taken over, urgent cases,
 * incidents of the big screen. It follows what
 * windows are told and keeps only what it has written already. The hall's affairs are written once, at the seat of the shift lead; a seat's own at that seat.
 */
export interface AutomaticLog {
  /** A topic was published. */
  follow(topic: TopicName): void
  readonly stop: Stop
}

export interface AutomaticLogParts {
  readonly clock: Clock
  readonly now: () => EpochMs
  readonly me: () => Me | undefined
  readonly look: <N extends TopicName>(topic: N) => StateOfTopic<N> | undefined
  readonly write: (me: Me, entry: { readonly kind: DutyLogKind; readonly text: string; readonly links?: readonly DutyLogLink[] }) => void
}

/** Shorter gaps show in the status bar alone. */
const outageAfterMs = 60_000
/** A fault that comes and goes within it is one. */
const faultAfterMs = 30_000

export function createAutomaticLog({ clock, now, me, look, write }: AutomaticLogParts): AutomaticLog {
  let awaySince: EpochMs | undefined
  let isOutageWritten = false
  let waiting: Stop = () => {}
  let forcedWaiting: Stop = () => {}
  let forcedAs: string | null = null
  const seenUrgent = new Set<string>()
  const seenTakers = new Set<string>()
  const walls = createWallIncidents(clock, (text) => {
    const person = lead()
    if (person) write(person, { kind: 'equipment', text })
    return person !== undefined
  })

  const lead = (): Me | undefined => {
    const person = me()
    return person?.role === 'shiftLead' ? person : undefined
  }

  function connection(state: string, since: EpochMs): void {
    if (state === 'offline') {
      if (awaySince !== undefined) return
      awaySince = since
      waiting = clock.after(outageAfterMs, () => {
        const person = lead()
        if (!person) return
        isOutageWritten = true
        write(person, { kind: 'equipment', text: `中心离线，自 ${timeOf(since)} 起，转本机办理。` })
      })
      return
    }
    if (state !== 'online') return
    waiting()
    const person = lead()
    if (isOutageWritten && awaySince !== undefined && person) {
      write(person, { kind: 'equipment', text: `中心恢复，离线 ${Math.max(1, Math.round((now() - awaySince) / 60_000))} 分钟。` })
    }
    awaySince = undefined
    isOutageWritten = false
  }

  function forced(by: string | null): void {
    if (by === forcedAs) return
    forcedAs = by
    forcedWaiting()
    if (by === null) return
    forcedWaiting = clock.after(faultAfterMs, () => {
      const person = me()
      if (person) write(person, { kind: 'equipment', text: `坐席 ${person.seatNo} 自动示忙：${by}。` })
    })
  }

  /** A call that was taken over is written where it was taken from: that seat knows when. */
  function takenOver(listeners: StateOfTopic<'telephone.changed'>['listeners']): void {
    const takers = listeners.filter(({ mode }) => mode === 'takeOver')
    const present = new Set(takers.map(({ accountNo, since }) => `${accountNo}/${since}`))
    for (const key of seenTakers) if (!present.has(key)) seenTakers.delete(key)
    const person = me()
    if (!person) return
    for (const { accountNo, name, since } of takers) {
      if (seenTakers.has(`${accountNo}/${since}`)) continue
      seenTakers.add(`${accountNo}/${since}`)
      const links: DutyLogLink[] = [{ to: 'seat', id: person.seatNo, label: `坐席 ${person.seatNo}` }]
      write(person, { kind: 'event', text: `值班长${name}于 ${timeOf(since)} 接管坐席 ${person.seatNo}（${person.name}）的通话。`, links })
    }
  }

  function urgent(changes: StateOfTopic<'cases.changed'>['changes']): void {
    const person = lead()
    if (!person) return
    for (const { row } of changes) {
      if (!row?.isUrgent || row.endedAt !== null || seenUrgent.has(row.caseId)) continue
      seenUrgent.add(row.caseId)
      // Only what has just become one: whoever reads the queues anew is told of every case in them.
      if (now() - row.enteredAt > outageAfterMs) continue
      const words = row.isSensitive ? '（敏感件）' : `${row.subclassName}，${row.address || row.summary}`
      write(person, { kind: 'event', text: `紧急案卷 ${row.caseNo}：${words}`, links: [{ to: 'case', id: row.caseId, label: row.caseNo }] })
    }
  }

  return {
    follow(topic) {
      if (topic === 'connection.changed') {
        const view = look(topic)
        if (view) connection(view.state, view.since)
      }
      if (topic === 'telephone.changed') {
        const view = look(topic)
        forced(forcedBy(view?.agent.forced ?? null))
        takenOver(view?.listeners ?? [])
      }
      if (topic === 'wall.changed') walls.follow(look(topic)?.walls ?? [])
      if (topic === 'session.changed' && look(topic)?.state === 'signedOut') seenUrgent.clear()
      if (topic === 'cases.changed') urgent(look(topic)?.changes ?? [])
    },
    stop() {
      waiting()
      forcedWaiting()
      walls.stop()
    },
  }
}

type Forced = NonNullable<StateOfTopic<'telephone.changed'>['agent']['forced']>

/** What forced the seat, in words; null: nothing, or that somebody left their seat, which is for attendance: the log would accuse. */
function forcedBy(forced: Forced | null): string | null {
  if (forced?.by === 'fault') return forced.faults.map((fault) => faultWords[fault].name).join('、')
  if (forced?.by === 'shiftLead') return `值班长置忙（${forced.note}）`
  return forced?.by === 'unansweredRing' ? '振铃无人应答' : null
}

const timeOf = (at: EpochMs): string => new Date(at + 8 * 3_600_000).toISOString().slice(11, 16)
