import type { GridIndex } from '#shared/domain/geo/grid-index'
import type { Position } from '#shared/domain/geo/position'
import type { RegistrationDraft } from './registration-draft'

/** What a point on the ground fills in: itself, its unit grid, community and street. Outside all known grids only itself, and the grid it was said to be in. */
export function placeAt(position: Position, index: GridIndex | undefined, saidGrid = ''): Partial<RegistrationDraft> {
  const gridCode = index?.gridAt(position)?.code ?? saidGrid
  return { position: `${position.lng}, ${position.lat}`, ...(gridCode !== '' && areaOfGrid(gridCode)) }
}

export const areaOfGrid = (gridCode: string): Pick<RegistrationDraft, 'gridCode' | 'communityCode' | 'streetCode'> => ({
  gridCode,
  communityCode: gridCode.slice(0, 12),
  streetCode: gridCode.slice(0, 9),
})
