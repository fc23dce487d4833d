import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { quantise } from '../../../scripts/pictures/quantise'

describe('a picture for the manual', () => {
  it('keeps a small amber lamp amber among very many greys and one red', async () => {
    const [width, height] = [200, 200]
    const pixels = Buffer.alloc(width * height * 3)
    const paint = (at: number, colour: readonly number[]) => pixels.set(colour, at * 3)
    for (let at = 0; at < width * height; at += 1) {
      // Every tint of a photograph, each more frequent than the lamp.
      const tint = at % 2000
      paint(at, [100 + (tint % 20), 110 + (Math.floor(tint / 20) % 20), 120 + Math.floor(tint / 400)])
    }
    for (let at = 0; at < 60; at += 1) paint(at, [0xc6, 0x28, 0x28])
    for (let at = 500; at < 510; at += 1) paint(at, [0xc7, 0x77, 0x00])
    const small = quantise(
      await sharp(pixels, { raw: { width, height, channels: 3 } })
        .png({ palette: false })
        .toBuffer(),
    )
    const shown = await sharp(small).removeAlpha().raw().toBuffer()
    expect([...shown.subarray(505 * 3, 505 * 3 + 3)]).toEqual([0xc7, 0x77, 0x00])
    expect([...shown.subarray(30 * 3, 30 * 3 + 3)]).toEqual([0xc6, 0x28, 0x28])
  })
})
