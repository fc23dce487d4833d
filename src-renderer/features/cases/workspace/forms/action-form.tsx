import { Button } from 'antd'
import type { KeyboardEvent, ReactNode } from 'react'
import { inputTitles } from '#shared/domain/case/inputs'
import { Kbd } from '../../../../ui/kbd'
import type { FieldName, Offer } from '../offers'
import { AmendFields } from './amend-fields'
import { CollectorField } from './collector-field'
import { DispatchFields } from './dispatch-fields'
import { FilesField } from './files-field'
import type { FieldProps } from './form-field'
import {
  ApprovalNoteField,
  CitizenInformedField,
  DueAtField,
  ExtraValueField,
  NoteKindField,
  OtherCaseField,
  OutcomeField,
  OversightLevelField,
  ReplyWayField,
  ReturnedAtField,
  ReviewOnField,
  SuggestedDepartmentField,
} from './small-fields'

interface ActionFormProps extends FieldProps {
  readonly offer: Offer
  readonly isBusy: boolean
  onSubmit(): void
  onClose(): void
}

/** What an action asks for besides words, above the bar and never over another form. Esc puts it away and keeps what was filled in. */
export function ActionForm({ offer, isBusy, onSubmit, onClose, ...field }: ActionFormProps) {
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    // The first Esc closes a list or calendar that is open in a field.
    const isListOpen = event.target instanceof HTMLElement && event.target.getAttribute('aria-expanded') === 'true'
    if (event.key !== 'Escape' || isListOpen || event.nativeEvent.isComposing) return
    event.stopPropagation()
    onClose()
  }
  return (
    <section className="case-form" aria-label={`${offer.title}：还要填的`} onKeyDown={onKeyDown}>
      <header>
        <b>{offer.title}</b>
        <Button type="primary" size="small" loading={isBusy} onClick={onSubmit}>
          提交 <Kbd>Ctrl+Enter</Kbd>
        </Button>
        <span className="cases-quiet">{offer.words === null ? '' : `${inputTitles[offer.words]}写在下面`}</span>
        <span className="ui-spring" />
        <Button type="text" size="small" onClick={onClose}>
          收起 <Kbd>Esc</Kbd>
        </Button>
      </header>
      <div className="case-form-fields">{offer.fields.map((name) => fieldOf(name, offer, field))}</div>
    </section>
  )
}

function fieldOf(name: FieldName, { action }: Offer, field: FieldProps): ReactNode {
  switch (name) {
    case 'collectorNo':
      return <CollectorField key={name} {...field} />
    case 'departmentCode':
      return <DispatchFields key={name} {...field} />
    // Together with the department: one proposal fills them.
    case 'limit':
    case 'legalBasis':
    case 'cooperating':
      return null
    case 'reviewOn':
      return <ReviewOnField key={name} {...field} />
    case 'oversightLevel':
      return <OversightLevelField key={name} {...field} />
    case 'dueAt':
      return <DueAtField key={name} {...field} />
    case 'extraValue':
      return <ExtraValueField key={name} {...field} />
    case 'photoIds':
      return (
        <FilesField
          key={name}
          name={name}
          title={action === 'reportHandled' ? '处置后照片' : action === 'returnToSource' ? '回传凭证' : '照片'}
          purpose={action === 'reportHandled' ? 'after' : 'other'}
          {...field}
        />
      )
    case 'documentIds':
      return (
        <FilesField
          key={name}
          name={name}
          title="材料"
          purpose="document"
          isDue={action !== 'reportHandled' && action !== 'attach' && action !== 'returnToSource'}
          {...field}
        />
      )
    case 'approvalNote':
      return <ApprovalNoteField key={name} {...field} isDue={action !== 'reportHandled'} />
    case 'suggestedDepartmentCode':
      return <SuggestedDepartmentField key={name} {...field} />
    case 'citizenInformed':
      return <CitizenInformedField key={name} {...field} />
    case 'outcome':
      return <OutcomeField key={name} {...field} />
    case 'otherCaseId':
      return <OtherCaseField key={name} {...field} />
    case 'replyWay':
      return <ReplyWayField key={name} {...field} />
    case 'returnedAt':
      return <ReturnedAtField key={name} {...field} />
    case 'noteKind':
      return <NoteKindField key={name} {...field} />
    case 'facts':
      return <AmendFields key={name} {...field} />
  }
}
