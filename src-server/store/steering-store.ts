import type { CameraSteering } from '#shared/domain/camera/steering'
import { isTicking } from '#shared/domain/camera/steering'
import type { Database, Statements } from './open-database'

/** Steering of cameras, one value each. Whoever writes holds the lock `steering`. */
type Reader = Database | Statements
const steeringOf = (row: { state: string }): CameraSteering => JSON.parse(row.state) as CameraSteering

export async function findSteering(db: Reader, cameraNo: string): Promise<CameraSteering | undefined> {
  const row = await db.selectFrom('camera_steering').select('state').where('camera_no', '=', cameraNo).executeTakeFirst()
  return row && steeringOf(row)
}

/** Those that time will do something to. */
export async function tickingSteerings(db: Reader): Promise<readonly CameraSteering[]> {
  return (await db.selectFrom('camera_steering').select('state').where('is_ticking', '=', 1).execute()).map(steeringOf)
}

export async function putSteering(trx: Statements, steering: CameraSteering): Promise<void> {
  const values = { state: JSON.stringify(steering), is_ticking: isTicking(steering) ? 1 : 0 }
  await trx
    .insertInto('camera_steering')
    .values({ camera_no: steering.cameraNo, ...values })
    .onConflict((conflict) => conflict.column('camera_no').doUpdateSet(values))
    .execute()
}
