import { readVersions, removeArticle, saveArticle } from '../workflows/knowledge'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `knowledge`. */
export const knowledgeHandlers = (services: Services): HandlersFor<'knowledge.save' | 'knowledge.remove' | 'knowledge.versions'> => ({
  'knowledge.save': (ask) => saveArticle(services, ask),
  'knowledge.remove': (ask) => removeArticle(services, ask),
  'knowledge.versions': (ask) => readVersions(services, ask),
})
