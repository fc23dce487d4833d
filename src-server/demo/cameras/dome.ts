import type { DeviceOrder } from '#shared/domain/camera/steering'

/** The motors of a demonstration camera: it turns as long as it is told to, at the speed it is told, and keeps presets. */
export interface Dome {
  order(order: DeviceOrder): void
  viewAt(atEpochMs: number): View
}

/** Which part of its street it sees: −1 … 1 each way, and how near. 0, 0, 1 is where it stands when nobody has turned it. */
export interface View {
  readonly pan: number
  readonly tilt: number
  readonly zoom: number
}

export const ahead: View = { pan: 0, tilt: 0, zoom: 1 }
const nearest = 4
/** From one end to the other at full speed. */
const sweepMs = 6_000
const zoomMs = 4_000
/** A preset is reached after this. */
const swingMs = 1_200

interface Motion {
  readonly from: View
  readonly since: number
  readonly speed: { readonly pan: number; readonly tilt: number; readonly zoom: number }
  readonly target: View | null
}

export function createDome(now: () => number): Dome {
  let motion: Motion = { from: ahead, since: 0, speed: { pan: 0, tilt: 0, zoom: 0 }, target: null }
  const presets = new Map<number, View>()
  const rest = { pan: 0, tilt: 0, zoom: 0 }
  return {
    order(order) {
      const since = now()
      const from = viewOf(motion, since)
      if (order.kind === 'move') motion = { from, since, speed: order, target: null }
      else if (order.kind === 'stop') motion = { from, since, speed: rest, target: null }
      else if (order.kind === 'store') presets.set(order.number, from)
      else if (order.kind === 'remove') presets.delete(order.number)
      else motion = { from, since, speed: rest, target: presets.get(order.number) ?? ahead }
    },
    viewAt: (at) => viewOf(motion, at),
  }
}

function viewOf({ from, since, speed, target }: Motion, at: number): View {
  const passed = Math.max(0, at - since)
  if (target) {
    const share = Math.min(1, passed / swingMs)
    const between = (a: number, b: number) => a + (b - a) * share
    return { pan: between(from.pan, target.pan), tilt: between(from.tilt, target.tilt), zoom: between(from.zoom, target.zoom) }
  }
  const turned = (value: number, way: number) => Math.max(-1, Math.min(1, value + (way * passed * 2) / sweepMs))
  const zoom = Math.max(1, Math.min(nearest, from.zoom * nearest ** ((speed.zoom * passed) / zoomMs)))
  return { pan: turned(from.pan, speed.pan), tilt: turned(from.tilt, speed.tilt), zoom }
}
