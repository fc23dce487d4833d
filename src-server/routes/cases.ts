import { actOnCase } from '../workflows/cases/act-on-case'
import { listCasesFor, readQueues } from '../workflows/cases/list-cases'
import { lockCase, unlockCase } from '../workflows/cases/lock-case'
import { readCase, revealPerson } from '../workflows/cases/read-case'
import { registerCase } from '../workflows/cases/register-case'
import { undoAction } from '../workflows/cases/undo-action'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `cases` and `queues`. */
type Names =
  | 'cases.register'
  | 'cases.list'
  | 'cases.get'
  | 'cases.act'
  | 'cases.undo'
  | 'cases.lock'
  | 'cases.unlock'
  | 'cases.reveal'
  | 'queues.list'

export const caseHandlers = (services: Services): HandlersFor<Names> => ({
  'cases.register': (ask) => registerCase(services, ask),
  'cases.list': (ask) => listCasesFor(services, ask),
  'cases.get': (ask) => readCase(services, ask),
  'cases.act': (ask) => actOnCase(services, ask),
  'cases.undo': (ask) => undoAction(services, ask),
  'cases.lock': (ask) => lockCase(services, ask),
  'cases.unlock': (ask) => unlockCase(services, ask),
  'cases.reveal': (ask) => revealPerson(services, ask),
  'queues.list': (ask) => readQueues(services, ask),
})
