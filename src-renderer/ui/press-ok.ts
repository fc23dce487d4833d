import type { KeyboardEvent } from 'react'

/** Enter in the only field of a small dialog is its OK. */
export function pressOk(event: KeyboardEvent<HTMLElement>): void {
  if (event.nativeEvent.isComposing) return
  event.currentTarget.closest('.ant-modal')?.querySelector<HTMLButtonElement>('.ant-modal-confirm-btns .ant-btn-primary')?.click()
}
