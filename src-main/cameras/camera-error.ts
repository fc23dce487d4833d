/** What the files of this room fail with. */
export type { AppError } from '#shared/base/app-error'
export { err, ok, type Result } from '#shared/base/result'
export { appError } from '#shared/contracts/errors'
