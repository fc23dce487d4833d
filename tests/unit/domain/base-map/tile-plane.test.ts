import { describe, expect, it } from 'vitest'
import { type BaseMapSource, tianditu } from '#shared/domain/base-map/source'
import { spotOf, tilePlaneOf } from '#shared/domain/base-map/tile-plane'
import { baiduPlaneOf, baiduPositionOf } from '#shared/domain/geo/baidu-mercator'
import { gaussKruger } from '#shared/domain/geo/coordinate-system'
import { gcj02FromWgs84 } from '#shared/domain/geo/datum'
import { metresBetween } from '#shared/domain/geo/position'

const harbin = { lng: 126.6424, lat: 45.7567 }
const base: BaseMapSource = tianditu('electronic', 'w')
const local: BaseMapSource = {
  ...base,
  coordinates: gaussKruger(126),
  tiling: { kind: 'plane', originEast: 400_000, originNorth: 5_200_000, resolutions: [64, 32, 16, 8, 4, 2, 1] },
}
const all: readonly BaseMapSource[] = [
  base,
  tianditu('imagery', 'c'),
  { ...base, coordinates: { system: 'GCJ-02' } },
  { ...base, coordinates: { system: 'BD-09' }, tiling: { kind: 'baidu' } },
  { ...base, coordinates: { system: 'BD-09' } },
  local,
]

describe('the plane of a base map', () => {
  it('leads back to where it came from, within a millimetre, whatever it is', () => {
    for (const source of all) {
      const plane = tilePlaneOf(source)
      for (const position of [harbin, { lng: 113.27, lat: 23.13 }, { lng: 87.6, lat: 43.8 }]) {
        if (source.tiling.kind === 'plane' && Math.abs(position.lng - 126) > 3) continue
        expect(metresBetween(plane.fromPlane(plane.toPlane(position)), position)).toBeLessThan(0.001)
      }
    }
  })

  // OSM's slippy map: the square of Harbin at zoom 12 by its published formula.
  it('finds the square of a position as EPSG:3857 and EPSG:4490 number them', () => {
    expect(spotOf(base, harbin, 12)).toMatchObject({ x: 3488, y: 1461 })
    // 360° / 2^12 a square: (126.6424 + 180) / 0.087890625, (90 − 45.7567) / 0.087890625.
    expect(spotOf(tianditu('imagery', 'c'), harbin, 12)).toMatchObject({ x: 3488, y: 503 })
  })

  it('lays GCJ-02 squares where GCJ-02 says, hundreds of metres away', () => {
    const shifted = spotOf({ ...base, coordinates: { system: 'GCJ-02' } }, harbin, 18)
    expect(shifted).toEqual(spotOf(base, gcj02FromWgs84(harbin), 18))
    expect(shifted).not.toEqual(spotOf(base, harbin, 18))
  })

  it('counts rows of Baidu to the north, and pixels still from the north', () => {
    const baidu: BaseMapSource = { ...base, coordinates: { system: 'BD-09' }, tiling: { kind: 'baidu' } }
    const here = spotOf(baidu, harbin, 16)
    const north = spotOf(baidu, { ...harbin, lat: harbin.lat + 0.02 }, 16)
    expect(north.y).toBeGreaterThan(here.y)
    expect(spotOf(baidu, { ...harbin, lat: harbin.lat + 1e-5 }, 16).down).toBeLessThan(here.down)
  })

  it('counts a local plane from its own corner', () => {
    const [east, north] = tilePlaneOf(local).toPlane(harbin)
    expect(spotOf(local, harbin, 6)).toMatchObject({ x: Math.floor((east - 400_000) / 256), y: Math.floor((5_200_000 - north) / 256) })
  })
})

describe('the plane of Baidu', () => {
  // The example of Baidu's own description of its conversion service.
  it('puts Tiananmen where Baidu puts it', () => {
    const { lng, lat } = baiduPositionOf([12_958_160.97, 4_825_923.77])
    expect(lng).toBeCloseTo(116.403874, 6)
    expect(lat).toBeCloseTo(39.915, 6)
  })

  // The same script interface names the northings at which its way back changes rows.
  it('changes rows where Baidu does', () => {
    const northings = [15, 30, 45, 60].map((lat) => baiduPlaneOf({ lng: 120, lat: lat - 1e-9 })[1])
    const told = [1_678_043.12, 3_481_989.83, 5_591_021, 8_362_377.87]
    for (const [at, northing] of northings.entries()) expect(Math.abs(northing - (told[at] ?? 0))).toBeLessThan(0.5)
    expect(baiduPositionOf(baiduPlaneOf({ lng: -70, lat: -33 })).lat).toBeCloseTo(-33, 8)
  })
})
