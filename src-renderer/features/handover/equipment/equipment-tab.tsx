import { Segmented } from 'antd'
import { useState } from 'react'
import { isOpenRepair } from '#shared/domain/equipment/repair'
import { useTopic } from '../../../bridge/react'
import { useFreshness } from '../../../bridge/use-freshness'
import { useNow } from '../../../bridge/use-now'
import { PaneHeader } from '../../../ui/pane-header'
import { StaleMark } from '../../../ui/stale-mark'
import { LoadingState } from '../../../ui/states'
import { Ledger } from './ledger'
import { RepairOrders } from './repair-orders'

type View = 'repairs' | 'ledger'

/** Equipment of the hall: repair orders, which are written also without the centre, and the ledger that they name their pieces from. */
export function EquipmentTab() {
  const now = useNow(60_000)
  const view = useTopic('equipment.changed')
  const { isLive, asOf } = useFreshness(view?.readAt)
  const [shown, setShown] = useState<View>('repairs')
  if (!view) return <LoadingState what="设备" />
  const open = view.orders.filter(isOpenRepair).length
  return (
    <section className="ui-pane equipment" aria-label="设备">
      <PaneHeader title="设备" meta={open === 0 ? '没有未了的报障' : `未了的报障 ${open} 张`}>
        {!isLive && <StaleMark asOf={asOf} now={now} />}
        <Segmented<View>
          size="small"
          aria-label="看什么"
          value={shown}
          onChange={setShown}
          options={[
            { value: 'repairs', label: '报障' },
            { value: 'ledger', label: '台账' },
          ]}
        />
      </PaneHeader>
      {shown === 'repairs' ? <RepairOrders view={view} isLive={isLive} /> : <Ledger items={view.items} isLive={isLive} />}
    </section>
  )
}
