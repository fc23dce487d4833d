import { Button, Input } from 'antd'
import type { ReactNode } from 'react'
import { CodedError } from '../../../ui/states'
import type { GeoSaving } from './use-geo-save'

/** The end of every form of 底数维护: why, save, give up; then what the centre said. */
export function SaveFoot({
  saving,
  refusal,
  label = '保存',
  onSave,
  children,
}: {
  readonly saving: GeoSaving
  /** Why there is nothing to save yet; empty when there is. */
  readonly refusal: string
  readonly label?: string
  onSave(): void
  /** More buttons. */
  readonly children?: ReactNode
}) {
  const { note, setNote, isBusy, error, warnings } = saving
  const reason = refusal || (note.trim() === '' ? '先写改动的理由' : '')
  return (
    <>
      <Input
        size="small"
        aria-label="改动理由"
        placeholder="改动的理由（记入历史）"
        maxLength={200}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <span className="map-side-buttons">
        <Button size="small" type="primary" loading={isBusy} disabled={reason !== ''} title={reason} onClick={onSave}>
          {label}
        </Button>
        {children}
      </span>
      {error && <CodedError error={error} />}
      {warnings.map((words) => (
        <small key={words}>{words}</small>
      ))}
    </>
  )
}
