import type { AppError } from '#shared/base/app-error'

/** Whether the centre gave no answer of its own, so that what this PC knows must do. A refusal or a fault of the centre is an answer. */
export function isUnreachable(error: AppError): boolean {
  return error.code === 'central/offline' || error.code === 'central/timeout' || error.code === 'central/interrupted'
}
