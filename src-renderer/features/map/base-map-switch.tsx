import { Radio } from 'antd'
import { useTopic } from '../../bridge/react'
import { SectionTitle } from '../../ui/pane-header'
import { StaleMark } from '../../ui/stale-mark'
import type { BaseMap } from './base-layer'

/** What lies at the bottom: the centre's own ground, or a base map from elsewhere; with how old that is when it could not be fetched. */
export const ownGround = 'own'

export function BaseMapSwitch({ chosen, onChoose }: { readonly chosen: string; onChoose(id: string): void }) {
  const sources = useTopic('baseMaps.changed')?.sources ?? []
  if (sources.length === 0) return null
  const current = sources.find(({ sourceId }) => sourceId === chosen)
  return (
    <section className="map-side-part" aria-label="底图">
      <SectionTitle title="底图" />
      <Radio.Group
        className="map-bases"
        value={current ? chosen : ownGround}
        onChange={({ target }) => onChoose(target.value as string)}
        options={[{ value: ownGround, label: '本市底数' }, ...sources.map(({ sourceId, name }) => ({ value: sourceId, label: name }))]}
      />
      {current && <BaseMapState base={current} />}
    </section>
  )
}

function BaseMapState({ base }: { readonly base: BaseMap }) {
  if (base.state === 'live') return <p className="map-base-state">{base.attribution}</p>
  return (
    <p className="map-base-state" role="status">
      {`${base.problem ?? ''}。${base.state === 'missing' ? '没有缓存的地方是空的。' : '显示本机缓存。'}`}
    </p>
  )
}

/** At the head of the map, where it is seen whatever the side shows. */
export function BaseMapAge({ base, now }: { readonly base: BaseMap; readonly now: number }) {
  return (
    <span title={base.problem ?? ''}>
      底图陈旧 <StaleMark asOf={base.asOf} now={now} />
    </span>
  )
}
