import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { queueSpec } from '#shared/domain/case/queues'
import { useTopic } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { DataGrid, type GridColumn } from '../../ui/data-grid'
import { Lamp } from '../../ui/lamp'
import { useOpenTarget } from '../../ui/open-target'
import { SectionTitle } from '../../ui/pane-header'
import { StaleMark } from '../../ui/stale-mark'
import { EmptyState, LoadingState } from '../../ui/states'
import { formatAge } from '../../ui/time-format'

type Queue = StateOfTopic<'queues.changed'>['queues'][number]

const worst = ({ red, amber, count }: Queue) => (red > 0 ? 'red' : amber > 0 ? 'amber' : count > 0 ? 'green' : 'none')

function lampWords({ red, amber, isComplete }: Queue): string {
  const parts = [red > 0 ? `${red} 件已超时` : '', amber > 0 ? `${amber} 件将超时` : '', isComplete ? '' : '正在取'].filter(Boolean)
  return parts.join('，')
}

/** The worklists of the post: how many, how old the oldest is, the worst lamp in words. Enter opens one. */
export function QueuesSection() {
  const view = useTopic('queues.changed')
  const now = useNow(60_000)
  const fresh = useFreshness(view?.readAt)
  const open = useOpenTarget()
  const columns: readonly GridColumn<Queue>[] = [
    {
      key: 'queue',
      title: '队列',
      width: '112px',
      render: (queue) => (
        <span className="ui-sync">
          <Lamp tone={worst(queue)} label="" />
          {queueSpec(queue.queue).title}
        </span>
      ),
    },
    { key: 'count', title: '件数', width: '40px', align: 'right', render: ({ count }) => <b>{count}</b> },
    { key: 'lamps', title: '时限', width: 'minmax(0,1fr)', render: lampWords },
    {
      key: 'oldest',
      title: '最早',
      width: '112px',
      align: 'right',
      render: ({ oldestEnteredAt }) => (
        <span className="home-quiet">{oldestEnteredAt === null ? '' : `最早 ${formatAge(now - oldestEnteredAt)}`}</span>
      ),
    },
  ]
  return (
    <section className="home-section" aria-label="我的队列">
      <SectionTitle title="我的队列">{!fresh.isLive && <StaleMark asOf={fresh.asOf} now={now} />}</SectionTitle>
      {view === undefined ? (
        <LoadingState what="队列" />
      ) : (
        <DataGrid
          label="我的队列"
          hasHead={false}
          rows={view.queues}
          rowKey={({ queue }) => queue}
          columns={columns}
          onOpen={({ queue }) => open?.({ queue })}
          empty={<EmptyState text="您的岗位没有队列。" />}
        />
      )}
    </section>
  )
}
