/**
 * The demonstration's city from one seed: ground, streets, places, cameras, components, patrol areas, and who answers for what. As large as the
 * centre that the product's sources describe, with the names of 平房区 and streets that do not exist. Pure: the same seed, the same city.
 */
import type { ReferenceDocument } from '#shared/contracts/reference'
import { camerasDocument } from './cameras'
import { componentsDocument } from './components'
import { dutiesOf, handbookDocument, responsibilityDocument } from './duties'
import { areasDocument, gridsDocument, layGround } from './ground'
import { buildMesh } from './mesh'
import { patrolAreasDocument } from './patrol'
import { placesDocument } from './places'
import { chanceOf } from './random'
import type { CitySources } from './sources'
import { nameStreets, streetsNetworkDocument } from './streets'

export interface City {
  readonly areas: ReferenceDocument<'areas'>
  readonly grids: ReferenceDocument<'grids'>
  readonly streetsNetwork: ReferenceDocument<'streetsNetwork'>
  readonly places: ReferenceDocument<'places'>
  readonly cameras: ReferenceDocument<'cameras'>
  readonly components: ReferenceDocument<'components'>
  readonly patrolAreas: ReferenceDocument<'patrolAreas'>
  readonly responsibility: ReferenceDocument<'responsibility'>
  readonly handbook: ReferenceDocument<'handbook'>
}

/** The size of the centre in the sources: 6 streets, 26 communities, 418 grids, 58 collectors, 34 cameras; components and places are ours. */
export const citySize = { grids: 418, collectors: 58, cameras: 34, components: 20_000, places: 300 } as const
const communitiesPerStreet = [4, 4, 4, 5, 5, 4] as const

export function buildCity(seed: number, shipped: CitySources): City {
  const sources = { ...shipped, areas: cutDown(shipped.areas) }
  const { areas, edition } = sources
  // One stream of chance per part: a change in one part leaves the others as they were.
  const chance = (part: number) => chanceOf(seed * 31 + part)
  const mesh = buildMesh(communitiesPerStreet, citySize.grids, chance(1))
  const ground = layGround(mesh, areas.communities)
  const streets = nameStreets(mesh)
  const duties = dutiesOf(sources)
  const regionName = areas.region.name
  return {
    areas: areasDocument(areas, ground),
    grids: gridsDocument(areas, ground),
    streetsNetwork: streetsNetworkDocument(regionName, streets, ground.nodes),
    places: placesDocument({ regionName, ground, streets, count: citySize.places, chance: chance(2) }),
    cameras: camerasDocument(areas.region, ground, streets, citySize.cameras),
    components: componentsDocument({ sources, ground, duties, count: citySize.components, chance: chance(3) }),
    patrolAreas: patrolAreasDocument(regionName, ground, citySize.collectors, chance(4)),
    responsibility: responsibilityDocument(sources, duties),
    handbook: handbookDocument(edition, duties),
  }
}

/** The first streets, each with as many of its communities as the city has room for. */
function cutDown(areas: CitySources['areas']): CitySources['areas'] {
  const streets = areas.streets.slice(0, communitiesPerStreet.length)
  const communities = streets.flatMap(({ code }, index) =>
    areas.communities.filter(({ streetCode }) => streetCode === code).slice(0, communitiesPerStreet[index]),
  )
  return { ...areas, streets, communities }
}
