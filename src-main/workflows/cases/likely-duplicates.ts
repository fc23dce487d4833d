import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { CaseRowSchema as CaseRow } from '#shared/contracts/case-shapes'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import { classesFromWire, isHint, likestOf, nearM, type Report, recentMs } from '#shared/domain/case/similarity'
import { boundsAround } from '#shared/domain/geo/position'
import type { SeatContext } from '../context'

/**
 * Cases that a report may repeat 疑似重复: the centre's answer, and while it is away what this seat holds by the same rule: the citizens' cases of a year
 * and the worklists of the post. That may be less than there is, and the answer says where it is from.
 */
const mostShown = 8

export async function likelyDuplicates(
  seat: Pick<SeatContext, 'central' | 'cases' | 'store' | 'now'>,
  asked: InputOfCommand<'cases.duplicates'>,
): Promise<Result<OutputOfCommand<'cases.duplicates'>, AppError>> {
  const { position, ...query } = asked
  const answer = await seat.central.call('cases.duplicates', { query: { ...query, ...position } })
  if (answer.ok) return ok({ items: answer.value.items, isFromSeat: false })
  const isAway =
    answer.error.code === 'central/offline' || answer.error.code === 'central/timeout' || answer.error.code === 'central/interrupted'
  return isAway ? ok({ items: fromSeat(seat, asked), isFromSeat: true }) : answer
}

type Items = OutputOfCommand<'cases.duplicates'>['items']

function fromSeat(
  { cases, store, now }: Pick<SeatContext, 'cases' | 'store' | 'now'>,
  { caseId, position, subclassCode, text = '' }: InputOfCommand<'cases.duplicates'>,
): Items {
  if (!position) return []
  const at = now()
  const box = boundsAround(position, nearM)
  const around = new Map<string, CaseRow>()
  for (const row of [...store.callers.around(box), ...cases.around(box)]) {
    const known = around.get(row.caseId)
    if (!known || known.version < row.version) around.set(row.caseId, row)
  }
  const classes = classesFromWire(subclassCode)
  const report: Report = { position, gridCode: null, text, at, ...(classes[0] && { subclassCode: classes[0].subclassCode }) }
  const items = [...around.values()].flatMap((row): Items => {
    if (row.caseId === caseId || row.state === 'merged' || row.state === 'voided' || (row.endedAt !== null && row.beganAt < at - recentMs))
      return []
    const likeness = likestOf(report, classes, row, at)
    if (!likeness) return []
    const { score, distanceM, reasons } = likeness
    return [{ row, score, distanceM, isHint: isHint(likeness), reasons: [...reasons] }]
  })
  return items.sort((a, b) => b.score - a.score).slice(0, mostShown)
}
