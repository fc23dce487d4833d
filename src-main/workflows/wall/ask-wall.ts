import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from '../context'

/** What people ask of the wall: live at the centre. A fresh key for each command: sent twice it is done once, pressed twice it is done twice. */
type WallContext = Pick<SeatContext, 'central' | 'ids'>
type WallCommand = 'wall.change' | 'wall.undo' | 'wall.save' | 'wall.remove' | 'wall.configure' | 'wall.log'

type Asking = {
  readonly [N in WallCommand]: (seat: WallContext, input: InputOfCommand<N>) => Promise<Result<OutputOfCommand<N>, AppError>>
}

export const askWall: Asking = {
  'wall.change': ({ central, ids }, { wallId, ...body }) =>
    central.call('walls.change', { params: { wallId }, body, idempotencyKey: ids.uuid() }),
  'wall.undo': ({ central, ids }, { wallId, ...body }) =>
    central.call('walls.undo', { params: { wallId }, body, idempotencyKey: ids.uuid() }),
  'wall.save': ({ central }, { wallId, itemId, item }) => central.call('walls.save', { params: { wallId, itemId }, body: { item } }),
  'wall.remove': ({ central }, params) => central.call('walls.remove', { params }),
  'wall.configure': ({ central }, { wallId, ...body }) => central.call('walls.configure', { params: { wallId }, body }),
  'wall.log': ({ central }, { wallId, before }) => central.call('walls.log', { params: { wallId }, query: { before } }),
}
