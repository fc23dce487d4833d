import { ModalForm, type ProFormInstance, ProFormSelect, ProFormTextArea } from '@ant-design/pro-components'
import { useRef } from 'react'
import { FormKeys } from '../../ui/form-keys'
import { CodedError } from '../../ui/states'
import type { ResponsibilityRow } from './edit-document'
import { LimitFields } from './limit-fields'
import type { useSave } from './use-save'

/** Edits who answers for a subclass in an area; choosing another area adds a row for it and leaves the wider one as it is. */
export interface ResponsibilityFormProps {
  readonly row: ResponsibilityRow
  readonly name: string
  readonly departments: ReadonlyMap<string, string>
  readonly areas: ReadonlyMap<string, string>
  readonly saving: ReturnType<typeof useSave>
  onSave(row: ResponsibilityRow): Promise<boolean>
  onClose(): void
}

type Fields = Pick<ResponsibilityRow, 'areaCode' | 'departmentCode' | 'legalBasis' | 'limit'>

const optionsOf = (names: ReadonlyMap<string, string>) => [...names].map(([value, name]) => ({ value, label: `${name} ${value}` }))

export function ResponsibilityForm({ row, name, departments, areas, saving, onSave, onClose }: ResponsibilityFormProps) {
  const form = useRef<ProFormInstance<Fields>>(undefined)
  return (
    <ModalForm<Fields>
      open
      title={`责任矩阵：${row.subclassCode} ${name}`}
      width={560}
      layout="horizontal"
      labelCol={{ flex: '88px' }}
      formRef={form}
      initialValues={row}
      modalProps={{ onCancel: onClose, mask: { closable: false }, destroyOnHidden: true }}
      submitter={{
        searchConfig: { submitText: '保存 Ctrl+Enter', resetText: '取消 Esc' },
        submitButtonProps: { disabled: saving.reason !== null, title: saving.reason ?? '' },
      }}
      onFinish={(fields) => onSave({ ...row, ...fields, legalBasis: fields.legalBasis.trim() })}
    >
      <FormKeys formRef={form}>
        {saving.error && <CodedError error={saving.error} />}
        <ProFormSelect
          name="areaCode"
          label="范围"
          showSearch
          allowClear={false}
          options={optionsOf(areas)}
          extra="选更小的范围即为它另立一行，原来的一行不变。"
          rules={[{ required: true, message: '选范围' }]}
        />
        <ProFormSelect
          name="departmentCode"
          label="责任单位"
          showSearch
          allowClear={false}
          options={optionsOf(departments)}
          rules={[{ required: true, message: '选责任单位' }]}
        />
        <LimitFields name={['limit']} label="处置时限" />
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
