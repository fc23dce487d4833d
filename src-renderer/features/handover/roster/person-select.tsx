import { Select } from 'antd'
import { type RoleId, roles } from '#shared/domain/account/role'
import type { RosterPerson } from '#shared/domain/shift/roster-month'
import { useFreshness } from '../../../bridge/use-freshness'
import { useQuery } from '../../../bridge/use-query'
import { match } from '../../../ui/pinyin-match'

interface PersonSelectProps {
  readonly label: string
  readonly placeholder: string
  readonly value: RosterPerson | null
  onChoose(person: RosterPerson): void
}

/** Somebody of the hall by name, pinyin or number; once for each post that they hold. */
export function PersonSelect({ label, placeholder, value, onChoose }: PersonSelectProps) {
  const { isLive } = useFreshness()
  const people = useQuery('roster.people', isLive ? {} : undefined)
  const options = (people.value?.items ?? []).flatMap(({ accountNo, name, roles: posts }) =>
    (posts as RoleId[]).map((role) => ({
      value: `${accountNo}/${role}`,
      label: `${name} ${roles[role]} ${accountNo}`,
      person: { accountNo, name, role },
    })),
  )
  return (
    <Select
      size="small"
      className="roster-add"
      aria-label={label}
      placeholder={placeholder}
      showSearch={{ filterOption: (text, option) => match(text, { text: String(option?.label ?? '') }) !== undefined }}
      value={value ? `${value.accountNo}/${value.role}` : null}
      onChange={(_value, option) => {
        if (option && !Array.isArray(option)) onChoose(option.person)
      }}
      options={options}
      notFoundContent={isLive ? '没有这个人' : '连上中心后可选人'}
    />
  )
}
