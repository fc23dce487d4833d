import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { demonstrationOf } from '#server/demo/areas'
import { createTileDrawer, type DrawnStreet } from '#server/demo/base-map/draw-tile'
import { type CheckedBase, type CheckRoad, checkPlaces, recogniseBase } from '#shared/domain/base-map/recognise-base'
import { tianditu } from '#shared/domain/base-map/source'
import { gaussKruger } from '#shared/domain/geo/coordinate-system'
import { gcj02FromWgs84 } from '#shared/domain/geo/datum'
import { metresBetween } from '#shared/domain/geo/position'
import areasFile from '../../../../resources/reference/areas-230108.json'
import oldEditionFile from '../../../../resources/reference/classification-gbt30428.2-2013.json'
import editionFile from '../../../../resources/reference/classification-gbt47678.5-2026.json'
import departmentsFile from '../../../../resources/reference/departments.json'
import limitsFile from '../../../../resources/reference/handling-limits-gbt30428.2-2013.json'

/** The demonstration's streets, drawn in one system and said to be in another. */
const shipped = [areasFile, oldEditionFile, editionFile, departmentsFile, limitsFile].map(({ id, document }) => ({
  id,
  origin: 'product' as const,
  document,
}))
const network = demonstrationOf(shipped).find(({ document }) => (document as { kind: string }).kind === 'streetsNetwork')
const streets = (network?.document as { readonly streets: readonly DrawnStreet[] } | undefined)?.streets ?? []
const widths = { trunk: 40, main: 26, minor: 14, lane: 7 } as const
const roads: readonly CheckRoad[] = streets.flatMap(({ rank, lines }) =>
  lines.map((line) => ({ widthM: widths[rank], line: line.map(([lng, lat]) => ({ lng, lat })) })),
)
const places = checkPlaces(roads, 3)

const web: CheckedBase = { ...tianditu('electronic', 'w') }
const plane: CheckedBase = {
  ...web,
  coordinates: gaussKruger(126),
  tiling: { kind: 'plane', originEast: 300_000, originNorth: 5_400_000, resolutions: [64, 32, 16, 8, 4, 2, 1] },
  ...{ minZoom: 0, maxZoom: 6 },
}

function verdictOf(
  truly: CheckedBase,
  declared: CheckedBase,
  turn: 'rows' | 'axes' | 'not' = 'not',
  look: 'electronic' | 'imagery' = 'electronic',
) {
  const drawer = createTileDrawer({ ...truly, look }, streets)
  return recogniseBase(declared, roads, places, async (z, x, y) => {
    const asked = turn === 'axes' ? { z, x: y, y: x } : { z, x, y: turn === 'rows' ? 2 ** z - 1 - y : y }
    const png = await drawer.draw(asked)
    if (!png) return undefined
    const grey = await sharp(png).greyscale().raw().toBuffer()
    return { size: 256, values: Float32Array.from(grey) }
  })
}

describe('a base map that is in another system than it is said to be', () => {
  it('is confirmed when it is right, in every system and cut', async () => {
    for (const base of [
      web,
      { ...web, tiling: { kind: 'geographic' as const } },
      { ...web, coordinates: { system: 'GCJ-02' as const } },
      plane,
    ]) {
      const verdict = await verdictOf(base, base)
      expect(verdict.kind).toBe('confirmed')
      if (verdict.kind === 'confirmed')
        expect(verdict.offset.metres, JSON.stringify([base.tiling, base.coordinates, verdict])).toBeLessThan(8)
    }
  }, 60_000)

  it('is named GCJ-02 or BD-09, with how far off it is', async () => {
    const gcj = await verdictOf({ ...web, coordinates: { system: 'GCJ-02' } }, web)
    expect(gcj).toMatchObject({ kind: 'other', likely: 'GCJ-02（国测局加密坐标）' })
    const [place] = places
    if (gcj.kind === 'other' && place)
      expect(Math.abs((gcj.offset?.metres ?? 0) - metresBetween(place, gcj02FromWgs84(place)))).toBeLessThan(15)
    expect(await verdictOf({ ...web, coordinates: { system: 'BD-09' } }, web)).toMatchObject({ kind: 'other', likely: 'BD-09（百度坐标）' })
  }, 60_000)

  it('is named for rows from the south, rows and columns exchanged, and the wrong zone', async () => {
    expect(await verdictOf(web, web, 'rows')).toMatchObject({ kind: 'other', likely: expect.stringContaining('TMS') })
    expect(await verdictOf(web, web, 'axes')).toMatchObject({ kind: 'other', likely: '行号与列号写反' })
    expect(await verdictOf(plane, { ...plane, coordinates: gaussKruger(129) })).toMatchObject({
      kind: 'other',
      advice: '分带不对，把中央经线改为 126°',
    })
  }, 60_000)

  it('is measured when it is moved by what no system moves', async () => {
    const truly: CheckedBase = {
      ...plane,
      tiling: { kind: 'plane', originEast: 300_090, originNorth: 5_400_060, resolutions: [64, 32, 16, 8, 4, 2, 1] },
    }
    const verdict = await verdictOf(truly, plane)
    expect(verdict.kind).toBe('moved')
    if (verdict.kind === 'moved') expect(Math.abs(verdict.offset.metres - Math.hypot(90, 60))).toBeLessThan(12)
  }, 60_000)

  it('proves nothing without a picture', async () => {
    expect(await recogniseBase(web, roads, places, async () => undefined)).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('取不到图'),
    })
    const flat = { size: 256, values: new Float32Array(256 * 256).fill(128) }
    expect(await recogniseBase(web, roads, places, async () => flat)).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('分不出道路'),
    })
  }, 60_000)
})
