import { Button, type ButtonProps, Tooltip } from 'antd'
import { useId } from 'react'
import { Kbd } from './kbd'
import './ui.css'

export interface ActionButtonProps extends Omit<ButtonProps, 'disabled'> {
  /** Why it cannot act now; null or undefined when it can. The button stays reachable, so that the reason can be read and heard. */
  readonly reason?: string | null | undefined
  readonly keys?: string
}

/** A button with its key, grey with a reason when it cannot act (never simply `disabled`, which hides the reason from the keyboard). */
export function ActionButton({ reason, keys, onClick, children, className, ...rest }: ActionButtonProps) {
  const id = useId()
  const isGrey = reason !== null && reason !== undefined
  const button = (
    <Button
      {...rest}
      className={[className, isGrey ? 'ui-grey-button' : undefined].filter(Boolean).join(' ')}
      {...(isGrey && { 'aria-disabled': true, 'aria-describedby': id })}
      {...(!isGrey && onClick && { onClick })}
      {...(isGrey && rest.htmlType === 'submit' && { htmlType: 'button' as const })}
    >
      {children}
      {keys !== undefined && <Kbd>{keys}</Kbd>}
    </Button>
  )
  if (!isGrey) return button
  return (
    <Tooltip title={reason}>
      <span>
        {button}
        <span id={id} className="ui-sr-only">
          {reason}
        </span>
      </span>
    </Tooltip>
  )
}

/** Any other control that is grey: the wrapper takes the focus and gives the reason. The caller disables the control inside. */
export function GreyReason({ reason, children }: { readonly reason: string | null; readonly children: React.ReactNode }) {
  if (reason === null) return children
  return (
    <Tooltip title={reason}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the control inside is disabled, so the wrapper must be reachable to say why. */}
      <span className="ui-grey" role="note" aria-label={reason} tabIndex={0}>
        {children}
      </span>
    </Tooltip>
  )
}
