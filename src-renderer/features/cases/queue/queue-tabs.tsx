import type { KeyboardEvent } from 'react'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { type QueueId, queueSpec } from '#shared/domain/case/queues'
import { Lamp, type LampTone } from '../../../ui/lamp'

type Counts = StateOfTopic<'queues.changed'>['queues'][number]

export const worstLamp = ({ red, amber, count }: Pick<Counts, 'red' | 'amber' | 'count'>): LampTone =>
  red > 0 ? 'red' : amber > 0 ? 'amber' : count > 0 ? 'green' : 'none'

export function queueWords({ queue, count, red, amber }: Counts): string {
  const parts = [red > 0 ? `${red} 件已超时` : '', amber > 0 ? `${amber} 件将超时` : ''].filter(Boolean)
  return `${queueSpec(queue).title} ${count} 件${parts.length > 0 ? `，${parts.join('，')}` : ''}`
}

/** The queues of a post with their counts and worst lamps. Arrows move between them; [ ] and Ctrl+Tab do from anywhere in the pane. */
export function QueueTabs(given: {
  readonly queues: readonly QueueId[]
  readonly counts: readonly Counts[] | undefined
  readonly active: QueueId
  onChoose(queue: QueueId): void
}) {
  const { queues, counts, active, onChoose } = given
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = queues[(queues.indexOf(active) + by + queues.length) % queues.length]
    if (by === 0 || next === undefined) return
    event.preventDefault()
    onChoose(next)
    event.currentTarget.querySelector<HTMLElement>(`[data-queue="${next}"]`)?.focus()
  }
  return (
    <div className="cases-tabs" role="tablist" aria-label="队列" onKeyDown={onKeyDown}>
      {queues.map((queue) => {
        const held = counts?.find((each) => each.queue === queue)
        const isOn = queue === active
        return (
          <button
            key={queue}
            type="button"
            role="tab"
            data-queue={queue}
            aria-selected={isOn}
            tabIndex={isOn ? 0 : -1}
            title={held && queueWords(held)}
            onClick={() => onChoose(queue)}
          >
            {queueSpec(queue).title}
            <b>{held?.count ?? '…'}</b>
            {held && held.count > 0 && <Lamp tone={worstLamp(held)} label="" />}
          </button>
        )
      })}
    </div>
  )
}
