import { err, ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { findAccountById, setPassword } from '../store/account-store'
import { audit } from './audit'
import { isWeakPassword } from './passwords'
import { publishAccount } from './publish-account'
import type { Answer, Ask, Services } from './services'
import { judgePassword } from './sign-in-attempts'

/** A signed-in person's own password: proving it again (to unlock the seat) and changing it. Both count wrong passwords like a sign-in. */
export async function checkOwnPassword(services: Services, ask: Ask<InputOf<'me.checkPassword'>>): Answer<OutputOf<'me.checkPassword'>> {
  const { actor, input } = ask
  const account = await findAccountById(services.db, actor.accountId)
  const isCorrect = await services.passwords.verify(input.body.password, account?.passwordHash)
  return ask.transact(async (unit) => {
    await unit.lock('accounts')
    const refusal = await judgePassword(services, unit, { accountNo: actor.accountNo, isCorrect, actor })
    return refusal ? { ...err(refusal), keep: true } : ok({})
  })
}

export async function changeOwnPassword(services: Services, ask: Ask<InputOf<'me.changePassword'>>): Answer<OutputOf<'me.changePassword'>> {
  const { actor, input } = ask
  const { oldPassword, newPassword } = input.body
  const account = await findAccountById(services.db, actor.accountId)
  const isCorrect = await services.passwords.verify(oldPassword, account?.passwordHash)
  const isWeak = isWeakPassword(newPassword, actor.accountNo, oldPassword)
  const hash = isCorrect && !isWeak ? await services.passwords.hash(newPassword) : undefined
  return ask.transact(async (unit) => {
    await unit.lock('accounts')
    // Read again under the lock: it may have been given a new password while the hash was computed.
    const present = await findAccountById(unit.trx, actor.accountId)
    const isStillCorrect = isCorrect && present?.passwordHash === account?.passwordHash
    const refusal = await judgePassword(services, unit, { accountNo: actor.accountNo, isCorrect: isStillCorrect, actor })
    if (refusal) return { ...err(refusal), keep: true }
    if (hash === undefined) return { ...err(appError('auth/weakPassword')), keep: true }
    await setPassword(unit.trx, actor.accountId, { hash, mustChange: false })
    await audit(services, unit, actor, { action: 'account.passwordChanged', subject: actor.accountNo })
    await publishAccount(services, unit, actor.accountId)
    return ok({})
  })
}
