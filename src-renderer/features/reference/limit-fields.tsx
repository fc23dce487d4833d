import { ProFormDigit, ProFormSelect } from '@ant-design/pro-components'
import { limitUnits } from '#shared/domain/clock/limit'

/** A limit as two fields in one line: how much, and in which time. `name` is the path of the limit in the form. */
const units = Object.entries(limitUnits).map(([value, { name }]) => ({ value, label: name }))

export function LimitFields({ name, label }: { readonly name: (string | number)[]; readonly label?: string }) {
  return (
    <div className="ref-limit">
      <ProFormDigit
        name={[...name, 'value']}
        {...(label !== undefined && { label })}
        width={72}
        min={0.5}
        max={1000}
        rules={[{ required: true, message: '填时限' }]}
      />
      <ProFormSelect
        name={[...name, 'unit']}
        width={120}
        options={units}
        allowClear={false}
        rules={[{ required: true, message: '选单位' }]}
      />
    </div>
  )
}
