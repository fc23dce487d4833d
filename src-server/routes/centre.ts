import { describeCentre, describeRoles, readOnDuty } from '../workflows/describe-centre'
import { changeSeat, createSeat, readSeats } from '../workflows/manage-seats'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `centre`, `onDuty`, `seats` and `roles`. */
type Names = 'centre.get' | 'onDuty.list' | 'seats.list' | 'seats.create' | 'seats.update' | 'roles.list'

export const centreHandlers = (services: Services): HandlersFor<Names> => ({
  'centre.get': () => describeCentre(services),
  'onDuty.list': () => readOnDuty(services),
  'seats.list': () => readSeats(services),
  'seats.create': (ask) => createSeat(services, ask),
  'seats.update': (ask) => changeSeat(services, ask),
  'roles.list': () => describeRoles(),
})
