import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { RouteSpec } from '#shared/contracts/central-api/route'
import { Problem } from '#shared/contracts/common'
import { appError, isErrorCode } from '#shared/contracts/errors'

/**
 * Reads what the centre answered. A success is checked against the row's schema; a refusal becomes the catalogue's error; anything else is a
 * value too, because whoever stands between seat and centre (a proxy, a portal) may answer in its place.
 */
export type AnswerReader = (status: number, text: string) => Result<unknown, AppError>

/** Compiles the row's validator once; the reader is kept per route. */
export function answerReader(spec: RouteSpec): AnswerReader {
  const isExpected = compiled(spec.response)
  return (status, text) => {
    if (status < 200 || status > 299) return err(refusal(status, text))
    if (spec.produces !== undefined) return ok(text)
    const value = text === '' ? {} : parsedJson(text)
    return isExpected(value) ? ok(value) : err(appError('central/unintelligible', { status }))
  }
}

const isProblem = compiled(Problem)

/** RFC 9457. The centre's own sentence is kept, because it was filled with the centre's detail. An unknown code stays a fault of the centre, with its code kept in `detail`. */
export function refusal(status: number, text: string): AppError {
  const value = parsedJson(text)
  if (isProblem(value)) {
    const problem = value as Problem
    if (!isErrorCode(problem.code)) return appError('central/fault', { code: problem.code, status })
    return {
      ...appError(problem.code, problem.detail),
      ...(problem.title !== '' && { message: problem.title }),
      retryable: problem.retryable,
    }
  }
  // RFC 9110 §15.6: 502 and 504 come from a gateway that lost the server in the middle, so the work may have been done; 503 says that it was not begun.
  if (status === 503) return appError('central/offline', { status })
  if (status === 502 || status === 504) return appError('central/interrupted', { status })
  return status >= 500 ? appError('central/fault', { status }) : appError('central/unintelligible', { status })
}

function compiled(schema: TSchema): (value: unknown) => boolean {
  const validator = Compile(schema)
  return (value) => validator.Check(value)
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
