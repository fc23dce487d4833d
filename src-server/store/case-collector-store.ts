import { sql } from 'kysely'
import type { Collector } from '#shared/contracts/central-api/cases'
import type { Viewer } from '#shared/domain/case/visibility'
import { isOpenCase, visibleTo } from './case-conditions'
import type { Database, Statements } from './open-database'

/** Collectors' duty and position as they last reported them, and their open tasks. */
type Reader = Database | Statements

/** Every enabled account that may work as a collector, by number. */
export async function listCollectors(db: Reader): Promise<readonly Omit<Collector, 'gridCodes'>[]> {
  const tasks = db
    .selectFrom('case_record')
    .select(['collector_no', (eb) => eb.fn.countAll<number>().as('count')])
    .where(isOpenCase)
    .where('collector_no', 'is not', null)
    .groupBy('collector_no')
    .as('task')
  const rows = await db
    .selectFrom('account')
    .leftJoin('collector_duty as duty', 'duty.account_no', 'account.account_no')
    .leftJoin(tasks, 'task.collector_no', 'account.account_no')
    .select(['account.account_no', 'account.name', 'duty.is_on_duty', 'duty.lng', 'duty.lat', 'duty.position_at', 'task.count'])
    .where('account.is_enabled', '=', 1)
    // Roles are a JSON list of ids, and no id is part of another one in quotes.
    .where('account.roles', 'like', sql.lit('%"collector"%'))
    .orderBy('account.account_no')
    .execute()
  return rows.map((row) => ({
    accountNo: row.account_no,
    name: row.name,
    isOnDuty: row.is_on_duty === 1,
    position: row.lng === null || row.lat === null ? null : { lng: row.lng, lat: row.lat },
    positionAt: row.position_at,
    openTasks: row.count ?? 0,
  }))
}

/** Ids of the open cases whose task is the viewer's. */
export async function listTasks(db: Reader, viewer: Viewer): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('case_record')
    .select('case_id')
    .where(isOpenCase)
    .where('collector_no', '=', viewer.accountNo)
    .where(visibleTo(viewer))
    .execute()
  return rows.map(({ case_id }) => case_id)
}
