import type { CallerKnown } from '#shared/contracts/caller-shapes'
import type { TelephoneCallView } from '#shared/contracts/seat-api/telephone-views'
import { marksOf, usualName } from '#shared/domain/case/known-caller'
import { useTopic } from '../../../bridge/react'
import { useNow } from '../../../bridge/use-now'
import { oneLine } from './call-words'

/** What is known of whoever rings, in one line of the bar: name, how often, what is open. From what the seat keeps at once, and then from the centre. */
export function CallerLine({ call }: { readonly call: Pick<TelephoneCallView, 'callId'> }) {
  const caller = useTopic('callers.changed')?.callers.find(({ callId }) => callId === call.callId)
  const now = useNow(30_000)
  if (!caller || caller.known === null) return null
  return (
    <span className="caller-line">
      {callerLine(caller.known, now).map((words) => (
        <span key={words}>{words}</span>
      ))}
      {caller.from === 'seat' && <span>{caller.isAsking ? '本机所存，正在问中心' : '本机所存'}</span>}
    </span>
  )
}

/** The words of it: nothing that a viewer may not see is in `known`. */
export function callerLine(known: CallerKnown, now: number): readonly string[] {
  const name = usualName(known.names)
  const { total, callTotal, maybes } = known
  const isNew = total === 0 && callTotal === 0
  return [
    ...(name ? [oneLine(name.name)] : []),
    isNew ? '第一次来电' : `以前 ${total} 件、来电 ${callTotal} 通`,
    ...marksOf(known, now).map(({ words }) => words),
    ...(maybes.length > 0 ? [`另有 ${maybes.length} 件可能是同一人`] : []),
  ]
}
