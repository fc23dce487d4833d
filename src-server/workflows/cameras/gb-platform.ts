import type { GbPlatform as AboutPlatform } from '#shared/contracts/gb-shapes'
import type { ReferenceDocument } from '#shared/contracts/reference'
import type { DeviceSecret, Gb28181 } from '../../gb28181/gb28181'

/** The GB/T 28181 platform with the city's directory beside it: what the workflows use. */
export interface GbPlatform extends Gb28181 {
  /** What is typed into devices. */
  readonly about: AboutPlatform
  readonly directory: GbDirectory
  secretOf(deviceId: string, password: string): DeviceSecret
  /** Why a channel that says where it is has not become a camera: not yet, or it stands outside the grids. */
  placeOf(channelId: string): 'outside' | 'waiting'
}

/**
 * Which camera of the city's directory is which channel: by its code of twenty digits, which the city entered or a device said. The directory's own names
 * stand, whatever a device calls its channel.
 */
export interface GbDirectory {
  /** Reads the directory anew when it changed. True: it did. */
  refresh(): Promise<boolean>
  channelOf(cameraNo: string): string | undefined
  cameraOf(channelId: string): DirectoryCamera | undefined
  cameras(): readonly DirectoryCamera[]
}

export type DirectoryCamera = ReferenceDocument<'cameras'>['cameras'][number]
