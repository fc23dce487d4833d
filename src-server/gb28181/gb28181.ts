import type { Result } from '#shared/base/result'
import type { PictureQuality } from '#shared/contracts/camera-shapes'
import type { DeviceOrder } from '#shared/domain/camera/steering'
import type { CatalogItem, DeviceInfo } from '#shared/domain/gb28181/manscdp'

/**
 * GB/T 28181 as the rest of the centre knows it: devices that may register, what is known of them, a live picture, an order to a motor. What is kept
 * beyond the process is given in as `DeviceBook`. Errors are reasons in Chinese without a full stop.
 */
export interface Gb28181 {
  /** Accounts were changed: read again. */
  accountsChanged(): Promise<void>
  devices(): readonly DeviceView[]
  /** Who knocked lately and was not let in, the latest first. */
  refused(): readonly RefusedDevice[]
  /** Undefined: no device that is known has this channel. */
  channel(channelId: string): ChannelView | undefined
  /** Asks for the catalogue now. */
  askCatalog(deviceId: string): Result<void, string>
  /** Where the picture is played, once the device sends it. */
  openLive(channelId: string, quality: PictureQuality): Promise<Result<string, string>>
  order(channelId: string, order: DeviceOrder): Promise<Result<void, string>>
  counts(): GbCounts
  stop(): Promise<void>
}

export interface DeviceView {
  readonly deviceId: string
  readonly isOnline: boolean
  readonly seenAt: number | null
  /** `UDP 10.1.2.3:5060`; null while it is not registered. */
  readonly address: string | null
  readonly info: DeviceInfo | null
  readonly channels: readonly CatalogItem[]
  /** Null: never asked. `isWhole` false: pieces were lost, what came counts. */
  readonly catalog: { readonly at: number; readonly isWhole: boolean } | null
}

export interface ChannelView {
  readonly deviceId: string
  readonly item: CatalogItem
  /** The device is there and says that the channel is on. */
  readonly isOnline: boolean
}

export interface RefusedDevice {
  readonly deviceId: string
  readonly address: string
  readonly why: 'unknown' | 'password' | 'disabled'
  readonly at: number
}

export interface GbCounts {
  readonly received: number
  readonly malformed: number
  readonly faults: number
  /** Over the limit of one address. */
  readonly flooded: number
  readonly transactions: number
  readonly streams: number
}

/** What devices are known by, and what is written down of them. */
export interface DeviceBook {
  load(): Promise<readonly KeptDevice[]>
  /** Registered, unregistered, or silent for too long. */
  presence(deviceId: string, presence: KeptPresence): Promise<void>
  info(deviceId: string, info: DeviceInfo): Promise<void>
  /** All channels now known of the device. */
  catalog(deviceId: string, items: readonly CatalogItem[], isWhole: boolean, at: number): Promise<void>
}

export interface KeptPresence {
  readonly isOnline: boolean
  readonly seenAt: number | null
  readonly binding: KeptBinding | null
}

export interface KeptBinding {
  readonly protocol: 'UDP' | 'TCP'
  readonly address: string
  readonly port: number
  readonly until: number
}

export interface DeviceSecret {
  readonly realm: string
  readonly md5: string
  readonly sha256: string
}

export interface KeptDevice extends KeptPresence {
  readonly deviceId: string
  readonly isEnabled: boolean
  readonly secret: DeviceSecret
  readonly info: DeviceInfo | null
  readonly channels: readonly CatalogItem[]
  readonly catalog: DeviceView['catalog']
}
