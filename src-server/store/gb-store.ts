import type { CameraOutage, CameraState, OutageCause } from '#shared/domain/camera/outages'
import type { CatalogItem, DeviceInfo } from '#shared/domain/gb28181/manscdp'
import type { GbDeviceRow } from './camera-schema'
import type { Database, Statements } from './open-database'

/** Devices of GB/T 28181, what they have, and whether cameras are there. */
type Reader = Database | Statements
export type GbDeviceAccount = Pick<GbDeviceRow, 'device_id' | 'name' | 'is_enabled' | 'version' | 'realm'>

export async function listGbDevices(db: Reader): Promise<GbDeviceRow[]> {
  return db.selectFrom('gb_device').selectAll().orderBy('device_id').execute()
}

export async function findGbDevice(db: Reader, deviceId: string): Promise<GbDeviceRow | undefined> {
  return db.selectFrom('gb_device').selectAll().where('device_id', '=', deviceId).executeTakeFirst()
}

/** False when the code is taken. */
export async function insertGbDevice(trx: Statements, row: GbDeviceRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('gb_device')
    .values(row)
    .onConflict((conflict) => conflict.column('device_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function updateGbDevice(trx: Statements, deviceId: string, values: Partial<Omit<GbDeviceRow, 'device_id'>>): Promise<void> {
  await trx.updateTable('gb_device').set(values).where('device_id', '=', deviceId).execute()
}

export async function allGbChannels(db: Reader): Promise<ReadonlyMap<string, readonly CatalogItem[]>> {
  const rows = await db.selectFrom('gb_channel').select(['device_id', 'item']).orderBy('channel_id').execute()
  const channels = new Map<string, CatalogItem[]>()
  for (const { device_id, item } of rows) {
    const own = channels.get(device_id) ?? []
    own.push(JSON.parse(item) as CatalogItem)
    channels.set(device_id, own)
  }
  return channels
}

/** Rows in one statement: both databases take so many parameters and no more. */
const atOnce = 200

export async function putGbChannels(trx: Statements, deviceId: string, items: readonly CatalogItem[]): Promise<void> {
  await trx.deleteFrom('gb_channel').where('device_id', '=', deviceId).execute()
  for (let at = 0; at < items.length; at += atOnce) {
    const values = items
      .slice(at, at + atOnce)
      .map((item) => ({ device_id: deviceId, channel_id: item.channelId, item: JSON.stringify(item) }))
    await trx.insertInto('gb_channel').values(values).execute()
  }
}

export const infoOf = ({ info }: Pick<GbDeviceRow, 'info'>): DeviceInfo | null => (info === null ? null : (JSON.parse(info) as DeviceInfo))

export async function listCameraStates(db: Reader): Promise<CameraState[]> {
  const rows = await db.selectFrom('camera_state').selectAll().orderBy('camera_no').execute()
  return rows.map((row) => ({
    ...{ cameraNo: row.camera_no, isOnline: row.is_online === 1, since: Number(row.since), cause: row.cause as OutageCause | null },
  }))
}

/** A state, and what follows for the ledger: an outage ends, begins, or both when its cause changes. */
export async function putCameraState(
  trx: Statements,
  state: CameraState,
  camera: { name: string; outageId: string },
  now: number,
): Promise<void> {
  const { cameraNo, isOnline, since, cause } = state
  const values = { is_online: isOnline ? 1 : 0, since, cause }
  await trx
    .insertInto('camera_state')
    .values({ camera_no: cameraNo, ...values })
    .onConflict((conflict) => conflict.column('camera_no').doUpdateSet(values))
    .execute()
  await trx.updateTable('camera_outage').set({ ended_at: now }).where('camera_no', '=', cameraNo).where('ended_at', 'is', null).execute()
  if (isOnline || cause === null) return
  const began = { outage_id: camera.outageId, camera_no: cameraNo, name: camera.name, cause, began_at: now, ended_at: null }
  await trx.insertInto('camera_outage').values(began).execute()
}

/** It is not in the directory any more, or no device has it: what was known of it is over. */
export async function dropCameraState(trx: Statements, cameraNo: string, now: number): Promise<void> {
  await trx.deleteFrom('camera_state').where('camera_no', '=', cameraNo).execute()
  await trx.updateTable('camera_outage').set({ ended_at: now }).where('camera_no', '=', cameraNo).where('ended_at', 'is', null).execute()
}

const mostOutages = 20_000

export async function outagesBetween(db: Reader, from: number, until: number): Promise<CameraOutage[]> {
  const rows = await db
    .selectFrom('camera_outage')
    .selectAll()
    .where('began_at', '<', until)
    .where((each) => each.or([each('ended_at', 'is', null), each('ended_at', '>=', from)]))
    .orderBy('began_at')
    .limit(mostOutages)
    .execute()
  return rows.map((row) => ({
    ...{ outageId: row.outage_id, cameraNo: row.camera_no, name: row.name, cause: row.cause as OutageCause },
    ...{ beganAt: Number(row.began_at), endedAt: row.ended_at === null ? null : Number(row.ended_at) },
  }))
}
