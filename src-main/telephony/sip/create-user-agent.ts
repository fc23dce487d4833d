import type { Clock, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { ExchangeProfile } from '#shared/contracts/exchange-profile'
import { createCredentials } from './auth/credentials'
import type { CallJournal } from './call-snapshot'
import type { MediaPort } from './media-session'
import { escapeUser, hostForUri, parseHostPort } from './message/uri'
import { type CallDesk, createCallDesk } from './session/call-desk'
import { createExchangeWatch, type ExchangeWatch } from './session/exchange-watch'
import { createRegistration, type Registration } from './session/registration'
import { createRequester } from './session/requester'
import { createTransactionLayer, type TransactionLayer } from './transaction/transaction-layer'
import { createDestinations } from './transport/destinations'
import type { Resolver } from './transport/locate'
import { createMessageTransport } from './transport/message-transport'
import { createTrace } from './transport/trace'
import type { Endpoint, SipWire, WireEvents } from './transport/wire'
import type { RegistrationView, UserAgent, UserAgentEvent } from './user-agent'

/** Puts the layers together (RFC 3261 §5): wire, messages, transactions, calls and registration, and nothing else. */
export interface UserAgentParts {
  readonly profile: ExchangeProfile
  /** Asked for whenever a challenge is answered. */
  readonly password: () => string
  readonly clock: Clock
  readonly log: Log
  /** In [0, 1). */
  readonly random: () => number
  /** A fresh, unguessable token of letters and digits: tags, branches, Call-IDs. */
  readonly token: () => string
  /** Names of calls towards the rest of the program; `token` unless given. They never go to the exchange. */
  readonly callId?: () => string
  readonly media: MediaPort
  readonly journal: CallJournal
  readonly resolver: Resolver
  /** Also called again after an address change. */
  readonly createWire: (events: WireEvents) => SipWire
  /** Goes out as User-Agent. */
  readonly product: string
}

export function createUserAgent(parts: UserAgentParts): UserAgent {
  const { profile, clock, random, token } = parts
  const log = parts.log.child({ room: 'sip' })
  const listeners = new Set<(event: UserAgentEvent) => void>()
  const trace = createTrace(clock)
  const transport = createMessageTransport({
    wire: () => wire,
    trace,
    clock,
    log,
    user: {
      onRequest: (request, source) => layer.receiveRequest(request, source),
      onResponse: (response) => layer.receiveResponse(response),
      onSettled: () => desk.settle(),
      onDown: (failure) => {
        log.warn('connection to the exchange lost', { code: failure.code })
        registration.renew()
        publishRegistration()
      },
    },
  })
  let wire: SipWire = parts.createWire(transport.events)
  let lastLocal: Endpoint | null = null
  let reconnects = 0

  const emit = (event: UserAgentEvent): void => {
    // A change that no message follows is kept, too.
    desk.settle()
    for (const listener of [...listeners]) {
      try {
        listener(event)
      } catch (cause) {
        // Whoever listens must not be able to break the dialog in the middle of a message.
        log.error('a listener failed', { type: event.type, cause: String((cause as Error)?.stack ?? cause) })
      }
    }
  }
  const layer: TransactionLayer = createTransactionLayer({
    clock,
    token,
    isReliable: () => wire.protocol !== 'UDP',
    protocol: () => wire.protocol,
    local: () => wire.local(),
    sendRequest: (request, to, onFailure) => transport.sendRequest({ ...request, headers: [...request.headers, userAgent] }, to, onFailure),
    sendResponse: (response, request, source) =>
      transport.sendResponse({ ...response, headers: [...response.headers, server] }, request.via, source),
    sendRaw: (bytes, to) => transport.sendRaw(bytes, to),
    onRequest: (request, source) => desk.receive(request, source),
    onStrayResponse: (response) => desk.receiveStray(response),
  })
  const userAgent = { name: 'user-agent', value: parts.product }
  const server = { name: 'server', value: parts.product }
  const destinations = createDestinations(() => wire.protocol, parts.resolver, clock, random)
  const credentials = createCredentials({
    user: profile.authorizationName ?? profile.account,
    password: parts.password,
    allowMd5: profile.allowMd5,
    clientNonce: token,
  })
  const requester = createRequester(layer, destinations, credentials)
  const scheme = 'sip'
  const transportParameter = `;transport=${profile.transport.toLowerCase()}`
  const domain = domainOf(profile.domain)
  const aor = `${scheme}:${escapeUser(profile.account)}@${domain}`
  const nextHop = `${scheme}:${domainOf(profile.proxy ?? profile.domain)}${transportParameter}`
  const contact = (): string => contactOf(profile, wire.local() ?? lastLocal)
  const desk: CallDesk = createCallDesk(
    { clock, random, token, callId: parts.callId ?? token, log, profile, requester, layer, mediaPort: parts.media, contact, emit },
    parts.journal,
  )
  const open = (): Promise<boolean> =>
    new Promise((resolve) => {
      destinations.find(nextHop, async (targets) => {
        for (const target of targets) {
          const opened = await wire.open(target)
          if (opened.ok) {
            movedTo(opened.value)
            return resolve(true)
          }
          destinations.failed(target)
        }
        resolve(false)
      })
    })
  /** A new local end: established calls are told where we are now (RFC 3261 §12.2.1.1: a re-INVITE refreshes the target). */
  const movedTo = (local: Endpoint): void => {
    const isMove = lastLocal !== null && (lastLocal.address !== local.address || lastLocal.port !== local.port)
    lastLocal = local
    if (!isMove) return
    reconnects += 1
    desk.renegotiateAll()
  }
  const registration: Registration = createRegistration({
    clock,
    random,
    requester,
    token,
    registrar: `${scheme}:${domain}`,
    nextHop,
    aor,
    contact: () => (wire.local() ? contact() : null),
    open,
    expiresS: profile.registerForS,
    headers: [],
    route: [],
    onChanged: () => publishRegistration(),
  })
  const watch: ExchangeWatch = createExchangeWatch({
    clock,
    requester,
    token,
    everyS: profile.optionsEveryS,
    uri: `${scheme}:${domain}`,
    nextHop,
    aor,
    route: [],
    isUp: () => wire.local() !== null,
    onChanged: () => publishRegistration(),
    onReturned: () => registration.renew(),
    keepAlive: () => destinations.find(nextHop, ([target]) => target && wire.keepAlive(target)),
  })
  const registrationView = (): RegistrationView => {
    const { serviceRoute: _, ...facts } = registration.state()
    return { ...facts, ...watch.facts(), transport: profile.transport, localAddress: wire.local()?.address ?? null }
  }
  const publishRegistration = (): void => emit({ type: 'registrationChanged', registration: registrationView() })

  const refreshNetwork = (): void => {
    wire.close()
    wire = parts.createWire(transport.events)
    destinations.forget()
    void open().then((isOpen) => {
      if (isOpen) desk.renegotiateAll()
      registration.renew()
    })
  }
  return {
    registration: registrationView,
    calls: () => desk.calls(),
    register: () => {
      registration.start()
      watch.start()
    },
    unregister: async () => {
      watch.stop()
      await registration.stop()
    },
    call: async (target, options = {}) => {
      if (!(await open())) return err(appError('phone/offline'))
      return desk.call(target, options, { nextHop, route: registration.state().serviceRoute, aor })
    },
    resumeCall: async (snapshot) => {
      if (!(await open())) return err(appError('phone/offline'))
      return desk.resume(snapshot)
    },
    refreshNetwork,
    onEvent: (listener): Stop => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    trace: () => trace.entries(),
    counters: () => ({
      received: transport.counts.received,
      sent: transport.counts.sent,
      retransmitted: layer.repeated(),
      malformed: transport.counts.malformed,
      stray: layer.stray(),
      faults: transport.counts.faults,
      reconnects,
    }),
    stop: async (how = 'politely') => {
      watch.stop()
      if (how === 'politely') {
        desk.endAll()
        await registration.stop()
      } else registration.abandon()
      layer.stop()
      wire.close()
      listeners.clear()
    },
  }
}

function domainOf(text: string): string {
  const end = parseHostPort(text)
  return end ? `${hostForUri(end.host)}${end.port === null ? '' : `:${end.port}`}` : text
}

function contactOf(profile: ExchangeProfile, local: Endpoint | null): string {
  const end = local ?? { address: '127.0.0.1', port: 5060 }
  return `sip:${escapeUser(profile.account)}@${hostForUri(end.address)}:${end.port};transport=${profile.transport.toLowerCase()}`
}
