import { type Static, Type } from 'typebox'
import type { CameraOutage, CameraState } from '../domain/camera/outages'
import { CameraNo } from './camera-shapes'
import { EpochMs, Name, Uuid, Version } from './common'

/** Devices of GB/T 28181 as they travel, and whether cameras are there. The rules are in `domain/gb28181` and `domain/camera/outages`. */
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const closed = { additionalProperties: false }

/** Twenty digits (GB/T 28181-2016 annex D). */
export const GbDeviceCode = Type.String({ pattern: '^\\d{20}$', description: '国标编码，20 位数字' })
/** Printable ASCII: what a device's own page takes. */
export const GbPassword = Type.String({ pattern: '^[!-~]{6,64}$', description: '6 至 64 位字母、数字或符号' })

export const GbDevice = Type.Object({
  deviceId: GbDeviceCode,
  name: Name,
  isEnabled: Type.Boolean(),
  /** Its password was entered for another domain of this platform: it cannot register until it is entered anew. */
  needsPassword: Type.Boolean(),
  version: Version,
  isOnline: Type.Boolean(),
  seenAt: orNull(EpochMs),
  /** `UDP 10.1.2.3:5060`. */
  address: orNull(Type.String()),
  /** As the device says. */
  make: orNull(Type.String()),
  channels: Type.Integer({ minimum: 0 }),
  channelsOnline: Type.Integer({ minimum: 0 }),
  catalogAt: orNull(EpochMs),
  isCatalogWhole: Type.Boolean(),
})
export type GbDevice = Static<typeof GbDevice>

export const GbRefused = Type.Object({
  deviceId: GbDeviceCode,
  address: Type.String(),
  why: Type.Enum(['unknown', 'password', 'disabled']),
  at: EpochMs,
})
export type GbRefused = Static<typeof GbRefused>

/** What is typed into a device. */
export const GbPlatform = Type.Object({
  serverId: GbDeviceCode,
  domain: Type.String(),
  address: Type.String(),
  port: Type.Integer(),
  hasGateway: Type.Boolean(),
})
export type GbPlatform = Static<typeof GbPlatform>

/** `platform` null: this process is none. */
export const GbDevices = Type.Object({ platform: orNull(GbPlatform), items: Type.Array(GbDevice), refused: Type.Array(GbRefused) })

export const GbChannel = Type.Object({
  channelId: GbDeviceCode,
  /** As the device calls it. */
  name: Type.String(),
  isOnline: Type.Boolean(),
  /** The camera of the directory that has this code, under the city's own name. */
  cameraNo: orNull(CameraNo),
  cameraName: orNull(Type.String()),
  /** Why it is not in the directory: it says no place, one outside the grids, or it is no camera. */
  missing: Type.Enum(['none', 'noPlace', 'outside', 'noCamera', 'waiting']),
})
export type GbChannel = Static<typeof GbChannel>

export const newGbDevice = Type.Object({ deviceId: GbDeviceCode, name: Name, password: GbPassword }, closed)
export const changedGbDevice = Type.Object(
  { name: Type.Optional(Name), isEnabled: Type.Optional(Type.Boolean()), password: Type.Optional(GbPassword) },
  closed,
)

const Cause = Type.Enum(['device', 'channel'])
export const CameraStateSchema = Type.Unsafe<CameraState>(
  Type.Object({ cameraNo: CameraNo, isOnline: Type.Boolean(), since: EpochMs, cause: orNull(Cause) }),
)
export const CameraStates = Type.Object({ items: Type.Array(CameraStateSchema) })

export const CameraOutageSchema = Type.Unsafe<CameraOutage>(
  Type.Object({ outageId: Uuid, cameraNo: CameraNo, name: Type.String(), cause: Cause, beganAt: EpochMs, endedAt: orNull(EpochMs) }),
)
