import type { FastifyReply } from 'fastify'
import type { AppError } from '#shared/base/app-error'
import type { Problem } from '#shared/contracts/common'
import { appError, errorCatalogue, isErrorCode } from '#shared/contracts/errors'

/** Every failure leaves as problem+json (RFC 9457) with a code of the catalogue and its Chinese sentence; causes stay in the log. */
export const problemType = 'application/problem+json; charset=utf-8'

export function problemOf(error: AppError, requestId: string): Problem {
  const { code, message, retryable, detail } = error
  const status = isErrorCode(code) ? errorCatalogue[code].status : 500
  return {
    type: `urn:seat:problem:${code}`,
    title: message,
    status,
    code,
    retryable,
    ...(detail && { detail: { ...detail } }),
    instance: `urn:seat:request:${requestId}`,
  }
}

export async function sendProblem(reply: FastifyReply, error: AppError): Promise<void> {
  const problem = problemOf(error, reply.request.id)
  await reply.code(problem.status).header('content-type', problemType).send(JSON.stringify(problem))
}

/** What the framework throws before a handler runs, in our codes; undefined = a bug. */
export function knownFailure(thrown: unknown, bodyLimitBytes: number): AppError | undefined {
  const { code, statusCode } = thrown as { code?: unknown; statusCode?: unknown }
  if (thrown instanceof Refusal) return thrown.error
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return appError('request/tooLarge', { limit: readableSize(bodyLimitBytes), limitBytes: bodyLimitBytes })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return appError('request/unsupportedMedia')
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH') return appError('request/unknownRoute')
  // Broken or empty JSON, a wrong Content-Length, forbidden keys such as `__proto__`.
  if (statusCode === 400) return appError('request/malformed')
  return undefined
}

/** Carries a refusal through the framework's own error path, from where only throwing leads. */
export class Refusal extends Error {
  constructor(readonly error: AppError) {
    super(error.code)
  }
}

function readableSize(bytes: number): string {
  return bytes >= 1_048_576 ? `${Math.round(bytes / 1_048_576)} MB` : `${Math.round(bytes / 1024)} KB`
}
