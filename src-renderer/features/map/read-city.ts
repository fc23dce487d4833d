import type { ReferenceDocument, ReferenceKind } from '#shared/contracts/reference'
import type { Bridge } from '../../bridge/bridge'
import { useTopic } from '../../bridge/react'
import type { CityDocuments } from './city'

/** The newest of each document about the ground, read from the seat's own copy. */
const kinds = [
  'areas',
  'grids',
  'streetsNetwork',
  'places',
  'cameras',
  'components',
  'departments',
  'departmentAreas',
  'patrolAreas',
  'centreProfile',
  'classification',
] as const satisfies readonly ReferenceKind[]

interface Entry {
  readonly kind: ReferenceKind
  readonly id: string
  readonly hash: string
}

/** Which documents there are, and one word that changes with any of them. */
export function useCityEntries(): { readonly entries: readonly Entry[] | undefined; readonly key: string | undefined } {
  const entries = useTopic('reference.changed')?.entries.filter(({ kind }) => (kinds as readonly ReferenceKind[]).includes(kind))
  return { entries, key: entries?.map(({ kind, id, hash }) => `${kind}/${id}@${hash}`).join(' ') }
}

export async function readCity(call: Bridge['call'], entries: readonly Entry[]): Promise<CityDocuments> {
  const answers = await Promise.all(entries.map(({ kind, id }) => call('reference.get', { kind, id })))
  return choose(answers.flatMap((answer) => (answer.ok ? [answer.value.document as ReferenceDocument] : [])))
}

/** Of several classifications the one that the components are counted by; of several of another kind the first. */
function choose(found: readonly ReferenceDocument[]): CityDocuments {
  const standard = found.find((document) => document.kind === 'components')?.standard
  const wanted = found.filter((document) => document.kind !== 'classification' || document.standard === standard)
  return Object.fromEntries([...wanted].reverse().map((document) => [document.kind, document]))
}
