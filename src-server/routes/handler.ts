import type { FastifyReply, FastifyRequest } from 'fastify'
import type { octets } from '#shared/contracts/central-api/route'
import type { CentralApi, InputOf, OutputOf, RouteName } from '#shared/contracts/central-api/table'
import type { Partner } from '../exchange-with-others/partners'
import type { Actor, Answer, Ask, FileAnswer } from '../workflows/services'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The row of the contract table behind this route. */
    name?: RouteName
  }
}

/** The types that tie handlers to the contract table: a route without a handler, or with one of the wrong shape, does not compile. */
type WhoAsks<N extends RouteName> = CentralApi[N]['roles'] extends 'public'
  ? null
  : CentralApi[N]['roles'] extends 'partner'
    ? Partner
    : Actor

export type AskOf<N extends RouteName> = Ask<InputOf<N>, WhoAsks<N>>

/** Parses nothing and decides nothing: it calls one workflow. */
export type Handler<N extends RouteName> = (
  ask: AskOf<N>,
) => Answer<CentralApi[N] extends { readonly produces: typeof octets } ? FileAnswer : OutputOf<N>>

/** The event stream answers for as long as it is open, so it is given the connection itself. */
export type StreamRoute = 'events.stream'
export type StreamHandler = (actor: Actor, request: FastifyRequest, reply: FastifyReply) => Promise<void>

export type Handlers = { readonly [N in Exclude<RouteName, StreamRoute>]: Handler<N> }
export type HandlersFor<N extends keyof Handlers> = Pick<Handlers, N>
