import { describe, expect, it } from 'vitest'
import { pdfOf } from '../../../src-renderer/ui/pdf'

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xd9])
const made = pdfOf({
  ...{ title: '平房区地图', width: 297, height: 210, jpeg },
  pixels: { width: 2806, height: 1984 },
  madeAt: new Date(Date.UTC(2026, 10, 21, 6, 3, 22)),
})
const words = Array.from(made, (byte) => String.fromCharCode(byte)).join('')

describe('a sheet as a PDF', () => {
  it('says where each of its objects begins', () => {
    const table = /xref\n0 7\n0{10} 65535 f \n((?:\d{10} 00000 n \n){6})/.exec(words)?.[1] ?? ''
    const starts = table
      .trim()
      .split('\n')
      .map((row) => Number(row.slice(0, 10)))
    expect(starts.map((start) => words.slice(start, start + 7))).toEqual(['1 0 obj', '2 0 obj', '3 0 obj', '4 0 obj', '5 0 obj', '6 0 obj'])
    const startOfTable = Number(/startxref\n(\d+)/.exec(words)?.[1])
    expect(words.slice(startOfTable, startOfTable + 4)).toBe('xref')
  })

  it('is A4 across, carries the picture as it was given, and its Chinese title', () => {
    expect(words).toContain('/MediaBox [0 0 841.89 595.28]')
    expect(words).toContain(`/Length 4 >>\nstream\n${String.fromCharCode(...jpeg)}\nendstream`)
    expect(words).toContain('/Title <FEFF5E73623F533A573056FE>')
    expect(words).toContain('/CreationDate (D:20261121060322Z)')
  })
})
