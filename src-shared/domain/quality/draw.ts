import { shareOf } from '../../base/share-of'
import type { AudioEvidence } from './audio'
import type { QualityForm } from './form'

/**
 * Which calls of a month are reviewed 质检抽样: of each agent a share, and a minimum at least, in an order that the calls' own ids give. Nobody chooses them, and
 * everybody who draws comes to the same calls. A call that cannot be scored is passed over and named; the next one takes its place.
 */
export interface Candidate {
  readonly callId: string
  readonly agentNo: string
  /** Why it cannot be held against its agent; none: it can. */
  readonly evidence: readonly AudioEvidence[]
}

export interface Drawn {
  readonly drawn: readonly string[]
  /** Were their turn, and are left out for their sound. */
  readonly excluded: readonly string[]
}

export function drawCalls(candidates: readonly Candidate[], plan: QualityForm['plan']): Drawn {
  const byAgent = new Map<string, Candidate[]>()
  for (const candidate of candidates) byAgent.set(candidate.agentNo, [...(byAgent.get(candidate.agentNo) ?? []), candidate])
  const parts = [...byAgent.values()].map((calls) => drawOf(calls, plan))
  return { drawn: parts.flatMap(({ drawn }) => drawn), excluded: parts.flatMap(({ excluded }) => excluded) }
}

function drawOf(calls: readonly Candidate[], { share, minimum }: QualityForm['plan']): Drawn {
  const ordered = calls.map((call) => ({ ...call, place: shareOf(call.callId) })).sort((a, b) => a.place - b.place)
  const wanted = Math.max(minimum, ordered.filter(({ place }) => place < share).length)
  const [drawn, excluded]: [string[], string[]] = [[], []]
  for (const { callId, evidence } of ordered) {
    if (drawn.length === wanted) break
    ;(evidence.length === 0 ? drawn : excluded).push(callId)
  }
  return { drawn, excluded }
}
