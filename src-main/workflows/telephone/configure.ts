import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { SeatContext } from '../context'
import type { LineSetup } from './ports'
import type { TelephoneService } from './service'

/**
 * Finds out which line this seat has. The profile comes from the seat's configuration; the password from the secret store, into which one that the
 * configuration brings is taken over. A seat without a line is told so, and works otherwise.
 */
export interface Configuring extends Pick<SeatContext, 'config' | 'secrets' | 'log'> {
  readonly telephone: Pick<TelephoneService, 'configure'>
  readonly readProfile: (value: unknown) => Result<LineSetup['profile'], AppError>
}

const passwordName = 'telephone.password'

export async function configureTelephone({ config, secrets, log, telephone, readProfile }: Configuring): Promise<void> {
  if (config.telephone === undefined || config.telephone === null) return telephone.configure(null)
  const setup = await setupOf(config.telephone)
  if (setup.ok) return telephone.configure(setup.value)
  log.warn('telephone not configured', { code: setup.error.code, fields: setup.error.detail?.fields })
  telephone.configure(null, setup.error.message)

  async function setupOf(value: unknown): Promise<Result<LineSetup, AppError>> {
    const { exchange, password, isDemonstration } = value as Readonly<Record<string, unknown>>
    const profile = readProfile(exchange)
    if (!profile.ok) return profile
    // Named by the account: another extension has another password.
    const name = `${passwordName}.${profile.value.account}`
    const given = typeof password === 'string' && password !== '' ? password : undefined
    const kept = await secrets.get(name)
    if (given !== undefined && given !== kept) {
      // A key store that refuses costs the next start its password, and not this one its line.
      await secrets.set(name, given).catch((cause) => log.warn('telephone password not kept', { cause }))
      return ok({ profile: profile.value, password: given, isDemonstration: isDemonstration === true })
    }
    if (kept === undefined) return err(appError('phone/noPassword', { account: profile.value.account }))
    return ok({ profile: profile.value, password: kept, isDemonstration: isDemonstration === true })
  }
}
