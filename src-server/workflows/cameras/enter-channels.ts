import { chinaDate } from '#shared/base/china-time'
import { ok } from '#shared/base/result'
import { isCameraCode } from '#shared/domain/gb28181/codes'
import type { CatalogItem } from '#shared/domain/gb28181/manscdp'
import type { KnownCity } from '#shared/domain/geodata/city'
import type { Gb28181 } from '../../gb28181/gb28181'
import { type NewVersion, raiseRevision, readRevision, writeVersions } from '../../store/geo-store'
import { audit } from '../audit'
import { loadCity } from '../geo/load-city'
import type { Services } from '../services'
import type { GbDirectory } from './gb-platform'

/**
 * Channels that say where they are become cameras of the directory: a number of their own, the device's name, the grid they stand in. A camera that is
 * there already, by its code, is left as the city has it. Who says no place stays a channel until somebody enters it.
 */
export interface ChannelEntry {
  /** Enters what is new. */
  enter(): Promise<void>
  placeOf(channelId: string): 'outside' | 'waiting'
}

/** In one go, so that the ground is not held for long. */
const mostAtOnce = 500
const longestName = 60
/** The directory takes so many. */
const mostCameras = 5_000

export function createChannelEntry(services: Services, gb: Gb28181, directory: GbDirectory): ChannelEntry {
  /** Where each was when it was found outside: asked again only when it moves. */
  const outside = new Map<string, string>()
  /** Written, and not in the directory yet: the ground is published behind. */
  const entered = new Set<string>()
  const placeKey = ({ position }: CatalogItem) => JSON.stringify(position)

  const wanted = (): readonly CatalogItem[] => {
    const room = mostCameras - directory.cameras().length
    const items = gb.devices().flatMap(({ channels }) => channels)
    return items
      .filter(
        ({ channelId, position }) =>
          position !== null && isCameraCode(channelId) && !directory.cameraOf(channelId) && !entered.has(channelId),
      )
      .filter((item) => outside.get(item.channelId) !== placeKey(item))
      .slice(0, Math.max(0, Math.min(mostAtOnce, room)))
  }
  return {
    placeOf: (channelId) => (outside.has(channelId) ? 'outside' : 'waiting'),
    async enter() {
      const items = wanted()
      if (items.length === 0) return
      const written = await services.transactor.inTransaction(async (unit) => {
        await unit.lock('geo')
        const { writing } = await readRevision(unit.trx)
        // An import writes the ground just now: next time.
        if (writing) return ok(0)
        const city = await loadCity(unit.trx, 'camera')
        const versions = versionsOf(items, city, chinaDate(services.clock.now()), (item) => outside.set(item.channelId, placeKey(item)))
        for (const { attributes } of versions) entered.add(String(attributes.deviceId))
        if (versions.length === 0) return ok(0)
        await writeVersions(unit.trx, versions, { at: services.clock.now(), by: null, note: '国标设备报来的通道', importId: null })
        await raiseRevision(unit.trx)
        await audit(services, unit, null, { action: 'camera.entered', detail: { cameras: versions.map(({ code }) => code).join(' ') } })
        return ok(versions.length)
      })
      if (!written.ok || written.value === 0) return
      services.log.info('channels entered into the directory', { cameras: written.value })
      services.geoPublisher.changed()
    },
  }
}

function versionsOf(
  items: readonly CatalogItem[],
  city: KnownCity,
  today: string,
  isOutside: (item: CatalogItem) => void,
): readonly NewVersion[] {
  const codes = new Set([...city.features.values()].map(({ attributes }) => String(attributes.deviceId)))
  const number = freeNumbers([...city.features.keys()])
  return items.flatMap((item): NewVersion[] => {
    // Under the lock once more: an import may have brought it meanwhile, or the city gave it up on purpose.
    if (item.position === null || codes.has(item.channelId)) return []
    const grid = city.gridAt({ lng: item.position[0], lat: item.position[1] })
    if (grid === undefined) {
      isOutside(item)
      return []
    }
    return [
      {
        ...{ layer: 'camera', code: number(), version: 1, name: item.name.slice(0, longestName), state: 'active' },
        ...{ parentCode: null, departmentCode: null, ownerCode: null, validFrom: today, validTo: null },
        geometry: { type: 'Point', coordinates: [item.position[0], item.position[1]] },
        attributes: { deviceId: item.channelId, canTurn: item.canTurn ?? false, gridCodes: [grid] },
      },
    ]
  })
}

/** Numbers after the highest of those that people use, with as many digits; numbers given up are not used again. */
function freeNumbers(taken: readonly string[]): () => string {
  const digits = Math.max(4, ...taken.map(({ length }) => length))
  let last = Math.max(10 ** (digits - 1) - 1, ...taken.map(Number).filter(Number.isFinite))
  return () => {
    last += 1
    return String(last).padStart(digits, '0')
  }
}
