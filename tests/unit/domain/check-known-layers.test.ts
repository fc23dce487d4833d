import { expect, it } from 'vitest'
import { gaussKruger } from '#shared/domain/geo/coordinate-system'
import { bd09FromWgs84, gcj02FromWgs84 } from '#shared/domain/geo/datum'
import { planeOf, positionOf } from '#shared/domain/geo/gauss-kruger'
import { metresBetween, type Position } from '#shared/domain/geo/position'
import { checkKnownLayer } from '#shared/domain/geodata/check-known-layers'

/** Things that know within 80 m where they belong. */
const known: readonly Position[] = Array.from({ length: 12 }, (_, at) => ({ lng: 126.6 + at * 0.004, lat: 45.74 + (at % 4) * 0.006 }))
const layerOf = (moved: (position: Position) => Position) =>
  checkKnownLayer(known.map((position) => ({ position: moved(position), fits: (there) => metresBetween(there, position) < 80 })))

it('confirms a layer that lies where it belongs', () => {
  expect(layerOf((position) => position)).toEqual({ kind: 'confirmed', share: 1 })
})

it('names the shifted system it was in, and by how many metres it lies wrong', () => {
  const [first] = known
  if (!first) throw new Error('nothing known')
  const gcj = layerOf(gcj02FromWgs84)
  expect(gcj).toMatchObject({ kind: 'other', likely: 'GCJ-02（国测局加密坐标）', share: 0 })
  if (gcj.kind === 'other') expect(Math.abs((gcj.metres ?? 0) - metresBetween(first, gcj02FromWgs84(first)))).toBeLessThan(20)
  expect(layerOf(bd09FromWgs84)).toMatchObject({ kind: 'other', likely: 'BD-09（百度坐标）' })
})

it('names exchanged axes and the wrong zone', () => {
  expect(layerOf(({ lng, lat }) => ({ lng: lat, lat: lng }))).toMatchObject({ kind: 'other', likely: '经度和纬度写反', metres: null })
  const [right, wrong] = [gaussKruger(126), gaussKruger(129)]
  if (right.system !== 'gaussKruger' || wrong.system !== 'gaussKruger') throw new Error('no zones')
  const taken = layerOf((position) => positionOf(planeOf(position, right), wrong))
  expect(taken).toMatchObject({ kind: 'other', likely: '高斯-克吕格，中央经线差 3°', advice: expect.stringContaining('减 3°') })
})

it('says when neither fits, and when there is nothing to tell by', () => {
  expect(layerOf(({ lng, lat }) => ({ lng: lng + 0.05, lat: lat - 0.02 }))).toEqual({ kind: 'unclear', share: 0 })
  expect(checkKnownLayer([])).toEqual({ kind: 'nothing' })
})
