import { Button } from 'antd'
import { useState } from 'react'
import type { Position } from '#shared/domain/geo/position'
import type { AreaGrade } from '#shared/domain/place/locate'
import { CameraPicture, useHasCameraPicture } from '../../ui/camera-picture'
import { Lamp } from '../../ui/lamp'
import { OpenLink } from '../../ui/open-target'
import { Fact, SectionTitle } from '../../ui/pane-header'
import type { City } from './city'
import { caseLevels } from './marks'
import type { PlacedCase } from './use-case-points'

/** What lies at a place: area, grade, collector, the things nearest, and the case if one was chosen. */
const states = ['完好', '破损', '丢失', '废弃', '移除']

const distances = [100, 300, 1_000] as const

export function Identified({
  city,
  position,
  onAround,
}: {
  readonly city: City
  readonly position: Position
  /** Asked for what lies within so many metres. */
  onAround(metres: number): void
}) {
  const { gridCode, streetCode, communityCode, areaGrade, departmentCodes, nearest } = city.locator.at(position)
  const near = [...nearest.cameras, ...nearest.components]
  return (
    <section className="map-side-part" aria-label="此处">
      <SectionTitle title="此处" meta={`${position.lng.toFixed(6)}, ${position.lat.toFixed(6)}`} />
      <dl>
        <Fact name="网格">{gridCode === undefined ? '不在任何已知网格内' : <span className="map-code">{gridCode}</span>}</Fact>
        {gridCode !== undefined && (
          <>
            <Fact name="街道">{city.nameOf(streetCode) ?? streetCode}</Fact>
            <Fact name="社区">{city.nameOf(communityCode) ?? communityCode}</Fact>
            <Fact name="区域等级">{gradeWords(areaGrade)}</Fact>
            <Fact name="采集员">{city.collectorOf(gridCode) ?? '未定'}</Fact>
          </>
        )}
        {departmentCodes.length > 0 && (
          <Fact name="管辖部门">{departmentCodes.map((code) => city.departmentName(code) ?? code).join('、')}</Fact>
        )}
      </dl>
      <p className="map-side-act">
        周边
        {distances.map((metres) => (
          <Button key={metres} size="small" onClick={() => onAround(metres)}>
            {metres < 1000 ? `${metres} 米` : '1 公里'}
          </Button>
        ))}
      </p>
      {near.length > 0 && (
        <ul className="map-near" aria-label="附近">
          {near.map(({ item, metres }) => (
            <li key={`${item.kind}${item.code}`}>
              <span className="map-far">{Math.round(metres)} 米</span>
              <span>
                {item.kind === 'camera' ? <NearCamera cameraNo={item.code} name={item.name} /> : item.name}
                {item.kind === 'component' && item.state > 0 && `（${states[item.state]}）`}
                <small>
                  {item.kind === 'component' ? `${item.code}，${item.department ?? '责任单位不明'}` : item.state === 1 ? '球机' : '枪机'}
                </small>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Deadlines take the second grade where the centre's profile says nothing (`gradeOf` of the profile); so it is said, and that nobody decided it. */
const gradeWords = (grade: AreaGrade | undefined): string =>
  grade === undefined ? '二类（未另定）' : (['一类', '二类', '三类'][grade - 1] ?? '')

/** A camera near the place: its picture on demand, one click from the map. */
function NearCamera({ cameraNo, name }: { readonly cameraNo: string; readonly name: string }) {
  const canShow = useHasCameraPicture()
  const [isShown, setShown] = useState(false)
  const title = `监控 ${cameraNo} ${name}`
  if (!canShow) return <>{title}</>
  return (
    <>
      <button type="button" className="map-camera" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
        {title}
      </button>
      {isShown && (
        <span className="map-camera-picture">
          <CameraPicture cameraNo={cameraNo} quality="sub" title={name} />
        </span>
      )}
    </>
  )
}

const tones = {
  [caseLevels.none]: 'none',
  [caseLevels.frozen]: 'frozen',
  [caseLevels.green]: 'green',
  [caseLevels.amber]: 'amber',
  [caseLevels.red]: 'red',
} as const
const toneWords = { none: '不计时', frozen: '已停表', green: '时限内', amber: '将超时', red: '已超时' } as const

export function CaseList({
  title,
  rows,
  levelOf,
  empty = '这里没有本岗位队列中的案卷。',
}: {
  readonly title: string
  readonly empty?: string
  readonly rows: readonly PlacedCase[]
  readonly levelOf: (row: PlacedCase) => number
}) {
  const count = (level: number) => rows.filter((row) => levelOf(row) === level).length
  return (
    <section className="map-side-part" aria-label={title}>
      <SectionTitle
        title={title}
        meta={rows.length > 1 ? `${rows.length} 件，已超时 ${count(caseLevels.red)}，将超时 ${count(caseLevels.amber)}` : ''}
      />
      {rows.length === 0 && <p className="ui-empty">{empty}</p>}
      <ul className="map-near">
        {rows.slice(0, 100).map((row) => {
          const tone = tones[levelOf(row) as keyof typeof tones]
          return (
            <li key={row.caseId}>
              <Lamp tone={tone} label={toneWords[tone]} />
              <span>
                <OpenLink target={{ caseId: row.caseId }}>{row.caseNo}</OpenLink> {row.subclassName}
                <small>{row.address || row.summary}</small>
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
