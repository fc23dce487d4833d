import { Select } from 'antd'
import { roles } from '#shared/domain/account/role'
import { useTopic } from '../../bridge/react'

interface AgentsSelectProps {
  readonly value: readonly string[]
  readonly onChange: (accountNos: string[]) => void
  readonly className?: string
}

/** 投诉坐席: whom a complaint names, by account number; people on duty are offered. They do not see the case. */
export function AgentsSelect({ value, onChange, className }: AgentsSelectProps) {
  const people = useTopic('onDuty.changed')?.people ?? []
  return (
    <Select
      mode="tags"
      size="small"
      aria-label="投诉坐席"
      {...(className && { className })}
      maxCount={20}
      placeholder="工号"
      value={[...value]}
      options={people.map(({ accountNo, name, role }) => ({ value: accountNo, label: `${accountNo} ${name} ${roles[role]}` }))}
      onChange={(typed: string[]) => onChange(typed.map((each) => each.trim()).filter((each) => /^[0-9A-Za-z]{2,16}$/.test(each)))}
    />
  )
}
