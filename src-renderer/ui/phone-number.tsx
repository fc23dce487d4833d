import { createContext, useContext } from 'react'
import { writeNumber } from '#shared/domain/call/number'
import './ui.css'

/**
 * A number on screen that is called with one press. The frame says how to call and why it cannot be done now; where nobody says so, the number is
 * plain text.
 */
export interface Dialer {
  /** Why no number can be called now; null when one can. */
  readonly reason: string | null
  dial(number: string, caseNo?: string | null): void
}

const DialerContext = createContext<Dialer | undefined>(undefined)
export const DialerProvider = DialerContext.Provider

export function PhoneNumber({ number, caseNo = null }: { readonly number: string; readonly caseNo?: string | null }) {
  const dialer = useContext(DialerContext)
  const words = writeNumber(number)
  if (!dialer) return <span>{words}</span>
  const isGrey = dialer.reason !== null
  return (
    <button
      type="button"
      className={isGrey ? 'ui-phone ui-phone-grey' : 'ui-link ui-phone'}
      aria-disabled={isGrey}
      aria-label={`拨打 ${words}`}
      title={dialer.reason ?? '拨打'}
      onClick={() => dialer.reason === null && dialer.dial(number, caseNo)}
    >
      {words}
    </button>
  )
}
