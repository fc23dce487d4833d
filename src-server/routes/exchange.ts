import { readExchangeLog } from '../exchange-with-others/exchange-log'
import type { GridFinder } from '../exchange-with-others/grid-finder'
import { listChanged, readStatus } from '../exchange-with-others/read-status'
import { receiveCase } from '../exchange-with-others/receive-case'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `exchange`. */
type Names = 'exchange.cityPlatform.receive' | 'exchange.cityPlatform.get' | 'exchange.cityPlatform.list' | 'exchange.log.list'

export const exchangeHandlers = (services: Services, grids: GridFinder): HandlersFor<Names> => ({
  'exchange.cityPlatform.receive': (ask) => receiveCase(services, grids, ask),
  'exchange.cityPlatform.get': (ask) => readStatus(services, ask),
  'exchange.cityPlatform.list': (ask) => listChanged(services, ask),
  'exchange.log.list': (ask) => readExchangeLog(services, ask),
})
