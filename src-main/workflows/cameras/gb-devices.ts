import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from '../context'

/** Devices of GB/T 28181: live at the centre, nothing kept here, least of all a password. */
type Context = Pick<SeatContext, 'central' | 'ids'>
type Name = 'gbDevices.list' | 'gbDevices.create' | 'gbDevices.update' | 'gbDevices.channels' | 'gbDevices.askCatalog'

export const gbDevices: {
  readonly [N in Name]: (seat: Context, input: InputOfCommand<N>) => Promise<Result<OutputOfCommand<N>, AppError>>
} = {
  'gbDevices.list': ({ central }) => central.call('gbDevices.list', {}),
  'gbDevices.create': ({ central, ids }, body) => central.call('gbDevices.create', { body, idempotencyKey: ids.uuid() }),
  'gbDevices.update': ({ central, ids }, { deviceId, version, ...body }) =>
    central.call('gbDevices.update', { params: { deviceId }, body, ifMatch: version, idempotencyKey: ids.uuid() }),
  'gbDevices.channels': ({ central }, params) => central.call('gbDevices.channels', { params }),
  'gbDevices.askCatalog': ({ central }, params) => central.call('gbDevices.askCatalog', { params }),
}
