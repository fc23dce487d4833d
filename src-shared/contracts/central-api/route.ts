import type { Static, TSchema } from 'typebox'
import type { RoleId } from '../../domain/account/role'
import type { ErrorCode } from '../errors'

/**
 * One row of the central API table. The server's routes, OpenAPI, the seat's client and the role × route test are all derived from it;
 * nothing about a route is written anywhere else.
 */
export interface RouteSpec {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`; parameters as `{name}`. */
  readonly path: `/${string}`
  readonly tag: string
  readonly summary: string
  /** `public` needs no session; `signedIn` any role; `partner` another platform with its key, and no person; else the roles named. */
  readonly roles: 'public' | 'signedIn' | 'partner' | readonly RoleId[]
  /** Also for a session whose password somebody else set, until its owner has changed it; every other row then gives `auth/passwordMustChange`. */
  readonly beforePasswordChange?: true
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly response: TSchema
  readonly status?: 200 | 201 | 204
  /** Codes beyond those every route may give (`auth/*`, `request/*`, `central/*`). */
  readonly errors: readonly ErrorCode[]
  /** Needs `Idempotency-Key`: done once per key, the first answer is given again. */
  readonly idempotent?: true
  /** Needs `If-Match` with the version that was seen. */
  readonly versioned?: true
  readonly bodyLimitBytes?: number
  /** A body of plain bytes instead of JSON; such a row names no `body` schema. */
  readonly consumes?: typeof octets
  /** Answers that are not JSON (an event stream, metrics text); `octets`: a file with a type of its own, see `FileContent`. */
  readonly produces?: string
}

/** Bytes of any kind. As `produces` it stands for whatever type the file has. */
export const octets = 'application/octet-stream'

/** What a caller gets from a row that produces `octets`. */
export interface FileContent {
  readonly bytes: Uint8Array
  readonly mediaType: string
}

export function route<const S extends RouteSpec>(spec: S): S {
  return spec
}

type PartOf<S, K extends string> = S extends { readonly [P in K]: infer T extends TSchema } ? { readonly [P in K]: Static<T> } : unknown

/** What a caller gives: only the parts that the row names. */
export type RouteInput<S extends RouteSpec> = PartOf<S, 'params'> &
  PartOf<S, 'query'> &
  (S extends { readonly consumes: typeof octets } ? { readonly body: Uint8Array } : PartOf<S, 'body'>)
export type RouteOutput<S extends RouteSpec> = S extends { readonly produces: typeof octets } ? FileContent : Static<S['response']>
