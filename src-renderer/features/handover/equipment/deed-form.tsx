import { Button, Input } from 'antd'
import { useState } from 'react'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import { type RepairDeed, type RepairOrder, repairDeeds } from '#shared/domain/equipment/repair'
import { ActionButton } from '../../../ui/action-button'

export type GivenDeed = InputOfCommand<'repairs.act'>['deed']

interface DeedFormProps {
  readonly order: RepairOrder
  readonly did: Exclude<RepairDeed, 'report'>
  onDo(deed: GivenDeed): Promise<boolean>
  onClose(): void
}

/** What is done to one order, with what has to be said of it. Escape leaves it undone. */
export function DeedForm({ order, did, onDo, onClose }: DeedFormProps) {
  const [who, setWho] = useState(order.who ?? '')
  const [note, setNote] = useState('')
  const [isBusy, setBusy] = useState(false)
  const needsWho = did === 'assign' || did === 'done'
  const needsNote = did === 'return'
  const missing = needsWho && who.trim() === '' ? '先写谁修。' : needsNote && note.trim() === '' ? '先写哪里没修好。' : null
  async function submit(): Promise<void> {
    if (missing !== null || isBusy) return
    setBusy(true)
    const said = { note: note.trim() }
    await onDo(did === 'assign' || did === 'done' ? { did, who: who.trim(), ...said } : { did, ...said })
    setBusy(false)
  }
  return (
    <form
      className="visit-form repair-deed"
      aria-label={`${repairDeeds[did]} ${order.label}`}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onClose()
      }}
    >
      <b>
        {repairDeeds[did]} {order.label}
      </b>
      <span className="ui-meta">{order.what}</span>
      {needsWho && (
        <Input
          size="small"
          autoFocus
          style={{ width: 140 }}
          aria-label={did === 'assign' ? '派给谁' : '谁修的'}
          placeholder={did === 'assign' ? '派给谁（人或厂家）' : '谁修的'}
          maxLength={40}
          value={who}
          onChange={(event) => setWho(event.target.value)}
        />
      )}
      <Input
        size="small"
        autoFocus={!needsWho}
        style={{ width: 280 }}
        aria-label="说明"
        placeholder={needsNote ? '哪里没修好' : '说明（可不写）'}
        maxLength={200}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <ActionButton size="small" type="primary" keys="Enter" htmlType="submit" loading={isBusy} reason={missing}>
        {repairDeeds[did]}
      </ActionButton>
      <Button size="small" onClick={onClose}>
        取消
      </Button>
    </form>
  )
}
