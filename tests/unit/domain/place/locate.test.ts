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
    const locator = locatorOf(find('grids').grids, { cameras })
    const wrong = cameras.filter(({ position, gridCodes }) => locator.at(position).gridCode !== gridCodes[0])
    expect(wrong).toEqual([])
    const [first] = cameras
    const answer = locator.at(first?.position ?? { lng: 0, lat: 0 })
    expect(answer.communityCode).toBe(first?.gridCodes[0]?.slice(0, 12))
    expect(answer.streetCode).toBe(first?.gridCodes[0]?.slice(0, 9))
    expect(answer.nearest.cameras[0]).toEqual({ item: first, metres: 0 })
  })

  it('knows the grade of the area, and the departments whose areas are drawn or named by grids', () => {
    const { grids } = find('grids')
    const [first, second] = grids
    if (!first || !second) throw new Error('the city has no grids')
    const inFirst = { lng: (first.ring[0]?.[0] ?? 0) + 0.0003, lat: (first.ring[0]?.[1] ?? 0) + 0.0003 }
    const locator = locatorOf(
      grids,
      { cameras },
      {
        areaGrades: { [first.code.slice(0, 9)]: 2 },
        departmentAreas: [
          { departmentCode: 'D9', rings: [first.ring], gridCodes: [] },
          { departmentCode: 'D1', rings: null, gridCodes: [first.code] },
          { departmentCode: 'D1', rings: [first.ring], gridCodes: [first.code] },
          { departmentCode: 'D2', rings: null, gridCodes: [second.code] },
        ],
      },
    )
    expect(locator.at(inFirst)).toMatchObject({ gridCode: first.code, areaGrade: 2, departmentCodes: ['D1', 'D9'] })
    expect(locator.at({ lng: 120, lat: 30 })).toMatchObject({ areaGrade: undefined, departmentCodes: [] })
  })

  it('names what stands near kind by kind, so that a camera is not lost among lamps', () => {
    const [camera] = cameras
    if (!camera) throw new Error('the city has no cameras')
    const { lng, lat } = camera.position
    const lamps = Array.from({ length: 40 }, (_, at) => ({ code: `lamp ${at}`, position: { lng: lng + at * 1e-6, lat: lat + 1e-5 } }))
    const { nearest } = locatorOf(find('grids').grids, { lamps, cameras: [camera] }).at({ lng, lat: lat + 1e-5 })
    expect(nearest.lamps.map(({ item }) => item.code)).toEqual(['lamp 0', 'lamp 1', 'lamp 2', 'lamp 3', 'lamp 4'])
    expect(nearest.cameras.map(({ item }) => item)).toEqual([camera])
  })

  it('says outside, and still what is near', () => {
    const locator = locatorOf(find('grids').grids, { cameras })
    expect(locator.at({ lng: 120, lat: 30 })).toMatchObject({ gridCode: undefined, communityCode: undefined, nearest: { cameras: [] } })
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
