import { Button, Popover } from 'antd'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'

/**
 * A small button that opens a list beside itself. The keyboard goes into the list as it opens; Esc closes it and gives the keyboard back to the
 * button. `children` gets what closes it.
 */
export function ToolPopover(given: { readonly label: string; readonly title: string; children(close: () => void): ReactNode }) {
  const { label, title, children } = given
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const content = useRef<HTMLDivElement>(null)
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || !isOpen) return
    event.preventDefault()
    event.stopPropagation()
    setOpen(false)
    button.current?.focus()
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={title}
      open={isOpen}
      onOpenChange={setOpen}
      afterOpenChange={(isHere) => {
        if (isHere) content.current?.querySelector<HTMLElement>('input:enabled, button:enabled')?.focus()
      }}
      content={
        // biome-ignore lint/a11y/noStaticElementInteractions: it only hears Esc from the controls inside.
        <div ref={content} onKeyDown={onKeyDown}>
          {children(() => setOpen(false))}
        </div>
      }
      destroyOnHidden
    >
      <Button ref={button} type="text" size="small" aria-expanded={isOpen} onKeyDown={onKeyDown}>
        {label}
      </Button>
    </Popover>
  )
}
