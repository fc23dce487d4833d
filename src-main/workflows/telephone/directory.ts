import type { Centre, OnDuty } from '#shared/contracts/central-api/centre'
import type { DirectoryEntry } from '#shared/contracts/seat-api/telephone-views'
import { roles } from '#shared/domain/account/role'
import { writeNumber } from '#shared/domain/call/number'
import type { Store } from '../ports'
import { snapshotNames } from '../views'

/** Whom the seat can ring up: colleagues at their seats with who sits there now, whoever is on duty and has a telephone at work
 * (collectors above all), departments by their duty telephones, and the numbers of the last calls. From what this PC keeps. */
const recentCalls = 50

type Kept = Pick<Store, 'snapshots' | 'calls' | 'reference'>

const seatsOf = ({ snapshots }: Pick<Store, 'snapshots'>): Centre['seats'] =>
  (snapshots.get(snapshotNames.centre)?.state as Centre | undefined)?.seats ?? []

export const extensionsOf = (store: Pick<Store, 'snapshots'>): ReadonlySet<string> =>
  new Set(seatsOf(store).flatMap(({ extension }) => extension ?? []))

export const extensionOfSeat = (store: Pick<Store, 'snapshots'>, seatNo: string): string | null =>
  seatsOf(store).find((seat) => seat.seatNo === seatNo)?.extension ?? null

/** Without the seat that asks: nobody rings up themselves. */
export function directoryOf(store: Kept, ownSeatNo: string): DirectoryEntry[] {
  const onDuty = (store.snapshots.get(snapshotNames.onDuty)?.state as readonly OnDuty[] | undefined) ?? []
  const seats = seatsOf(store).flatMap(({ seatNo, name, extension }): DirectoryEntry[] => {
    const person = onDuty.find((each) => each.seatNo === seatNo)
    // A row of the hall has one name and many seats.
    const entry = { kind: 'seat', name: `${seatNo} ${name}`, detail: person?.name ?? null } as const
    return extension === null || seatNo === ownSeatNo ? [] : [{ ...entry, number: extension }]
  })
  // Whoever is out in the field has no extension. Off duty nobody is rung up.
  const people = onDuty.flatMap(({ name, role, workPhone }): DirectoryEntry[] =>
    workPhone === undefined ? [] : [{ kind: 'person', name, number: workPhone, detail: roles[role] }],
  )
  const departments = departmentsOf(store)
  const known = new Set([...extensionsOf(store), ...[...people, ...departments].map(({ number }) => number)])
  const recent: DirectoryEntry[] = []
  for (const { number, displayName } of store.calls.list({ which: 'all', limit: recentCalls }).items) {
    if (number === null || known.has(number)) continue
    known.add(number)
    recent.push({ kind: 'recent', name: displayName ?? writeNumber(number), number, detail: null })
  }
  return [...seats, ...people, ...departments, ...recent]
}

function departmentsOf({ reference }: Pick<Store, 'reference'>): DirectoryEntry[] {
  return reference.manifest().entries.flatMap(({ kind, id }) => {
    const document = kind === 'departments' ? reference.get(kind, id)?.document : undefined
    if (document?.kind !== 'departments') return []
    return document.departments.flatMap(({ name, type, phone }): DirectoryEntry[] =>
      phone === undefined ? [] : [{ kind: 'department', name, number: phone, detail: type === name ? null : type }],
    )
  })
}
