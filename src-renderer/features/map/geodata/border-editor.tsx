import { Button } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { GeoFeature } from '#shared/contracts/geo-shapes'
import { boundsOf, type Ring, ringAreaM2 } from '#shared/domain/geo/ring'
import { changeOf } from '#shared/domain/geodata/divide-grid'
import { type Outline, withSharedCorners } from '#shared/domain/geodata/outlines'
import { useBridge } from '../../../bridge/react'
import { CodedError } from '../../../ui/states'
import type { FeatureProps } from './panel-props'
import { SaveFoot } from './save-foot'
import { useGeoSave } from './use-geo-save'
import { useWholeInView } from './use-whole-in-view'

/**
 * 改边界: the outline of a grid and of all that touch it, corner by corner. A shared corner moves for all of them, for the community, street and district whose
 * border it lies on as well, and they are saved as one change.
 */
const bordered = ['grid', 'community', 'street', 'district'] as const
export function BorderEditor({ map, city, code }: FeatureProps) {
  const { call } = useBridge()
  const [features, setFeatures] = useState<readonly GeoFeature[]>()
  const [edited, setEdited] = useState<readonly Outline[]>()
  const [error, setError] = useState<AppError>()
  const [turn, setTurn] = useState(0)
  const saving = useGeoSave()
  const known = city.ringOf(code)
  useWholeInView(map, known)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks once more, after a change was saved or given up.
  useEffect(() => {
    if (!known) return
    let isCurrent = true
    const box = { limit: 200, ...boxAround(known) }
    void Promise.all(bordered.map((layer) => call('geo.list', { layer, ...box }))).then((answers) => {
      if (!isCurrent) return
      const failed = answers.find((answer) => !answer.ok)
      setError(failed && !failed.ok ? failed.error : undefined)
      setEdited(undefined)
      if (!failed) setFeatures(answers.flatMap((answer) => (answer.ok ? answer.value.items : [])))
    })
    return () => {
      isCurrent = false
    }
  }, [call, known, turn])
  const given = useMemo(() => withSharedCorners((features ?? []).flatMap(outlineOf)), [features])
  useEffect(() => {
    if (map && given.length > 0) return map.editOutlines(given, code, setEdited)
  }, [map, given, code])
  if (error && !features) return <CodedError error={error} />
  if (!features) return <p className="ui-empty">正在向中心取这个网格和相邻的网格…</p>
  const changed = (edited ?? []).filter(({ code: each, ring }) => {
    const before = given.find((outline) => outline.code === each)?.ring
    return JSON.stringify(before) !== JSON.stringify(ring)
  })
  async function save(): Promise<void> {
    const changes = changed.flatMap(({ code: each, ring }) => {
      const feature = features?.find((one) => one.code === each)
      if (!feature) return []
      // The centre works the area of a grid out anew; of the others it is a figure that stands beside.
      const { areaM2 } = feature.attributes
      const attributes = typeof areaM2 === 'number' ? { ...feature.attributes, areaM2: Math.round(ringAreaM2(ring)) } : feature.attributes
      return [changeOf(feature, { geometry: { type: 'Polygon', coordinates: [ring] }, attributes })]
    })
    if (await saving.save(changes)) setTurn(turn + 1)
  }
  return (
    <div className="map-form">
      <small>拖角点移动；拖边加一个角点；按住 Alt 点角点删去。与邻格共用的角点一起动，在社区、街道界上的连界线一起动，一次保存。</small>
      <small>
        {changed.length === 0 ? '还没有改动。' : `改动 ${changed.map(({ code: each }) => `${kindOf(each)} ${each}`).join('、')}`}
      </small>
      <SaveFoot saving={saving} refusal={changed.length === 0 ? '没有改动' : ''} onSave={() => void save()}>
        {changed.length > 0 && (
          <Button size="small" onClick={() => setTurn(turn + 1)}>
            放弃改动
          </Button>
        )}
      </SaveFoot>
    </div>
  )
}

const kinds: Readonly<Record<number, string>> = { 15: '网格', 12: '社区', 9: '街道', 6: '区' }
const kindOf = (code: string): string => kinds[code.length] ?? ''

function outlineOf({ code, state, geometry }: GeoFeature): readonly Outline[] {
  const ring = geometry?.type === 'Polygon' ? geometry.coordinates[0] : undefined
  return ring && state === 'active' ? [{ code, ring: ring.map(([lng = 0, lat = 0]) => [lng, lat] as const) }] : []
}

/** A metre around it, about: whatever touches. */
function boxAround(ring: Ring) {
  const { west, south, east, north } = boundsOf(ring)
  const margin = 1e-5
  return { west: west - margin, south: south - margin, east: east + margin, north: north + margin }
}
