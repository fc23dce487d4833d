/** Text in GB18030, as far as two octets go: the table is turned round from what the platform can decode. */
let table: Map<string, number> | undefined

export function gb18030(text: string): Buffer {
  table ??= makeTable()
  const octets: number[] = []
  for (const character of text) {
    const code = character.charCodeAt(0)
    if (code < 0x80) octets.push(code)
    else {
      const pair = table.get(character)
      if (pair === undefined) throw new Error(`no two octets for ${character}`)
      octets.push(pair >> 8, pair & 0xff)
    }
  }
  return Buffer.from(octets)
}

function makeTable(): Map<string, number> {
  const made = new Map<string, number>()
  const decoder = new TextDecoder('gb18030')
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1)
      if (trail !== 0x7f) made.set(decoder.decode(Buffer.from([lead, trail])), (lead << 8) | trail)
  return made
}
