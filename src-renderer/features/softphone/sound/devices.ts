import type { DeviceChoice } from '#shared/contracts/seat-api/telephone-views'

/** The sound devices of this PC, as the page's browser names them. */
export interface Devices {
  readonly microphones: readonly SoundDevice[]
  readonly speakers: readonly SoundDevice[]
}

export interface SoundDevice extends DeviceChoice {
  /** The same for all that is one thing on the desk, and for the machine's default and what it stands for, where the browser knows. */
  readonly groupId: string
}

export const noDevices: Devices = { microphones: [], speakers: [] }

export interface ChosenDevice {
  /** Null: the machine has none. */
  readonly device: SoundDevice | null
  /** The one that was chosen is not plugged in; this one stands in until it comes back. */
  readonly isSubstitute: boolean
}

/**
 * Which device is used. By its id; else by its label, because ids change with the profile and the socket; else the machine's default, which stands
 * first. Pure.
 */
export function chooseDevice(devices: readonly SoundDevice[], wanted: DeviceChoice | null): ChosenDevice {
  const [named = null] = devices
  // By its own name, so that another default is another device.
  const first = devices.find(({ deviceId, groupId }) => deviceId !== named?.deviceId && groupId === named?.groupId) ?? named
  if (!wanted) return { device: first, isSubstitute: false }
  const found = devices.find(({ deviceId }) => deviceId === wanted.deviceId) ?? devices.find(({ label }) => label === wanted.label)
  return found ? { device: found, isSubstitute: false } : { device: first, isSubstitute: true }
}

/** Chromium's second name for a device that is in the list anyway. */
const aliases = ['communications']

/** Never rejects: a browser that tells nothing has no devices. */
export async function listDevices(media: Pick<MediaDevices, 'enumerateDevices'> | undefined): Promise<Devices> {
  const all = (await media?.enumerateDevices().catch(() => [])) ?? []
  const ofKind = (kind: MediaDeviceKind): SoundDevice[] =>
    all
      .filter((device) => device.kind === kind && device.deviceId !== '' && !aliases.includes(device.deviceId))
      .map(({ deviceId, label, groupId }) => ({ deviceId, groupId, label: plain(label) }))
  return { microphones: ofKind('audioinput'), speakers: ofKind('audiooutput') }
}

/** Names of devices come from the device. */
const plain = (label: string): string => label.replace(/\p{Cc}/gu, ' ').slice(0, 200)
