import { Checkbox, Form, Input, InputNumber, Modal, Select } from 'antd'
import { cellName, type Rule, type Scene, type Wall } from '#shared/domain/wall/wall'
import { randomId } from '../../bridge/random-id'

/** A rule 规则: what takes cells by itself, which, and for how long. */
export function RuleForm({
  wall,
  rule,
  onSave,
  onClose,
}: {
  readonly wall: Wall
  /** Null: a new one. */
  readonly rule: Rule | null
  onSave(rule: Rule): void
  onClose(): void
}) {
  interface Fields {
    readonly name: string
    readonly trigger: 'urgentCase' | 'alarm'
    readonly alarmKind?: string
    readonly cells: readonly number[]
    readonly minutes: number | null
    readonly isEnabled: boolean
  }
  const [form] = Form.useForm<Fields>()
  const trigger = Form.useWatch('trigger', form)
  function save({ name, trigger: kind, alarmKind, cells, minutes, isEnabled }: Fields): void {
    onSave({
      ruleId: rule?.ruleId ?? randomId(),
      ...{ name: name.trim(), isEnabled, cells: [...cells] },
      trigger: kind === 'alarm' ? { kind, alarmKind: alarmKind?.trim() || null } : { kind },
      holdMs: minutes === null || minutes === undefined ? null : minutes * 60_000,
    })
    onClose()
  }
  return (
    <Modal open title={rule ? '更改规则' : '新建规则'} okText="保存" onOk={() => form.submit()} onCancel={onClose} destroyOnHidden>
      <Form
        form={form}
        size="small"
        labelCol={{ span: 6 }}
        initialValues={{
          name: rule?.name ?? '紧急案卷上屏',
          trigger: rule?.trigger.kind ?? 'urgentCase',
          alarmKind: rule?.trigger.kind === 'alarm' ? (rule.trigger.alarmKind ?? '') : '',
          cells: rule?.cells ?? wall.cells.slice(-1).map(({ cell }) => cell),
          minutes: rule ? (rule.holdMs === null ? null : rule.holdMs / 60_000) : 10,
          isEnabled: rule?.isEnabled ?? true,
        }}
        onFinish={save}
      >
        <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: '请填写名称' }]}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="trigger" label="由什么触发">
          <Select
            options={[
              { value: 'urgentCase', label: '紧急案卷（非涉密、非回避）' },
              { value: 'alarm', label: '设备告警' },
            ]}
          />
        </Form.Item>
        {trigger === 'alarm' && (
          <Form.Item name="alarmKind" label="告警类型" extra="不填为各种告警">
            <Input maxLength={40} />
          </Form.Item>
        )}
        <Form.Item name="cells" label="可占的格" extra="先用前面的；人在 30 秒内用过的不占" rules={[{ required: true, message: '请选格' }]}>
          <Select mode="multiple" options={wall.cells.map(({ cell }) => ({ value: cell, label: cellName(cell) }))} />
        </Form.Item>
        <Form.Item name="minutes" label="最长占用" extra="分钟；不填为直到办结或解除。之后恢复原画面">
          <InputNumber min={1} max={1_440} />
        </Form.Item>
        <Form.Item name="isEnabled" label="启用" valuePropName="checked">
          <Checkbox />
        </Form.Item>
      </Form>
    </Modal>
  )
}

const days = ['一', '二', '三', '四', '五', '六', '日'].map((name, index) => ({ value: index + 1, label: `周${name}` }))

/** When a scene recalls itself 定时. */
export function ScheduleForm({ scene, onSave, onClose }: { readonly scene: Scene; onSave(scene: Scene): void; onClose(): void }) {
  interface Fields {
    readonly isOn: boolean
    readonly at: string
    readonly days: readonly number[]
  }
  const [form] = Form.useForm<Fields>()
  const minute = scene.schedule?.minuteOfDay ?? 8 * 60
  return (
    <Modal open title={`场景“${scene.name}”定时调用`} okText="保存" onOk={() => form.submit()} onCancel={onClose} destroyOnHidden>
      <Form
        form={form}
        size="small"
        labelCol={{ span: 6 }}
        initialValues={{
          isOn: scene.schedule !== null,
          at: [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':'),
          days: scene.schedule?.days ?? [1, 2, 3, 4, 5],
        }}
        onFinish={({ isOn, at, days: chosen }: Fields) => {
          onSave({
            ...scene,
            schedule: isOn ? { minuteOfDay: Number(at.slice(0, 2)) * 60 + Number(at.slice(3)), days: [...chosen].sort() } : null,
          })
          onClose()
        }}
      >
        <Form.Item name="isOn" label="定时" valuePropName="checked" extra="大屏断开超过两分钟的，过时不补">
          <Checkbox />
        </Form.Item>
        <Form.Item
          name="at"
          label="时间"
          rules={[{ required: true, pattern: /^([01]\d|2[0-3]):[0-5]\d$/, message: '应为 07:30 这样的时间' }]}
        >
          <Input maxLength={5} style={{ width: 80 }} />
        </Form.Item>
        <Form.Item name="days" label="哪几天" rules={[{ required: true, message: '请至少选一天' }]}>
          <Checkbox.Group options={days} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
