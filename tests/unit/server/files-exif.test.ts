import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { readExif } from '#server/files/exif'

type ExifText = Readonly<Record<string, Readonly<Record<string, string>>>>

/** As a camera's JPEG holds it. */
async function exifOf(text: ExifText): Promise<Buffer> {
  const photo = sharp({ create: { width: 8, height: 8, channels: 3, background: '#393' } })
  const { exif } = await sharp(await photo.withExif(text).jpeg().toBuffer()).metadata()
  if (!exif) throw new Error('no EXIF was written')
  return exif
}

const north = { GPSLatitudeRef: 'N', GPSLatitude: '30/1 30/1 3600/100', GPSLongitudeRef: 'E', GPSLongitude: '104/1 3/1 0/1' }

describe('the EXIF of a photo', () => {
  it('tells when it was taken: in China, unless it names an offset', async () => {
    const taken = { DateTimeOriginal: '2026:11:21 09:30:00' }
    expect(readExif(await exifOf({ IFD2: taken })).takenAt).toBe(Date.UTC(2026, 10, 21, 1, 30))
    expect(readExif(await exifOf({ IFD2: { ...taken, OffsetTimeOriginal: '-03:30' } })).takenAt).toBe(Date.UTC(2026, 10, 21, 13))
  })

  it('tells where, on either side of the equator and of Greenwich', async () => {
    expect(readExif(await exifOf({ IFD3: north })).position).toEqual({ lng: 104.05, lat: 30.51 })
    const south = { ...north, GPSLatitudeRef: 'S', GPSLongitudeRef: 'W' }
    expect(readExif(await exifOf({ IFD3: south })).position).toEqual({ lng: -104.05, lat: -30.51 })
  })

  it('is not believed when a clock was never set or a receiver had no fix', async () => {
    const unset = {
      IFD2: { DateTimeOriginal: '0000:00:00 00:00:00' },
      IFD3: { ...north, GPSLatitude: '0/1 0/1 0/1', GPSLongitude: '0/1 0/1 0/1' },
    }
    expect(readExif(await exifOf(unset))).toEqual({ takenAt: null, position: null })
    expect(readExif(await exifOf({ IFD3: { ...north, GPSLatitude: '95/1 0/1 0/1' } })).position).toBeNull()
    expect(readExif(await exifOf({ IFD3: { ...north, GPSLatitude: '30/0 0/1 0/1' } })).position).toBeNull()
  })

  it('may be missing, cut off anywhere or nonsense: then it says nothing', async () => {
    const whole = await exifOf({ IFD2: { DateTimeOriginal: '2026:11:21 09:30:00' }, IFD3: north })
    expect(readExif(undefined)).toEqual({ takenAt: null, position: null })
    for (let length = 0; length < whole.length; length += 1) expect(() => readExif(whole.subarray(0, length))).not.toThrow()
    for (let at = 6; at < whole.length; at += 1) {
      const spoilt = Buffer.from(whole)
      spoilt[at] = 0xff
      expect(() => readExif(spoilt)).not.toThrow()
    }
  })
})
