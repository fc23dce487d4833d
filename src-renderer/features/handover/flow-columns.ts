import { type CaseFlow, flowKinds, openBefore } from '#shared/domain/case/case-flow'

/** Cases in and out as a row of figures, the same on screen, on paper and in the file: what came over, what happened, what goes on, and of it what moved. */
export interface FlowColumn {
  readonly title: string
  readonly value: string
  /** Stands beside the sum and is no part of it. */
  readonly isAside: boolean
}

const known = (count: number | null): string => (count === null ? '—' : String(count))

export function flowColumns(flow: CaseFlow): readonly FlowColumn[] {
  const { counts, open } = flow
  const part = (title: string, value: string, isAside = false): FlowColumn => ({ title, value, isAside })
  return [
    part('上班移来', known(openBefore(flow))),
    part(`＋${flowKinds.registered}`, String(counts.registered)),
    part(`＋${flowKinds.reopened}`, String(counts.reopened)),
    part(`－${flowKinds.closed}`, String(counts.closed)),
    part(`－${flowKinds.otherwiseEnded}`, String(counts.otherwiseEnded)),
    part('＝移交下班', known(open)),
    part(flowKinds.filed, String(counts.filed), true),
    part(`${flowKinds.dispatched}（派遣）`, String(counts.dispatched), true),
  ]
}
