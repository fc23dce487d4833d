import type { Static, TSchema } from 'typebox'
import type { RoleId } from '../../domain/account/role'
import type { ErrorCode } from '../errors'

/**
 * One row of the seat API's command table: what a window may ask of the core. Names are imperative and each is answered once. The core checks
 * the sender, who may ask, and the payload against `input` before anything runs.
 */
export interface CommandSpec {
  readonly summary: string
  readonly input: TSchema
  readonly output: TSchema
  /** Who may ask: anybody at the sign-in screen too, anybody signed in, or the roles named. */
  readonly allowed: 'always' | 'signedIn' | readonly RoleId[]
  /** Answered while the seat is locked too; everything else gives `session/locked`. */
  readonly whileLocked?: true
  /**
   * Answered although the person must change a password that somebody else set; everything else gives `auth/passwordMustChange`. What is allowed
   * `always` needs no mark.
   */
  readonly beforePasswordChange?: true
  /**
   * Records are queued, actions are live: a `live` command needs the centre now, one of the `line` the exchange, and each fails in words without
   * it.
   */
  readonly effect: 'read' | 'local' | 'queued' | 'live' | 'line'
  readonly errors: readonly ErrorCode[]
}

export function command<const S extends CommandSpec>(spec: S): S {
  return spec
}

/**
 * One row of the event table. An event is a past-tense topic that broadcasts its whole state with a revision; a window subscribes, then asks
 * for the snapshot (`topics.snapshot`), and ignores what is not newer than what it holds.
 */
export interface TopicSpec {
  readonly summary: string
  readonly state: TSchema
  /** Topics that a locked or signed-out window may see; others answer an empty refusal. */
  readonly visible: 'always' | 'signedIn'
}

export function topic<const S extends TopicSpec>(spec: S): S {
  return spec
}

export type CommandInput<S extends CommandSpec> = Static<S['input']>
export type CommandOutput<S extends CommandSpec> = Static<S['output']>
