import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { CaseRow } from '#shared/domain/case/row'
import { classesFromWire, isHint, likestOf, nearM, type Report, recentMs } from '#shared/domain/case/similarity'
import type { Viewer } from '#shared/domain/case/visibility'
import { boundsAround } from '#shared/domain/geo/position'
import { findRows } from '../../store/case-list-store'
import { listSurroundings } from '../../store/duplicates-store'
import { viewerOf } from '../cases/access'
import { wire } from '../cases/change-case'
import type { Answer, Ask, Services } from '../services'

/**
 * Cases that may tell of the same thing as a case, or as a report that is being written: likest first. What is said beside a case's id takes the
 * place of what the case says. Without a place nothing is found: everywhere there are manholes.
 */
type Query = InputOf<'cases.duplicates'>['query']

export async function findDuplicates(services: Services, ask: Ask<InputOf<'cases.duplicates'>>): Answer<OutputOf<'cases.duplicates'>> {
  const { query } = ask.input
  const viewer = viewerOf(ask.actor)
  const now = services.clock.now()
  const report = await reportOf(services, query, viewer, now)
  if (!report.ok) return report
  const { position, gridCode } = report.value
  const place = position ? boundsAround(position, nearM) : gridCode === null ? undefined : { gridCode }
  if (!place) return ok({ items: [] })
  const around = await listSurroundings(services.db, { viewer, place, since: report.value.at - recentMs, except: query.caseId })
  const classes = classesFromWire(query.subclassCode)
  const items = around.flatMap((row) => {
    const likeness = likestOf(report.value, classes, row, now)
    if (!likeness) return []
    const { score, distanceM, reasons } = likeness
    return [{ row: wire(row), score, distanceM, isHint: isHint(likeness), reasons: [...reasons] }]
  })
  return ok({ items: items.sort((a, b) => b.score - a.score).slice(0, query.limit ?? 8) })
}

/** Error: `record/notFound`, also for a case that the viewer may not see. */
async function reportOf(services: Services, query: Query, viewer: Viewer, now: number): Promise<Result<Report, AppError>> {
  const told = toldReport(query)
  if (query.caseId === undefined) return ok({ position: null, gridCode: null, text: '', at: now, ...told })
  const [row] = await findRows(services.db, [query.caseId], viewer)
  return row ? ok({ ...reportOfRow(row), ...told }) : err(appError('record/notFound'))
}

const reportOfRow = ({ kind, subclassCode, position, gridCode, summary, beganAt }: CaseRow): Report => ({
  ...{ kind, subclassCode, position, gridCode, text: summary, at: beganAt },
})

function toldReport({ subclassCode, lng, lat, text }: Query): Partial<Report> {
  return {
    ...(subclassCode !== undefined && { subclassCode: classesFromWire(subclassCode)[0]?.subclassCode, kind: undefined }),
    ...(lng !== undefined && lat !== undefined && { position: { lng, lat } }),
    ...(text !== undefined && { text }),
  }
}
