/**
 * The file format of recordings: RIFF WAVE with G.711 A-law (format tag 6), 8 kHz, two channels, left the far side, right the seat. The header is
 * 58 octets: `fmt ` of 18 (an extension size is obligatory for compressed formats), `fact` with the number of samples, `data`. All players that can play A-law take it.
 */
export const wavHeaderLength = 58
export const samplesPerSecond = 8_000
/** One octet for each side. */
export const octetsPerSample = 2
const formatALaw = 6

/** The header of a file that holds `samples` on each side. */
export function wavHeader(samples: number): Buffer {
  const header = Buffer.alloc(wavHeaderLength)
  const dataLength = samples * octetsPerSample
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(wavHeaderLength - 8 + dataLength, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(18, 16)
  header.writeUInt16LE(formatALaw, 20)
  header.writeUInt16LE(octetsPerSample, 22)
  header.writeUInt32LE(samplesPerSecond, 24)
  header.writeUInt32LE(samplesPerSecond * octetsPerSample, 28)
  header.writeUInt16LE(octetsPerSample, 32)
  header.writeUInt16LE(8, 34)
  header.write('fact', 38, 'latin1')
  header.writeUInt32LE(4, 42)
  header.writeUInt32LE(samples, 46)
  header.write('data', 50, 'latin1')
  header.writeUInt32LE(dataLength, 54)
  return header
}

/** Whole samples in a file of so many octets, whatever its header says. */
export function samplesIn(fileLength: number): number {
  return Math.max(0, Math.floor((fileLength - wavHeaderLength) / octetsPerSample))
}

export function millisecondsOf(samples: number): number {
  return Math.round((samples * 1_000) / samplesPerSecond)
}
