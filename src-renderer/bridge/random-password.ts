/**
 * A first password to be read aloud or off a note: twelve characters in groups of four, without the look-alikes 0 o 1 l i (about 59 bits).
 * The page's edge to randomness; `random` fills an array with bytes, as `crypto.getRandomValues` does.
 */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'
const length = 12

/** Bytes from here on would make some characters likelier than others: 248 is the largest multiple of 31 in a byte. */
const fairBelow = Math.floor(256 / alphabet.length) * alphabet.length

export function randomPassword(random: (bytes: Uint8Array<ArrayBuffer>) => unknown = (bytes) => crypto.getRandomValues(bytes)): string {
  let letters = ''
  while (letters.length < length) {
    const bytes = new Uint8Array(length)
    random(bytes)
    for (const byte of bytes) if (byte < fairBelow && letters.length < length) letters += alphabet.charAt(byte % alphabet.length)
  }
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}
