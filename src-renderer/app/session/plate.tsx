import type { ReactNode } from 'react'

/** One half of the screens before and around the work: a column of readable width, at the same height everywhere. */
export function Plate({ side, children }: { readonly side: 'left' | 'right'; readonly children: ReactNode }) {
  return (
    <div className={`plate plate-${side}`}>
      <div className="plate-column">{children}</div>
    </div>
  )
}

/** One field of those screens: label on the left, control, and one line below it for the hint or the error. */
export function PlateField({
  label,
  htmlFor,
  hint,
  error,
  children,
}: {
  readonly label: string
  readonly htmlFor?: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly children: ReactNode
}) {
  return (
    <div className="plate-field">
      {htmlFor === undefined ? <span className="plate-label">{label}</span> : <label htmlFor={htmlFor}>{label}</label>}
      <div>{children}</div>
      <div className="plate-hint" id={htmlFor === undefined ? undefined : `${htmlFor}-hint`} aria-live="polite">
        {error === undefined ? hint : <span className="plate-error">{error}</span>}
      </div>
    </div>
  )
}
