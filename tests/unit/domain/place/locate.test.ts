import { describe, expect, it } from 'vitest'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { metresBetween } from '#shared/domain/geo/position'
import { locatorOf, nearIndexOf } from '#shared/domain/place/locate'
import { demonstrationReference } from '../../../fixtures/demo-world'

const documents = demonstrationReference.map(({ document }) => document as ReferenceDocument)
const find = <K extends ReferenceDocument['kind']>(kind: K) =>
  documents.find((document) => document.kind === kind) as Extract<ReferenceDocument, { kind: K }>
const cameras = find('cameras').cameras.map(({ cameraNo, gridCodes, position: [lng, lat] }) => ({
  cameraNo,
  gridCodes,
  position: { lng, lat },
}))

describe('where a position is', () => {
  it('knows grid, community and street of every camera of the city', () => {
    const locator = locatorOf(find('grids').grids, cameras)
    const wrong = cameras.filter(({ position, gridCodes }) => locator.at(position).gridCode !== gridCodes[0])
    expect(wrong).toEqual([])
    const [first] = cameras
    const answer = locator.at(first?.position ?? { lng: 0, lat: 0 })
    expect(answer.communityCode).toBe(first?.gridCodes[0]?.slice(0, 12))
    expect(answer.streetCode).toBe(first?.gridCodes[0]?.slice(0, 9))
    expect(answer.nearest[0]).toEqual({ item: first, metres: 0 })
  })

  it('says outside, and still what is near', () => {
    const locator = locatorOf(find('grids').grids, cameras)
    expect(locator.at({ lng: 120, lat: 30 })).toMatchObject({ gridCode: undefined, communityCode: undefined, nearest: [] })
  })

  it('finds the same neighbours as looking at all of them', () => {
    const index = nearIndexOf(cameras)
    for (const { position } of cameras.slice(0, 40)) {
      const from = { lng: position.lng + 0.0007, lat: position.lat - 0.0004 }
      const all = cameras
        .map((item) => ({ item, metres: metresBetween(from, item.position) }))
        .filter(({ metres }) => metres <= 800)
        .sort((a, b) => a.metres - b.metres)
      expect(index.nearest(from, 3, 800).map(({ item }) => item.cameraNo)).toEqual(all.slice(0, 3).map(({ item }) => item.cameraNo))
    }
  })
})
