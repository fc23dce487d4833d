import type { Clock } from '#shared/base/clock'
import type { WallDriver } from './driver'
import { createIsapiWall } from './isapi/isapi-wall'
import type { DriverSetup } from './read-setup'
import { createSoftwareWall, type SoftwareWall, type WallMemory } from './software/software-wall'
import type { WallWindows } from './software/windows'
import { createTextWall } from './text-protocol'

/** The driver that a configuration asks for. Undefined: this shell has no windows for a software wall. */
export function createWallDriver(
  setup: DriverSetup,
  parts: {
    readonly clock: Clock
    readonly windows: WallWindows | undefined
    readonly memory: WallMemory
    readonly fetch: typeof globalThis.fetch
  },
): WallDriver | undefined {
  const { clock, windows, memory } = parts
  if (setup.kind === 'isapi') return createIsapiWall(setup, clock, parts.fetch)
  if (setup.kind === 'text') return createTextWall(setup.protocol, clock)
  return windows && createSoftwareWall({ setup, windows, memory, clock })
}

export const isSoftwareWall = (driver: WallDriver): driver is SoftwareWall => 'openScreens' in driver
