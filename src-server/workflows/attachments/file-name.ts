import { type MediaType, mediaTypes } from '#shared/contracts/central-api/attachments'

/**
 * A file name that is safe to show, to store under and to send back: no folders, nothing that turns the direction of writing round, and the
 * extension of what the file is. Names are for people; nothing on the server's disk is called by them.
 */
const mostLetters = 80
/** Unicode's directional marks, overrides and isolates (UAX #9 §2), zero-width letters, and the byte-order mark. */
const invisible = /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go.
const control = /[\u0000-\u001f\u007f-\u009f]/g
/** Half of a surrogate pair is no letter, and cannot be encoded. */
const halfLetter = /\p{Surrogate}/gu
/** Windows takes none of these in a name. */
const forbidden = /[<>:"|?*]/g

export function safeFileName(name: string, mediaType: MediaType): string {
  const own = name.split(/[/\\]/).at(-1) ?? ''
  const visible = own.replace(halfLetter, '').replace(invisible, '').replace(control, '').replace(forbidden, '_')
  const stem = visible.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/^[.\s]+|[.\s]+$/g, '')
  const short = [...stem].slice(0, mostLetters).join('')
  return `${short || '附件'}.${mediaTypes[mediaType].extension}`
}

/** RFC 6266 §4 with the `filename*` of RFC 8187 (which replaced RFC 5987): every browser reads it, and no letter of the name can end the header. */
export function contentDisposition(kind: 'attachment' | 'inline', fileName: string): string {
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${kind}; filename*=UTF-8''${encoded}`
}
