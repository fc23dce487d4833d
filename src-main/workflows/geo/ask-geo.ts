import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { geoCommands } from '#shared/contracts/seat-api/commands/geo'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from '../context'

/** The geodata of the city: live at the centre, which checks and decides; nothing is kept here. Each function only turns flat input into a route's parts. */
type GeoContext = Pick<SeatContext, 'central' | 'ids'>
type GeoCommand = keyof typeof geoCommands

type Asking = {
  readonly [N in GeoCommand]: (seat: GeoContext, input: InputOfCommand<N>) => Promise<Result<OutputOfCommand<N>, AppError>>
}

/** A megabyte on a slow line takes longer than an action may. */
const pieceTimeoutMs = 20_000
const pieceBytes = 1_048_576

export const askGeo: Asking = {
  'geo.layers': ({ central }) => central.call('geo.layers', {}),
  'geo.list': ({ central }, { layer, ...query }) => central.call('geo.list', { params: { layer }, query }),
  'geo.get': ({ central }, params) => central.call('geo.get', { params, query: {} }),
  'geo.history': ({ central }, params) => central.call('geo.history', { params }),
  'geo.save': ({ central, ids }, body) => central.call('geo.save', { body, idempotencyKey: ids.uuid() }, { timeoutMs: pieceTimeoutMs }),
  'geo.imports': ({ central }) => central.call('geo.imports', {}),
  'geo.beginImport': ({ central }, body) => central.call('geo.beginImport', { body, idempotencyKey: body.importId }),
  'geo.appendImport': ({ central }, { importId, offset, base64 }) =>
    central.call(
      'geo.appendImport',
      { params: { importId }, query: { offset }, body: Buffer.from(base64, 'base64') },
      { timeoutMs: pieceTimeoutMs },
    ),
  'geo.import': ({ central }, params) => central.call('geo.import', { params }),
  'geo.applyImport': ({ central, ids }, { importId, ...body }) =>
    central.call('geo.applyImport', { params: { importId }, body, idempotencyKey: ids.uuid() }),
  'geo.cancelImport': ({ central, ids }, params) => central.call('geo.cancelImport', { params, body: {}, idempotencyKey: ids.uuid() }),
  async 'geo.importReport'({ central }, params) {
    const read = await central.call('geo.importReport', { params }, { timeoutMs: pieceTimeoutMs })
    return read.ok ? ok(fileOf(read.value)) : read
  },
  'geo.export': ({ central }, body) => central.call('geo.export', { body, idempotencyKey: body.exportId }, { timeoutMs: pieceTimeoutMs }),
  /** A megabyte at a time, in any order; behind the end there is nothing. */
  async 'geo.exportFile'({ central }, { exportId, from }) {
    const range = { from, until: from + pieceBytes }
    const read = await central.call('geo.exportFile', { params: { exportId }, range }, { timeoutMs: pieceTimeoutMs })
    if (read.ok) return ok(fileOf(read.value))
    return read.error.code === 'request/range' ? ok({ base64: '', mediaType: 'application/octet-stream' }) : read
  },
}

const fileOf = ({ bytes, mediaType }: { readonly bytes: Uint8Array; readonly mediaType: string }) => ({
  base64: Buffer.from(bytes).toString('base64'),
  mediaType,
})
