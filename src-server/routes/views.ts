import type { Services } from '../workflows/services'
import { keepView, readViews, removeView } from '../workflows/views/saved-views'
import type { HandlersFor } from './handler'

/** `views`. */
export const viewHandlers = (services: Services): HandlersFor<'views.list' | 'views.save' | 'views.remove'> => ({
  'views.list': (ask) => readViews(services, ask),
  'views.save': (ask) => keepView(services, ask),
  'views.remove': (ask) => removeView(services, ask),
})
