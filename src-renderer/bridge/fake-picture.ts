import type { CaseAttachment } from '#shared/contracts/case-shapes'

/** A drawn street with a patch on it in place of a photo: told apart by colour, sized like one, and made without a file. */
export function fakePicture({ attachmentId, purpose, fileName, mediaType }: CaseAttachment): {
  readonly mediaType: string
  readonly fileName: string
  readonly base64: string
} {
  if (!mediaType.startsWith('image/')) return { mediaType, fileName, base64: btoa('%PDF-1.4\n%%EOF\n') }
  const hue = [...attachmentId].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 360, 7)
  const isBefore = purpose === 'report' || purpose === 'verification' || purpose === 'before'
  const patch = isBefore ? '<ellipse cx="780" cy="900" rx="210" ry="80" fill="#2c2620"/>' : ''
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200" viewBox="0 0 1600 1200">
<rect width="1600" height="620" fill="hsl(${hue},22%,78%)"/><rect y="620" width="1600" height="580" fill="hsl(${hue},6%,46%)"/>
<rect x="120" y="180" width="420" height="440" fill="hsl(${(hue + 40) % 360},24%,60%)"/>
<rect x="980" y="120" width="480" height="500" fill="hsl(${(hue + 90) % 360},20%,55%)"/>${patch}</svg>`
  return { mediaType: 'image/svg+xml', fileName, base64: btoa(svg) }
}
