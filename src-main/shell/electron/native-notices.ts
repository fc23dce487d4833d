import { Notification } from 'electron'
import type { Notice } from '#shared/contracts/seat-api/views'

/** Shows notices through the operating system while no window of ours has the focus; inside a window the page shows them itself. */
export interface NativeNoticesNeeds {
  isFocused(): boolean
  /** Somebody clicked a notice. */
  onOpened(): void
}

/** A notification nobody holds is collected, and its click is lost; the newest few are enough. */
const heldLimit = 20

export function createNativeNotices({ isFocused, onOpened }: NativeNoticesNeeds): (notice: Notice) => void {
  const held: Notification[] = []
  return ({ title, text, level }) => {
    if (isFocused() || !Notification.isSupported()) return
    const notification = new Notification({ title, body: text, urgency: level === 'error' ? 'critical' : 'normal' })
    notification.on('click', onOpened)
    held.push(notification)
    if (held.length > heldLimit) held.shift()
    notification.show()
  }
}
