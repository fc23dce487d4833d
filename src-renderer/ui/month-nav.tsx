import { Button } from 'antd'
import { monthAfter } from '#shared/domain/shift/roster-month'
import { Kbd } from './kbd'
import './ui.css'

/** The month on show, with the one before and after; `,` and `.` do the same from the list below. */
export function MonthNav({ month, words, onChange }: { readonly month: string; readonly words?: string; onChange(month: string): void }) {
  return (
    <span className="ui-month">
      <Button size="small" type="text" aria-label="上一月" onClick={() => onChange(monthAfter(month, -1))}>
        ‹<Kbd>,</Kbd>
      </Button>
      <b>{month}</b>
      <Button size="small" type="text" aria-label="下一月" onClick={() => onChange(monthAfter(month, 1))}>
        ›<Kbd>.</Kbd>
      </Button>
      {words !== undefined && <span className="ui-meta">{words}</span>}
    </span>
  )
}

/** The month that `,` or `.` leads to; undefined for any other key. */
export function monthByKey(key: string, month: string): string | undefined {
  return key === ',' ? monthAfter(month, -1) : key === '.' ? monthAfter(month, 1) : undefined
}
