import { err, ok, type Result } from '../../base/result'
import {
  freeCamera,
  movePtz,
  type PtzHand,
  type PtzPolicy,
  type PtzSession,
  passTime,
  ptzPolicy,
  ptzPriorities,
  releasePtz,
  takePtz,
  timeLeft,
} from './ptz-session'

/**
 * A camera that turns 云台, as the centre keeps it for all seats: who has it, its presets 预置位 with the names people gave them, where it belongs, and
 * its tour 守望巡航 over presets. What is asked is decided here and becomes orders for the device; the device itself is told elsewhere.
 */
export interface CameraSteering {
  readonly cameraNo: string
  /** Grows by one with every change. */
  readonly revision: number
  readonly session: PtzSession
  readonly presets: readonly Preset[]
  /** The preset that it returns to when it is left; null: it stays. */
  readonly homePreset: number | null
  readonly tour: PresetTour | null
  /** Null: the tour does not run. */
  readonly touring: { readonly index: number; readonly dueAt: number } | null
}

export interface Preset {
  readonly number: number
  readonly name: string
  /** Neither moved nor removed until somebody unlocks it. */
  readonly isLocked: boolean
}

export interface PresetTour {
  readonly presets: readonly number[]
  readonly dwellMs: number
}

export type SteerAsk =
  | { readonly type: 'take' }
  | { readonly type: 'release' }
  /** −1 … 1 each; keeps moving until `stop`. */
  | { readonly type: 'move'; readonly pan: number; readonly tilt: number; readonly zoom: number }
  | { readonly type: 'stop' }
  | { readonly type: 'goTo'; readonly number: number }
  | { readonly type: 'goHome' }
  | { readonly type: 'savePreset'; readonly number: number; readonly name: string }
  | { readonly type: 'lockPreset'; readonly number: number; readonly isLocked: boolean }
  | { readonly type: 'removePreset'; readonly number: number }
  | { readonly type: 'setHome'; readonly number: number | null }
  | { readonly type: 'setTour'; readonly tour: PresetTour | null }
  | { readonly type: 'startTour' }
  | { readonly type: 'stopTour' }

export type DeviceOrder =
  | { readonly kind: 'move'; readonly pan: number; readonly tilt: number; readonly zoom: number }
  | { readonly kind: 'stop' }
  | { readonly kind: 'recall'; readonly number: number }
  | { readonly kind: 'store'; readonly number: number; readonly name: string }
  | { readonly kind: 'remove'; readonly number: number }

export type SteerRefusal =
  | { readonly code: 'camera/steeredByOther'; readonly by: PtzHand; readonly leftMs: number }
  | { readonly code: 'camera/presetUnknown'; readonly number: number }
  | { readonly code: 'camera/presetLocked'; readonly number: number }
  | { readonly code: 'camera/noTour' }

export interface Steered {
  readonly state: CameraSteering
  readonly orders: readonly DeviceOrder[]
  /** Somebody of lower priority lost the camera. */
  readonly displaced: PtzHand | null
}

export const mostPresets = 64

export const newSteering = (cameraNo: string): CameraSteering => ({
  ...{ cameraNo, revision: 0, session: freeCamera, presets: [], homePreset: null, tour: null, touring: null },
})

export function priorityOf(role: string): number {
  if (role === 'commander') return ptzPriorities.commander
  return role === 'shiftLead' ? ptzPriorities.shiftLead : ptzPriorities.operator
}

const policyOf = ({ tour, homePreset }: CameraSteering): PtzPolicy => ({
  ...ptzPolicy,
  returnsTo: tour && tour.presets.length > 0 ? 'tour' : homePreset === null ? null : 'home',
})

/** Everything but giving it back needs the camera; who does not have it takes it by asking, when it is free or theirs by priority. */
export function steer(state: CameraSteering, ask: SteerAsk, hand: PtzHand, now: number): Result<Steered, SteerRefusal> {
  if (ask.type === 'release') {
    const session = releasePtz(state.session, hand, now)
    return session === state.session ? ok(unchanged(state)) : ok(changed(state, { session }, [{ kind: 'stop' }]))
  }
  const policy = policyOf(state)
  const taken = takePtz(state.session, hand, now, policy)
  if (!taken.ok) {
    const { error } = taken
    const by = error.by ?? hand
    return err({ code: 'camera/steeredByOther', by, leftMs: error.kind === 'held' ? error.leftMs : 0 })
  }
  const moved = movePtz(taken.value.session, hand, now, policy)
  const session = moved.ok ? moved.value : taken.value.session
  // A hand on the camera stops its tour: it goes on when the camera is left.
  const held = { ...state, session, touring: ask.type === 'startTour' ? state.touring : null }
  const done = act(held, ask, now)
  return done.ok ? ok({ ...done.value, displaced: taken.value.displaced }) : done
}

function act(state: CameraSteering, ask: Exclude<SteerAsk, { type: 'release' }>, now: number): Result<Steered, SteerRefusal> {
  const presetOf = (number: number) => state.presets.find((one) => one.number === number)
  switch (ask.type) {
    case 'take':
      return ok(changed(state, {}, []))
    case 'move':
      return ok(changed(state, {}, [{ kind: 'move', pan: ask.pan, tilt: ask.tilt, zoom: ask.zoom }]))
    case 'stop':
      return ok(changed(state, {}, [{ kind: 'stop' }]))
    case 'goTo':
      return presetOf(ask.number)
        ? ok(changed(state, {}, [{ kind: 'recall', number: ask.number }]))
        : err({ code: 'camera/presetUnknown', number: ask.number })
    case 'goHome':
      return state.homePreset === null
        ? err({ code: 'camera/presetUnknown', number: 0 })
        : ok(changed(state, {}, [{ kind: 'recall', number: state.homePreset }]))
    case 'savePreset': {
      if (presetOf(ask.number)?.isLocked) return err({ code: 'camera/presetLocked', number: ask.number })
      const others = state.presets.filter(({ number }) => number !== ask.number)
      const presets = [...others, { number: ask.number, name: ask.name, isLocked: false }].sort((a, b) => a.number - b.number)
      return ok(changed(state, { presets }, [{ kind: 'store', number: ask.number, name: ask.name }]))
    }
    case 'lockPreset': {
      if (!presetOf(ask.number)) return err({ code: 'camera/presetUnknown', number: ask.number })
      const presets = state.presets.map((one) => (one.number === ask.number ? { ...one, isLocked: ask.isLocked } : one))
      return ok(changed(state, { presets }, []))
    }
    case 'removePreset':
      return removePreset(state, ask.number)
    case 'setHome':
      return ask.number !== null && !presetOf(ask.number)
        ? err({ code: 'camera/presetUnknown', number: ask.number })
        : ok(changed(state, { homePreset: ask.number }, []))
    case 'setTour': {
      const missing = ask.tour?.presets.find((number) => !presetOf(number))
      return missing === undefined ? ok(changed(state, { tour: ask.tour }, [])) : err({ code: 'camera/presetUnknown', number: missing })
    }
    case 'startTour':
      return startTour({ ...state, session: { ...freeCamera } }, now)
    case 'stopTour':
      return ok(changed(state, { touring: null }, [{ kind: 'stop' }]))
  }
}

function removePreset(state: CameraSteering, number: number): Result<Steered, SteerRefusal> {
  const preset = state.presets.find((one) => one.number === number)
  if (!preset) return err({ code: 'camera/presetUnknown', number })
  if (preset.isLocked) return err({ code: 'camera/presetLocked', number })
  const left = state.tour?.presets.filter((one) => one !== number) ?? []
  const next = {
    presets: state.presets.filter((one) => one !== preset),
    homePreset: state.homePreset === number ? null : state.homePreset,
    tour: state.tour && left.length > 0 ? { ...state.tour, presets: left } : null,
  }
  return ok(changed(state, next, [{ kind: 'remove', number }]))
}

function startTour(state: CameraSteering, now: number): Result<Steered, SteerRefusal> {
  const first = state.tour?.presets[0]
  if (!state.tour || first === undefined) return err({ code: 'camera/noTour' })
  return ok(changed(state, { touring: { index: 0, dueAt: now + state.tour.dwellMs } }, [{ kind: 'recall', number: first }]))
}

/** What time does: a resting hand yields, a camera left alone goes home or on with its tour, a tour takes its next step. */
export function steeringAt(state: CameraSteering, now: number): Steered {
  const passed = passTime(state.session, now, policyOf(state))
  const yielded = passed.session === state.session ? state : { ...state, session: passed.session, revision: state.revision + 1 }
  // A hand that went away while the camera still moved must not leave it turning.
  const stops: readonly DeviceOrder[] = state.session.hand && !passed.session.hand ? [{ kind: 'stop' }] : []
  if (passed.returnsTo === 'home' && state.homePreset !== null)
    return changed(yielded, {}, [...stops, { kind: 'recall', number: state.homePreset }])
  if (passed.returnsTo === 'tour') {
    const begun = startTour(yielded, now)
    return begun.ok ? begun.value : unchanged(yielded)
  }
  const { tour, touring } = yielded
  if (!tour || !touring || touring.dueAt > now) return { state: yielded, orders: stops, displaced: null }
  const index = (touring.index + 1) % tour.presets.length
  const number = tour.presets[index] ?? tour.presets[0] ?? 1
  return changed(yielded, { touring: { index, dueAt: now + tour.dwellMs } }, [...stops, { kind: 'recall', number }])
}

/** Whether time will do something: such a camera is looked at each second. */
export const isTicking = ({ session, touring }: CameraSteering): boolean =>
  session.hand !== null || session.freeSince !== null || touring !== null

export const secondsLeft = ({ session }: CameraSteering, now: number): number => Math.ceil(timeLeft(session, now, ptzPolicy) / 1_000)

const changed = (state: CameraSteering, next: Partial<CameraSteering>, orders: readonly DeviceOrder[]): Steered => ({
  state: { ...state, ...next, revision: state.revision + 1 },
  ...{ orders, displaced: null },
})
const unchanged = (state: CameraSteering): Steered => ({ state, orders: [], displaced: null })
