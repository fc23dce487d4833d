import { ok } from '#shared/base/result'
import { cameraViewers } from '#shared/contracts/central-api/cameras'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { type CameraState, mostLedgerMs, stateAfter } from '#shared/domain/camera/outages'
import type { Gb28181 } from '../../gb28181/gb28181'
import { dropCameraState, listCameraStates, outagesBetween, putCameraState } from '../../store/gb-store'
import type { Answer, Ask, Services } from '../services'
import type { GbDirectory } from './gb-platform'

/** Whether the cameras of the directory are there, from what devices say; what changed is written, kept in the ledger and told to all seats. */
export interface CameraWatch {
  /** Looks once. Only the process that devices register with does so. */
  look(): Promise<void>
}

/** In one event and one transaction: a recorder with all its cameras, not a whole city at once. */
const mostAtOnce = 200

type Watching = Pick<Services, 'db' | 'clock' | 'ids' | 'transactor'>

export function createCameraWatch(services: Watching, gb: Gb28181, directory: GbDirectory): CameraWatch {
  let known: Map<string, CameraState> | undefined

  const seen = (): Map<string, Pick<CameraState, 'cameraNo' | 'isOnline' | 'cause'> & { name: string }> => {
    const now = new Map<string, Pick<CameraState, 'cameraNo' | 'isOnline' | 'cause'> & { name: string }>()
    const online = new Set(gb.devices().flatMap(({ deviceId, isOnline }) => (isOnline ? [deviceId] : [])))
    for (const { cameraNo, deviceId, name } of directory.cameras()) {
      const channel = gb.channel(deviceId)
      if (!channel) continue
      const cause = channel.isOnline ? null : online.has(channel.deviceId) ? 'channel' : 'device'
      now.set(cameraNo, { cameraNo, name, isOnline: channel.isOnline, cause })
    }
    return now
  }
  async function tell(changed: readonly (CameraState & { name: string })[]): Promise<void> {
    const at = services.clock.now()
    await services.transactor.inTransaction(async (unit) => {
      for (const { name, ...state } of changed) await putCameraState(unit.trx, state, { name, outageId: services.ids.uuid() }, at)
      unit.emit('cameras.stated', { items: changed.map(({ name: _, ...state }) => state) }, { roles: [...cameraViewers] })
      return ok(undefined)
    })
    for (const { name: _, ...state } of changed) known?.set(state.cameraNo, state)
  }
  return {
    async look() {
      known ??= new Map((await listCameraStates(services.db)).map((state) => [state.cameraNo, state]))
      const now = seen()
      const changed = [...now.values()].flatMap(({ name, ...one }) => {
        const next = stateAfter(known?.get(one.cameraNo), one, services.clock.now())
        return next ? [{ ...next, name }] : []
      })
      for (let at = 0; at < changed.length; at += mostAtOnce) await tell(changed.slice(at, at + mostAtOnce))
      const gone = [...known.keys()].filter((cameraNo) => !now.has(cameraNo))
      if (gone.length === 0) return
      await services.transactor.inTransaction(async (unit) => {
        for (const cameraNo of gone) await dropCameraState(unit.trx, cameraNo, services.clock.now())
        return ok(undefined)
      })
      for (const cameraNo of gone) known.delete(cameraNo)
    },
  }
}

export async function readCameraStates({ db }: Pick<Services, 'db'>): Answer<OutputOf<'cameras.states'>> {
  return ok({ items: await listCameraStates(db) })
}

export async function readOutages({ db }: Services, { input }: Ask<InputOf<'cameras.outages'>>): Answer<OutputOf<'cameras.outages'>> {
  const { from, until } = input.query
  return ok({ items: await outagesBetween(db, Math.max(from, until - mostLedgerMs), until) })
}
