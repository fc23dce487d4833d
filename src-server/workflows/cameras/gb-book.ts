import { ok } from '#shared/base/result'
import type { DeviceBook, KeptBinding } from '../../gb28181/gb28181'
import { allGbChannels, infoOf, listGbDevices, putGbChannels, updateGbDevice } from '../../store/gb-store'
import type { UnitOfWork } from '../../store/transaction'
import type { Services } from '../services'

/** What the GB/T 28181 platform knows its devices by, and where it writes them down. */
export function createGbBook({ db, transactor }: Pick<Services, 'db' | 'transactor'>): DeviceBook {
  // One after the other, in the order in which things happened: the last word on a device must stand.
  let last: Promise<unknown> = Promise.resolve()
  const write = async (work: (unit: UnitOfWork) => Promise<void>): Promise<void> => {
    const mine = last.then(() =>
      transactor.inTransaction(async (unit) => {
        await work(unit)
        return ok(undefined)
      }),
    )
    last = mine.catch(() => undefined)
    await mine
  }
  return {
    async load() {
      const channels = await allGbChannels(db)
      return (await listGbDevices(db)).map((row) => ({
        ...{ deviceId: row.device_id, isEnabled: row.is_enabled === 1, isOnline: row.is_online === 1 },
        secret: { realm: row.realm, md5: row.secret_md5, sha256: row.secret_sha256 },
        seenAt: row.seen_at === null ? null : Number(row.seen_at),
        binding: row.binding === null ? null : (JSON.parse(row.binding) as KeptBinding),
        ...{ info: infoOf(row), channels: channels.get(row.device_id) ?? [] },
        catalog: row.catalog_at === null ? null : { at: Number(row.catalog_at), isWhole: row.is_catalog_whole === 1 },
      }))
    },
    presence: (deviceId, { isOnline, seenAt, binding }) =>
      write(({ trx }) =>
        updateGbDevice(trx, deviceId, { is_online: isOnline ? 1 : 0, seen_at: seenAt, binding: binding && JSON.stringify(binding) }),
      ),
    info: (deviceId, info) => write(({ trx }) => updateGbDevice(trx, deviceId, { info: JSON.stringify(info) })),
    catalog: (deviceId, items, isWhole, at) =>
      write(async ({ trx }) => {
        await putGbChannels(trx, deviceId, items)
        await updateGbDevice(trx, deviceId, { catalog_at: at, is_catalog_whole: isWhole ? 1 : 0 })
      }),
  }
}
