import { err, ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { holdAccount } from '../../store/account-store'
import { deleteView, listViews, saveView } from '../../store/views-store'
import type { Answer, Ask, Services } from '../services'

/** A person's saved views. Whoever signs in with the account finds them again at any seat; nobody else sees them. */
export const mostViews = 30

export async function readViews(services: Services, ask: Ask<unknown>): Answer<OutputOf<'views.list'>> {
  return ok({ items: [...(await listViews(services.db, ask.actor.accountId))] })
}

export function keepView(services: Services, ask: Ask<InputOf<'views.save'>>): Answer<OutputOf<'views.save'>> {
  const { actor, input } = ask
  const view = input.body
  return ask.transact(async (unit) => {
    if (view.viewId !== input.params.viewId) return err(appError('request/invalid', { fields: 'viewId 与地址中的不同' }))
    // Two windows of one person may save at once.
    await holdAccount(unit.trx, services.databaseKind, actor.accountId)
    const others = (await listViews(unit.trx, actor.accountId)).filter(({ viewId }) => viewId !== view.viewId)
    if (others.length >= mostViews) return err(appError('view/tooMany', { limit: mostViews }))
    if (others.some(({ name }) => name === view.name)) return err(appError('view/nameTaken', { name: view.name }))
    await saveView(unit.trx, actor.accountId, view)
    return ok(view)
  })
}

export function removeView(_services: Services, ask: Ask<InputOf<'views.remove'>>): Answer<OutputOf<'views.remove'>> {
  return ask.transact(async (unit) => {
    const isGone = await deleteView(unit.trx, ask.actor.accountId, ask.input.params.viewId)
    return isGone ? ok({}) : err(appError('record/notFound'))
  })
}
