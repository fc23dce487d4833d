import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useState } from 'react'
import {
  type Equipment,
  type EquipmentKind,
  type EquipmentState,
  equipmentKinds,
  equipmentStates,
} from '#shared/domain/equipment/equipment'
import { ActionButton } from '../../../ui/action-button'

type Draft = Omit<Equipment, 'equipmentId'>
const none: Draft = { equipmentNo: '', kind: 'computer', name: '', place: '', state: 'inUse', warrantyUntil: null, note: '' }
const optionsOf = <K extends string>(table: Readonly<Record<K, string>>) =>
  (Object.keys(table) as K[]).map((value) => ({ value, label: table[value] }))

interface LedgerFormProps {
  readonly present: Equipment | undefined
  readonly reason: string | null
  onWrite(draft: Draft): Promise<boolean>
  onClose(): void
}

/** One piece of the ledger. A piece is never taken out: what is no more is 报废. */
export function LedgerForm({ present, reason, onWrite, onClose }: LedgerFormProps) {
  const { equipmentId: _id, ...known } = present ?? { equipmentId: '', ...none }
  const [draft, setDraft] = useState<Draft>(known)
  const [isBusy, setBusy] = useState(false)
  const missing = reason ?? (draft.equipmentNo.trim() === '' ? '先写编号。' : draft.name.trim() === '' ? '先写名称。' : null)
  const text = (field: 'equipmentNo' | 'name' | 'place' | 'note', label: string, width: number, maxLength: number): ReactNode => (
    <Input
      size="small"
      style={{ width }}
      aria-label={label}
      placeholder={label}
      maxLength={maxLength}
      autoFocus={field === 'equipmentNo'}
      value={draft[field]}
      onChange={(event) => setDraft({ ...draft, [field]: event.target.value })}
    />
  )
  async function submit(): Promise<void> {
    if (missing !== null || isBusy) return
    setBusy(true)
    const trimmed = { equipmentNo: draft.equipmentNo.trim(), name: draft.name.trim(), place: draft.place.trim(), note: draft.note.trim() }
    await onWrite({ ...draft, ...trimmed })
    setBusy(false)
  }
  return (
    <form
      className="visit-form"
      aria-label={present ? `改 ${present.equipmentNo}` : '添一件设备'}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      {text('equipmentNo', '编号', 110, 40)}
      {text('name', '名称', 150, 60)}
      <Select<EquipmentKind>
        size="small"
        style={{ width: 104 }}
        aria-label="类别"
        value={draft.kind}
        options={optionsOf(equipmentKinds)}
        onChange={(kind) => setDraft({ ...draft, kind })}
      />
      {text('place', '位置', 120, 60)}
      <Select<EquipmentState>
        size="small"
        style={{ width: 84 }}
        aria-label="状态"
        value={draft.state}
        options={optionsOf(equipmentStates)}
        onChange={(state) => setDraft({ ...draft, state })}
      />
      <DatePicker
        size="small"
        aria-label="保修至"
        placeholder="保修至"
        value={draft.warrantyUntil === null ? null : dayjs(draft.warrantyUntil)}
        onChange={(date) => setDraft({ ...draft, warrantyUntil: date ? date.format('YYYY-MM-DD') : null })}
      />
      {text('note', '备注', 180, 200)}
      <ActionButton size="small" type="primary" keys="Enter" htmlType="submit" loading={isBusy} reason={missing}>
        写入
      </ActionButton>
      <Button size="small" onClick={onClose}>
        取消
      </Button>
    </form>
  )
}
