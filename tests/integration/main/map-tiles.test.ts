import { PMTiles } from 'pmtiles'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openGround } from '#server/workflows/geo/adopt'
import { groundFiles } from '../../fixtures/ground'
import { createSeatPlace, password, type SeatPlace, startCentre, type TestCentre } from './harness'

describe('map tiles at a seat', () => {
  let centre: TestCentre
  let place: SeatPlace
  beforeEach(async () => {
    centre = await startCentre({ referenceFiles: groundFiles })
    place = createSeatPlace(centre.proxy.url)
  })
  afterEach(async () => {
    await place.remove()
    await centre.stop()
  })

  it('come by themselves when the centre has cut them, and are there without the centre', async () => {
    const seat = await place.start()
    await seat.must('session.signIn', { accountNo: '0201', password })
    await openGround(centre.services)
    await centre.services.geoPublisher.publishDue()
    const { archive } = await seat.until('mapTiles.changed', (view) => view.archive !== null)
    expect(archive?.address).toBe(`/map-tiles/${archive?.sha256}.pmtiles`)
    await seat.stop()

    centre.proxy.set('cut')
    const later = await place.start()
    expect((await later.state('mapTiles.changed'))?.archive).toEqual(archive)
    const served = later.seat.mapArchive(archive?.sha256 ?? '')
    const tiles = new PMTiles({
      getKey: () => 'seat',
      async getBytes(offset: number, length: number) {
        const pieces: Uint8Array[] = []
        for await (const piece of served?.read(offset, Math.min(offset + length, served.bytes)) ?? []) pieces.push(piece)
        return { data: new Uint8Array(Buffer.concat(pieces)).buffer }
      },
    })
    expect(await tiles.getHeader()).toMatchObject({ specVersion: 3, minZoom: 8, maxZoom: 16 })
    expect(await tiles.getMetadata()).toMatchObject({ name: '城市底数' })
  })
})
