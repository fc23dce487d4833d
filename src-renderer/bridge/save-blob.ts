import { browserClock } from './browser-clock'

/** Hands a file to whoever sits here, as the page's shell does with any download. */
export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has taken the bytes once the click was handled.
  browserClock.after(60_000, () => URL.revokeObjectURL(link.href))
}
