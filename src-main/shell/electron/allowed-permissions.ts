/**
 * What our page may use: the microphone for the telephone, and the clipboard for copying; both only when it asks for exactly that. Pure.
 */
export function isAllowed(permission: string, mediaTypes: readonly string[]): boolean {
  if (permission === 'clipboard-sanitized-write') return true
  return permission === 'media' && mediaTypes.length > 0 && mediaTypes.every((type) => type === 'audio')
}
