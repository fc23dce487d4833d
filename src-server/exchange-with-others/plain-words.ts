/**
 * Text from another platform as this centre keeps it: the same words, without what turns the direction of writing round or cannot be seen. It stays
 * text: nothing is unescaped, and nothing in it is ever markup.
 */
/** Unicode's directional marks, overrides and isolates (UAX #9 §2), zero-width letters, and the byte-order mark. */
const invisible = /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go.
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g
const halfLetter = /\p{Surrogate}/gu

export function plainWords(text: string): string {
  return text.replace(halfLetter, '').replace(invisible, '').replace(control, '').normalize('NFC').trim()
}

/** The same in one line. */
export const plainLine = (text: string): string => plainWords(text).replace(/\s+/g, ' ')
