import type { AppError } from '#shared/base/app-error'
import type { Devices } from './devices'

/** The page's half of speech, as screens see it. */
export interface SoundState {
  /** `elsewhere`: another window of this seat has it. */
  readonly link: 'down' | 'connecting' | 'up' | 'elsewhere'
  /** Why the last attempt failed. */
  readonly error: AppError | null
  readonly devices: Devices
  readonly microphone: DeviceInUse & { readonly state: 'present' | 'absent' | 'denied' }
  readonly speaker: DeviceInUse
}

export interface DeviceInUse {
  readonly label: string | null
  readonly isSubstitute: boolean
  /** Made by the program, for a demonstration on a PC without the device. */
  readonly isSynthetic: boolean
}
