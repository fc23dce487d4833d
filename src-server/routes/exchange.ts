import { readExchangeLog } from '../exchange-with-others/exchange-log'
import { listChanged, readStatus } from '../exchange-with-others/read-status'
import { receiveCase } from '../exchange-with-others/receive-case'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `exchange`. */
type Names = 'exchange.cityPlatform.receive' | 'exchange.cityPlatform.get' | 'exchange.cityPlatform.list' | 'exchange.log.list'

export const exchangeHandlers = (services: Services): HandlersFor<Names> => ({
  'exchange.cityPlatform.receive': (ask) => receiveCase(services, ask),
  'exchange.cityPlatform.get': (ask) => readStatus(services, ask),
  'exchange.cityPlatform.list': (ask) => listChanged(services, ask),
  'exchange.log.list': (ask) => readExchangeLog(services, ask),
})
