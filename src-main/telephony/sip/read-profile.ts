import { Compile } from 'typebox/compile'
import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { ExchangeProfile, usualProfile } from '#shared/contracts/exchange-profile'
import { parseHostPort } from './message/uri'

const validator = Compile(ExchangeProfile)

/** A profile from configuration: what is not said is usual, what is said must be right. Nothing is mended in silence. */
export function readProfile(value: unknown): Result<ExchangeProfile, AppError> {
  const candidate = typeof value === 'object' && value !== null ? { ...usualProfile, ...value } : value
  if (!validator.Check(candidate)) {
    const fields = [
      ...new Set(validator.Errors(candidate).map(({ instancePath }) => instancePath.slice(1).replaceAll('/', '.') || 'profile')),
    ]
    return err(appError('phone/profileInvalid', { fields: fields.join('、') }))
  }
  const wrong = (['domain', 'proxy'] as const).filter((field) => candidate[field] !== null && !parseHostPort(candidate[field]))
  if (wrong.length > 0) return err(appError('phone/profileInvalid', { fields: wrong.join('、') }))
  return ok(candidate)
}
