import { fileTypeFromBuffer } from 'file-type'
import { type MediaType, mediaTypes } from '#shared/contracts/central-api/attachments'

/** Tells by its first bytes what a file is, whatever its name and its sender say. */

/** What file-type calls the same thing. */
const otherNames: Readonly<Record<string, MediaType>> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/opus': 'audio/ogg',
  'audio/ogg; codecs=opus': 'audio/ogg',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
}

/** `head`: the first bytes of the file, a few thousand at most, so that nothing in it can be unpacked to any size. Undefined: nothing that we take in. */
export async function mediaTypeOf(head: Uint8Array): Promise<MediaType | undefined> {
  // A container that is cut off makes the parser throw; then it is none of ours.
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  if (found === undefined) return undefined
  return isMediaType(found.mime) ? found.mime : otherNames[found.mime]
}

export function isMediaType(text: string): text is MediaType {
  return Object.hasOwn(mediaTypes, text)
}
