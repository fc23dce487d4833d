import { ModalForm, type ProFormInstance, ProFormList, ProFormText, ProFormTextArea } from '@ant-design/pro-components'
import { useRef } from 'react'
import { FormKeys } from '../../ui/form-keys'
import { CodedError } from '../../ui/states'
import { type HandbookEntry, nextConditionId } from './edit-document'
import { LimitFields } from './limit-fields'
import type { useSave } from './use-save'

/** Edits what the handbook says about one subclass. Ids of conditions stay as they are; a new condition gets a new one. */
interface Fields {
  readonly conditions: readonly {
    readonly conditionId?: string
    readonly text: string
    readonly limit: HandbookEntry['conditions'][number]['limit']
  }[]
  readonly closing: string
  readonly departmentType: string
  readonly legalBasis: string
}

export interface HandbookFormProps {
  readonly entry: HandbookEntry
  readonly saving: ReturnType<typeof useSave>
  onSave(entry: HandbookEntry): Promise<boolean>
  onClose(): void
}

export function HandbookForm({ entry, saving, onSave, onClose }: HandbookFormProps) {
  const form = useRef<ProFormInstance<Fields>>(undefined)
  return (
    <ModalForm<Fields>
      open
      title={`指挥手册：${entry.subclassCode} ${entry.name}`}
      width={860}
      layout="horizontal"
      labelCol={{ flex: '88px' }}
      formRef={form}
      initialValues={entry}
      modalProps={{ onCancel: onClose, mask: { closable: false }, destroyOnHidden: true }}
      submitter={{
        searchConfig: { submitText: '保存 Ctrl+Enter', resetText: '取消 Esc' },
        submitButtonProps: { disabled: saving.reason !== null, title: saving.reason ?? '' },
      }}
      onFinish={(fields) => onSave(entryOf(entry, fields))}
    >
      <FormKeys formRef={form}>
        {saving.error && <CodedError error={saving.error} />}
        <ProFormList
          name="conditions"
          label="立案条件"
          min={1}
          max={20}
          copyIconProps={false}
          creatorButtonProps={{ creatorButtonText: '加一条立案条件', size: 'small' }}
          creatorRecord={{ limit: { value: 1, unit: 'workingDay' } }}
        >
          <div className="ref-condition">
            {/* A field that is not in the form would be lost on saving. */}
            <ProFormText name="conditionId" hidden />
            <ProFormText
              name="text"
              placeholder="什么情况立案"
              width="lg"
              rules={[{ required: true, whitespace: true, max: 200, message: '写明什么情况立案' }]}
            />
            <LimitFields name={['limit']} />
          </div>
        </ProFormList>
        <ProFormText
          name="closing"
          label="结案条件"
          rules={[{ required: true, whitespace: true, max: 200, message: '写明办到什么程度结案' }]}
        />
        <ProFormText
          name="departmentType"
          label="责任单位类型"
          rules={[{ required: true, whitespace: true, max: 40, message: '填责任单位类型' }]}
        />
        <ProFormTextArea
          name="legalBasis"
          label="法律依据"
          fieldProps={{ rows: 2 }}
          rules={[{ required: true, whitespace: true, max: 200, message: '填法律依据' }]}
        />
      </FormKeys>
    </ModalForm>
  )
}

function entryOf(entry: HandbookEntry, fields: Fields): HandbookEntry {
  const conditions: HandbookEntry['conditions'] = []
  for (const { conditionId, text, limit } of fields.conditions) {
    conditions.push({ conditionId: conditionId ?? nextConditionId(entry, conditions), text: text.trim(), limit })
  }
  const { closing, departmentType, legalBasis } = fields
  return { ...entry, conditions, closing: closing.trim(), departmentType: departmentType.trim(), legalBasis: legalBasis.trim() }
}
