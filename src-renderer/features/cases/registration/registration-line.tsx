import { createContext, type ReactNode, useContext } from 'react'
import { Lamp } from '../../../ui/lamp'
import type { Fault, RegistrationField } from './registration-check'
import type { RegistrationDraft } from './registration-draft'
import type { RegistrationLists } from './use-registration-lists'

/** What every part of the form is given; it changes only its own fields. The hotline desk puts the same parts beside its call and its map. */
export interface RegistrationPartProps {
  readonly draft: RegistrationDraft
  readonly lists: RegistrationLists
  change(patch: Partial<RegistrationDraft>): void
}

/** Faults that the person has been told of; before the first try to submit, only those of fields that hold something wrong. */
const ShownFaults = createContext<readonly Fault[]>([])
export const ShownFaultsProvider = ShownFaults.Provider

export function useFaultOf(field: RegistrationField): string | undefined {
  return useContext(ShownFaults).find((fault) => fault.field === field)?.text
}

/** One line: its name on the left, the control, and beside it a hint or what is wrong. `fields` are those that the line answers for. */
export function RegistrationLine({
  title,
  fields,
  isDue = false,
  hint,
  children,
}: {
  readonly title: string
  readonly fields: readonly RegistrationField[]
  readonly isDue?: boolean
  readonly hint?: ReactNode
  readonly children: ReactNode
}) {
  const fault = useContext(ShownFaults).find(({ field }) => fields.includes(field))
  return (
    <div className={fault ? 'reg-line reg-line-wrong' : 'reg-line'} data-fields={fields.join(' ')}>
      <span className="reg-name">
        {isDue && <b title="必填">* </b>}
        {title}
      </span>
      <span className="reg-control">
        {children}
        {fault ? (
          <span className="reg-fault" role="alert">
            <Lamp tone="red" label="" />
            <span className="ui-overrun">{fault.text}</span>
          </span>
        ) : (
          hint !== undefined && <span className="cases-quiet reg-hint">{hint}</span>
        )}
      </span>
    </div>
  )
}
