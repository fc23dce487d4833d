import { searchCasesFor } from '../workflows/case-search/search-cases'
import { findDuplicates } from '../workflows/duplicates/find-duplicates'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `search` and `cases.duplicates`. */
export const searchHandlers = (services: Services): HandlersFor<'search.cases' | 'cases.duplicates'> => ({
  'search.cases': (ask) => searchCasesFor(services, ask),
  'cases.duplicates': (ask) => findDuplicates(services, ask),
})
