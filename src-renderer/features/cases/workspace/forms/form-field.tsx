import type { ReactNode } from 'react'
import type { FactChange } from '#shared/domain/case/facts'
import type { ActionInput } from '#shared/domain/case/inputs'
import type { CaseProgress } from '#shared/domain/case/progress'
import type { CaseSettings } from '../../use-case-settings'

/** A part of the input that changes; undefined empties it. */
export type InputChange = { readonly [K in keyof ActionInput]?: ActionInput[K] | undefined }

/** What every field of an action's form is given; it changes only its own part of the input. */
export interface FieldProps {
  readonly input: ActionInput
  readonly progress: CaseProgress
  readonly settings: CaseSettings
  readonly caseId: string
  /** Under which the case was filed; the handbook gives its limit. */
  readonly conditionId: string | undefined
  change(patch: InputChange): void
}

/** One line of the form: name on the left, field, and a hint below or beside it. */
export function FormField({
  name,
  title,
  isDue = false,
  hint,
  children,
}: {
  readonly name: keyof ActionInput | `facts.${keyof FactChange}`
  readonly title: string
  readonly isDue?: boolean
  readonly hint?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <div className="case-form-field" data-field={name}>
      <span className="case-form-name">
        {title}
        {isDue && <b title="必填"> *</b>}
      </span>
      <span className="case-form-control">
        {children}
        {hint !== undefined && <span className="cases-quiet">{hint}</span>}
      </span>
    </div>
  )
}
