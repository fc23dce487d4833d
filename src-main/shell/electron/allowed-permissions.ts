/**
 * What our page may use: the microphone for the telephone, the buttons of a headset (which of them `guards.ts` decides by device), and the clipboard for copying;
 * each only when it asks for exactly that. Pure.
 */
export function isAllowed(permission: string, mediaTypes: readonly string[]): boolean {
  if (permission === 'clipboard-sanitized-write' || permission === 'hid') return true
  return permission === 'media' && mediaTypes.length > 0 && mediaTypes.every((type) => type === 'audio')
}
