import { readLedger } from '../workflows/ledger'
import { enter } from '../workflows/quality/enter'
import { saveForm } from '../workflows/quality/form'
import { openFile, readList, readMine, readReviewers, readTotals } from '../workflows/quality/read-quality'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

type QualityRoute =
  | 'quality.list'
  | 'quality.mine'
  | 'quality.reviewers'
  | 'quality.open'
  | 'quality.enter'
  | 'quality.total'
  | 'quality.saveForm'
  | 'ledger.read'

/** `quality`, and the ledger beside it. */
export const qualityHandlers = (services: Services): HandlersFor<QualityRoute> => ({
  'quality.list': (ask) => readList(services, ask),
  'quality.mine': (ask) => readMine(services, ask),
  'quality.reviewers': () => readReviewers(services),
  'quality.open': (ask) => openFile(services, ask),
  'quality.enter': (ask) => enter(services, ask),
  'quality.total': (ask) => readTotals(services, ask),
  'ledger.read': (ask) => readLedger(services, ask),
  'quality.saveForm': (ask) => saveForm(services, ask),
})
