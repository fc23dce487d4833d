import { AutoComplete, Button, Input } from 'antd'
import { placeAt } from './place'
import { RegistrationLine, type RegistrationPartProps } from './registration-line'

const usualTimes = ['刚才', '今早', '昨晚', '不详'] as const
/** As many named places as a person reads before typing on. */
const mostPlaces = 10

/** 发生时间, 事发位置, 起因, 经过: the elements after the caller, in the order in which they are asked for. */
export function ElementFields(part: RegistrationPartProps) {
  const { draft, change } = part
  return (
    <>
      <RegistrationLine title="发生时间" fields={['when']}>
        <Input
          size="small"
          aria-label="发生时间"
          className="reg-short"
          maxLength={60}
          placeholder="如 今天 12:00"
          value={draft.when}
          onChange={({ target }) => change({ when: target.value })}
        />
        <span className="reg-chips">
          {usualTimes.map((words) => (
            <Button key={words} size="small" onClick={() => change({ when: words })}>
              {words}
            </Button>
          ))}
        </span>
      </RegistrationLine>
      <AddressField {...part} />
      <RegistrationLine title="起因" fields={['cause']}>
        <Input
          size="small"
          aria-label="起因"
          maxLength={200}
          placeholder="为什么会这样，可不填"
          value={draft.cause}
          onChange={({ target }) => change({ cause: target.value })}
        />
      </RegistrationLine>
      <RegistrationLine title="经过" fields={['course']} isDue>
        <Input.TextArea
          aria-label="经过"
          autoSize={{ minRows: 3, maxRows: 10 }}
          maxLength={4_700}
          value={draft.course}
          onChange={({ target }) => change({ course: target.value })}
        />
      </RegistrationLine>
    </>
  )
}

/** Words first; a named place that is chosen also brings its position and its grid. */
function AddressField({ draft, lists, change }: RegistrationPartProps) {
  const words = draft.address.trim()
  const found = words.length < 2 ? [] : lists.places.filter(({ name }) => name.includes(words)).slice(0, mostPlaces)
  return (
    <RegistrationLine title="事发位置" fields={['address']} isDue hint={lists.places.length > 0 ? '写路名、门牌，选中即落点' : undefined}>
      <AutoComplete
        className="reg-wide"
        value={draft.address}
        options={found.map(({ placeId, name }) => ({ value: name, key: placeId }))}
        onSelect={(name: string) => {
          const place = found.find((each) => each.name === name)
          if (place)
            change({ address: name, ...placeAt({ lng: place.position[0], lat: place.position[1] }, lists.gridIndex, place.gridCode) })
        }}
        onChange={(address: string) => change({ address: address ?? '' })}
      >
        <Input size="small" aria-label="事发位置" maxLength={200} />
      </AutoComplete>
    </RegistrationLine>
  )
}
