import type { EpochMs } from '#shared/base/clock'
import type { Me } from '#shared/contracts/central-api/sessions'
import { addFlow, type CaseFlow, noFlow } from '#shared/domain/case/case-flow'
import type { Cut } from '#shared/domain/shift/cut-off'
import type { Handover } from '#shared/domain/shift/handover'
import type { Central, Store } from '../ports'

/** Cases in and out since the last handover's cut-off: by the centre's count, and by what this seat heard of while the centre gives no answer. */
interface FlowContext {
  readonly store: Pick<Store, 'caseFlow'>
  readonly central: Central
  readonly isOnline: () => boolean
}

export async function caseFlow(
  { store, central, isOnline }: FlowContext,
  me: Me,
  cut: Cut,
  previous: Handover | undefined,
): Promise<CaseFlow> {
  // Whoever comes early has begun already.
  const since: EpochMs = previous?.facts.cut.at ?? Math.min(me.shift?.startsAt ?? cut.at, me.signedInAt)
  const fromSeq = previous?.facts.cut.eventSeq ?? null
  if (isOnline() && cut.eventSeq !== null) {
    const query = { ...(fromSeq !== null && { fromSeq }), fromAt: since, untilSeq: cut.eventSeq }
    const counted = await central.call('handovers.caseFlow', { query })
    if (counted.ok) return { countedBy: 'centre', since, ...counted.value }
  }
  const { flows, isWhole } = store.caseFlow.since(fromSeq, since)
  return { countedBy: 'seat', isWhole, since, counts: addFlow(noFlow, flows), open: null }
}
