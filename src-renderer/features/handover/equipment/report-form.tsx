import { AutoComplete, Checkbox, Input } from 'antd'
import { useState } from 'react'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import { type Equipment, equipmentName } from '#shared/domain/equipment/equipment'
import { ActionButton } from '../../../ui/action-button'

type Report = InputOfCommand<'repairs.report'>
const none: Report = { equipmentId: null, what: '', place: '', fault: '', isUrgent: false }

/** A fault in one line: a piece of the ledger, found by number, name or place, or whatever stands in none. */
export function ReportForm({ items, onReport }: { readonly items: readonly Equipment[]; onReport(report: Report): Promise<boolean> }) {
  const [report, setReport] = useState(none)
  const [isBusy, setBusy] = useState(false)
  const missing = report.what.trim() === '' ? '先写是什么设备。' : report.fault.trim() === '' ? '先写哪里坏了。' : null
  const typed = report.what.trim()
  const options = items
    .filter((item) => item.state !== 'retired' && `${equipmentName(item)} ${item.place}`.includes(typed))
    .slice(0, 20)
    .map((item) => ({ value: equipmentName(item), label: `${equipmentName(item)}　${item.place}` }))
  function choose(what: string): void {
    const item = items.find((one) => equipmentName(one) === what)
    setReport({ ...report, what, equipmentId: item?.equipmentId ?? null, place: item?.place ?? report.place })
  }
  async function submit(): Promise<void> {
    if (missing !== null || isBusy) return
    setBusy(true)
    if (await onReport({ ...report, what: typed, place: report.place.trim(), fault: report.fault.trim() })) setReport(none)
    setBusy(false)
  }
  return (
    <form
      className="visit-form"
      aria-label="报障"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <AutoComplete
        size="small"
        style={{ width: 220 }}
        aria-label="设备"
        placeholder="设备：编号、名称、位置"
        maxLength={80}
        value={report.what}
        options={options}
        onChange={choose}
      />
      <Input
        size="small"
        style={{ width: 110 }}
        aria-label="位置"
        placeholder="位置"
        maxLength={60}
        value={report.place}
        onChange={(event) => setReport({ ...report, place: event.target.value })}
      />
      <Input
        size="small"
        style={{ width: 300 }}
        aria-label="故障"
        placeholder="哪里坏了，什么现象"
        maxLength={300}
        value={report.fault}
        onChange={(event) => setReport({ ...report, fault: event.target.value })}
      />
      <Checkbox checked={report.isUrgent} onChange={(event) => setReport({ ...report, isUrgent: event.target.checked })}>
        急
      </Checkbox>
      <ActionButton size="small" type="primary" keys="Enter" htmlType="submit" loading={isBusy} reason={missing}>
        报障
      </ActionButton>
    </form>
  )
}
