import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { GeoFeature } from '#shared/contracts/geo-shapes'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import type { GeoLayer } from '#shared/domain/geodata/layers'
import type { Bridge } from '../../../bridge/bridge'
import type { City } from '../city'

/** A grid as the centre has it now, with everything that a change of its code concerns. */
export interface GridSurroundings {
  readonly grid: GeoFeature
  /** Components and places of it. */
  readonly within: readonly GeoFeature[]
  /** Patrol areas, cameras and departments' areas that name it. */
  readonly naming: readonly GeoFeature[]
  /** Every grid code that the community ever had. */
  readonly given: readonly string[]
}

type Call = Bridge['call']

export async function readSurroundings(call: Call, city: City, code: string): Promise<Result<GridSurroundings, AppError>> {
  const grid = await call('geo.get', { layer: 'grid', code })
  if (!grid.ok) return grid
  const within: GeoFeature[] = []
  for (const layer of ['component', 'place'] as const) {
    const read = await readAll(call, { layer, parentCode: code })
    if (!read.ok) return read
    within.push(...read.value)
  }
  const naming: GeoFeature[] = []
  for (const named of namesOf(city, code)) {
    const read = await call('geo.get', named)
    if (read.ok) naming.push(read.value)
    // Given up since the seat read its documents: it names nothing any more.
    else if (read.error.code !== 'record/notFound') return read
  }
  const given = await readAll(call, { layer: 'grid', parentCode: code.slice(0, 12), includeRetired: true })
  return given.ok ? ok({ grid: grid.value, within, naming, given: given.value.map((one) => one.code) }) : given
}

function namesOf({ documents }: City, gridCode: string): readonly { readonly layer: GeoLayer; readonly code: string }[] {
  const { patrolAreas, cameras, departmentAreas } = documents
  const isNamed = ({ gridCodes }: { readonly gridCodes: readonly string[] }) => gridCodes.includes(gridCode)
  return [
    ...(patrolAreas?.patrolAreas ?? []).filter(isNamed).map(({ collectorNo }) => ({ layer: 'patrolArea' as const, code: collectorNo })),
    ...(cameras?.cameras ?? []).filter(isNamed).map(({ cameraNo }) => ({ layer: 'camera' as const, code: cameraNo })),
    ...(departmentAreas?.areas ?? []).filter(isNamed).map(({ areaId }) => ({ layer: 'departmentArea' as const, code: areaId })),
  ]
}

async function readAll(call: Call, query: InputOfCommand<'geo.list'>): Promise<Result<readonly GeoFeature[], AppError>> {
  const items: GeoFeature[] = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(call, query, after)
    if (!page.ok) return page
    items.push(...page.value.items)
    after = page.value.next
  } while (after !== null)
  return ok(items)
}

const readPage = (call: Call, query: InputOfCommand<'geo.list'>, after: string | null) =>
  call('geo.list', { ...query, limit: 200, ...(after !== null && { after }) })
