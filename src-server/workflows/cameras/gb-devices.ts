import { err, ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { GbChannel, GbDevice } from '#shared/contracts/gb-shapes'
import { isCameraCode } from '#shared/domain/gb28181/codes'
import type { DeviceView } from '../../gb28181/gb28181'
import type { GbDeviceRow } from '../../store/camera-schema'
import { findGbDevice, insertGbDevice, listGbDevices, updateGbDevice } from '../../store/gb-store'
import { audit } from '../audit'
import type { Answer, Ask, Services } from '../services'
import type { GbPlatform } from './gb-platform'

/** Devices of GB/T 28181 as administrators enter them. The password goes no further than the digests that stand for it. */
export async function readGbDevices({ db, gb }: Services): Answer<OutputOf<'gbDevices.list'>> {
  const platform = gb()
  const rows = await listGbDevices(db)
  const views = new Map(platform?.devices().map((view) => [view.deviceId, view]))
  return ok({
    platform: platform?.about ?? null,
    items: rows.map((row) => deviceOf(row, views.get(row.device_id), platform)),
    refused: [...(platform?.refused() ?? [])],
  })
}

function deviceOf(row: GbDeviceRow, view: DeviceView | undefined, platform: GbPlatform | null): GbDevice {
  const channels = view?.channels ?? []
  const { manufacturer = null, model = null } = view?.info ?? {}
  return {
    ...{ deviceId: row.device_id, name: row.name, isEnabled: row.is_enabled === 1, version: row.version },
    needsPassword: platform !== null && row.realm !== platform.about.domain,
    ...{ isOnline: view?.isOnline ?? false, seenAt: view?.seenAt ?? null, address: view?.address ?? null },
    make: [manufacturer, model].filter((part) => part !== null).join(' ') || null,
    channels: channels.length,
    channelsOnline: channels.filter(({ channelId }) => platform?.channel(channelId)?.isOnline).length,
    ...{ catalogAt: view?.catalog?.at ?? null, isCatalogWhole: view?.catalog?.isWhole ?? true },
  }
}

export async function createGbDevice(services: Services, ask: Ask<InputOf<'gbDevices.create'>>): Answer<OutputOf<'gbDevices.create'>> {
  const platform = services.gb()
  if (!platform) return err(appError('gb/off'))
  const { deviceId, name, password } = ask.input.body
  const row: GbDeviceRow = {
    ...{ device_id: deviceId, name, is_enabled: 1, version: 1, ...secretsOf(platform, deviceId, password) },
    ...{ is_online: 0, seen_at: null, binding: null, info: null, catalog_at: null, is_catalog_whole: 1 },
  }
  const created = await ask.transact(async (unit) => {
    if (!(await insertGbDevice(unit.trx, row))) return err(appError('record/exists', { key: deviceId }))
    await audit(services, unit, ask.actor, { action: 'gbDevice.created', subject: deviceId, detail: { name } })
    return ok(deviceOf(row, undefined, platform))
  })
  if (created.ok) await platform.accountsChanged()
  return created
}

export async function changeGbDevice(services: Services, ask: Ask<InputOf<'gbDevices.update'>>): Answer<OutputOf<'gbDevices.update'>> {
  const platform = services.gb()
  if (!platform) return err(appError('gb/off'))
  const { deviceId } = ask.input.params
  const { name, isEnabled, password } = ask.input.body
  const changed = await ask.transact(async (unit) => {
    const before = await findGbDevice(unit.trx, deviceId)
    if (!before) return err(appError('record/notFound'))
    if (before.version !== ask.seenVersion) return err(appError('record/stale', { current: before.version, seen: ask.seenVersion }))
    const values = {
      version: before.version + 1,
      ...(name !== undefined && { name }),
      ...(isEnabled !== undefined && { is_enabled: isEnabled ? 1 : 0 }),
      ...(password !== undefined && secretsOf(platform, deviceId, password)),
    }
    await updateGbDevice(unit.trx, deviceId, values)
    const detail = { ...(name !== undefined && { name }), ...(isEnabled !== undefined && { isEnabled }), password: password !== undefined }
    await audit(services, unit, ask.actor, { action: 'gbDevice.updated', subject: deviceId, detail })
    return ok({ ...before, ...values })
  })
  if (!changed.ok) return changed
  await platform.accountsChanged()
  const view = platform.devices().find((one) => one.deviceId === deviceId)
  return ok(deviceOf(changed.value, view, platform))
}

const secretsOf = (platform: GbPlatform, deviceId: string, password: string) => {
  const { realm, md5, sha256 } = platform.secretOf(deviceId, password)
  return { realm, secret_md5: md5, secret_sha256: sha256 }
}

export async function readGbChannels(services: Services, ask: Ask<InputOf<'gbDevices.channels'>>): Answer<OutputOf<'gbDevices.channels'>> {
  const platform = services.gb()
  if (!platform) return err(appError('gb/off'))
  const view = platform.devices().find(({ deviceId }) => deviceId === ask.input.params.deviceId)
  if (!view) return err(appError('record/notFound'))
  const items = view.channels.map((item): GbChannel => {
    const camera = platform.directory.cameraOf(item.channelId)
    return {
      ...{ channelId: item.channelId, name: item.name, isOnline: platform.channel(item.channelId)?.isOnline ?? false },
      ...{ cameraNo: camera?.cameraNo ?? null, cameraName: camera?.name ?? null },
      missing: camera
        ? 'none'
        : !isCameraCode(item.channelId)
          ? 'noCamera'
          : item.position === null
            ? 'noPlace'
            : platform.placeOf(item.channelId),
    }
  })
  return ok({ items })
}

export async function askGbCatalog(
  services: Services,
  ask: Ask<InputOf<'gbDevices.askCatalog'>>,
): Answer<OutputOf<'gbDevices.askCatalog'>> {
  const platform = services.gb()
  if (!platform) return err(appError('gb/off'))
  if (!platform.devices().some(({ deviceId }) => deviceId === ask.input.params.deviceId)) return err(appError('record/notFound'))
  const asked = platform.askCatalog(ask.input.params.deviceId)
  return asked.ok ? ok({}) : err(appError('gb/notAsked', { reason: asked.error }))
}
