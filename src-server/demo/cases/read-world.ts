/** Puts the world of the demonstration's cases together from what is stored. */
import type { ReferenceDocument, ReferenceKind } from '#shared/contracts/reference'
import { documentsOfKind } from '../../store/reference-store'
import type { Services } from '../../workflows/services'
import { demonstrationSeed } from '../areas'
import { readPeople } from '../seed-accounts'
import { buildWorld, type CaseWorld } from './world'

/** Undefined when the centre has no city to have cases in: no demonstration's documents, or no usable profile. */
export async function readWorld(services: Services, seed = demonstrationSeed): Promise<CaseWorld | undefined> {
  const { db } = services
  const first = async <K extends ReferenceKind>(kind: K): Promise<ReferenceDocument<K> | undefined> => (await documentsOfKind(db, kind))[0]
  const { profile, calendar } = await services.caseSettings.read(db)
  const classification = (await documentsOfKind(db, 'classification')).find(({ replacedBy }) => replacedBy === null)
  const [handbook, responsibility, places, components] = [
    await first('handbook'),
    await first('responsibility'),
    await first('places'),
    await first('components'),
  ]
  const [cameras, grids, patrolAreas, departments] = [
    await first('cameras'),
    await first('grids'),
    await first('patrolAreas'),
    await first('departments'),
  ]
  if (!profile || !classification || !handbook || !responsibility || !places || !components) return undefined
  if (!cameras || !grids || !patrolAreas || !departments) return undefined
  const documents = { handbook, responsibility, places, components, cameras, grids, patrolAreas, departments, classification }
  return buildWorld({ seed, documents, people: await readPeople(services), profile, calendar })
}
