import { dayMs } from '#shared/base/china-time'
import { ok } from '#shared/base/result'
import type { CaseRowSchema } from '#shared/contracts/case-shapes'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { sampleKeptMs } from '#shared/domain/case/follow-up'
import { listDissatisfied, listSampled } from '../store/follow-up-store'
import { viewerOf } from './cases/access'
import type { Answer, Ask, Services } from './services'

/** Follow-ups after the end 抽样回访, and what came of them. Who was drawn is in the cases themselves (`domain/case/follow-up`). */
const mostListed = 500
/** Whoever was not content a month ago has been heard or has called again. */
const dissatisfiedKeptMs = 30 * dayMs

export async function listFollowUps(
  services: Services,
  { actor, input }: Ask<InputOf<'followUps.list'>>,
): Answer<OutputOf<'followUps.list'>> {
  const now = services.clock.now()
  const viewer = viewerOf(actor)
  const rows =
    input.query.which === 'sampled'
      ? await listSampled(services.db, viewer, now - sampleKeptMs, mostListed)
      : await listDissatisfied(services.db, viewer, now - dissatisfiedKeptMs, mostListed)
  return ok({ items: rows as CaseRowSchema[] })
}
