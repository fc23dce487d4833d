import { Input, Select } from 'antd'
import { explainGridCode, parseGridCode } from '#shared/domain/grid/grid-code'
import { areaOfGrid, placeAt } from './place'
import { positionOf } from './registration-draft'
import { RegistrationLine, type RegistrationPartProps } from './registration-line'

/** 落点: a position, which says the grid; a grid code, which says community and street; or street and community alone. */
export function PlaceFields(part: RegistrationPartProps) {
  return (
    <>
      <PositionField {...part} />
      <GridField {...part} />
      <AreaFields {...part} />
    </>
  )
}

function PositionField({ draft, lists, change }: RegistrationPartProps) {
  const position = positionOf(draft.position)
  const grid = position && lists.gridIndex?.gridAt(position)
  function type(typed: string): void {
    const next = positionOf(typed)
    const before = position && lists.gridIndex?.gridAt(position)?.code
    // The grid follows the point, unless somebody wrote another one.
    const mayFollow = draft.gridCode === '' || draft.gridCode === before
    const place = next && mayFollow ? placeAt(next, lists.gridIndex) : {}
    change({ ...place, position: typed })
  }
  const hint =
    position === undefined ? '经度, 纬度；可不填' : grid ? `在网格 ${grid.code}` : lists.gridIndex ? '不在任何已知网格内' : undefined
  return (
    <RegistrationLine title="坐标" fields={['position']} hint={hint}>
      <Input
        size="small"
        aria-label="坐标"
        className="reg-code"
        maxLength={60}
        placeholder="126.6317, 45.6058"
        value={draft.position}
        onChange={({ target }) => type(target.value)}
      />
    </RegistrationLine>
  )
}

function GridField({ draft, lists, change }: RegistrationPartProps) {
  const parsed = draft.gridCode === '' ? undefined : parseGridCode(draft.gridCode)
  const hint = parsed?.ok ? (lists.areas ? explainGridCode(parsed.value, lists.areas).words : '') : '15 位；预立案前定'
  return (
    <RegistrationLine title="单元网格" fields={['gridCode']} isDue={draft.isUrgent && draft.position === ''} hint={hint}>
      <Input
        size="small"
        aria-label="单元网格"
        className="reg-code reg-grid"
        maxLength={15}
        value={draft.gridCode}
        onChange={({ target: { value } }) => {
          const grid = parseGridCode(value)
          change({ gridCode: value, ...(grid.ok && areaOfGrid(grid.value.text)) })
        }}
      />
    </RegistrationLine>
  )
}

function AreaFields({ draft, lists, change }: RegistrationPartProps) {
  const { areas } = lists
  if (!areas) return null
  const communities = areas.communities.filter(({ streetCode }) => draft.streetCode === '' || streetCode === draft.streetCode)
  return (
    <RegistrationLine title="街道社区" fields={['streetCode', 'communityCode']}>
      <Select
        size="small"
        aria-label="街道"
        className="reg-short"
        allowClear
        placeholder="街道"
        value={draft.streetCode || null}
        options={areas.streets.map(({ code, name }) => ({ value: code, label: name }))}
        // What was narrower no longer fits.
        onChange={(streetCode: string | undefined) => change({ streetCode: streetCode ?? '', communityCode: '', gridCode: '' })}
      />
      <Select
        size="small"
        aria-label="社区"
        className="reg-short"
        allowClear
        placeholder="社区"
        value={draft.communityCode || null}
        options={communities.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(code: string | undefined) =>
          change({ communityCode: code ?? '', gridCode: '', ...(code !== undefined && { streetCode: code.slice(0, 9) }) })
        }
      />
    </RegistrationLine>
  )
}
