import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EventHub, Listener } from '../events/event-hub'
import type { StoredEvent } from '../store/event-store'
import type { Actor, Services } from '../workflows/services'
import { keepAlive } from '../workflows/use-session'
import type { StreamHandler } from './handler'

/**
 * `GET /events`: server-sent events as in the HTML standard §9.2. Every event is `id` (its sequence number), `event` (its name) and `data`. The
 * first comment names the number from which the stream goes on; an `id` alone, which dispatches nothing, stands for events that were for others;
 * a comment every few seconds shows both ends that the line is alive.
 */
const heartbeatMs = 5_000
/** A client that leaves this much unread is cut off: it comes back with `Last-Event-ID` and misses nothing, and memory stays bounded. */
const unreadLimitBytes = 1_048_576
/** What a client is asked to wait before it connects again. */
const retryMs = 1_000

type Raw = FastifyReply['raw']

export function eventStream(services: Services, hub: EventHub, headers: Readonly<Record<string, string>>): StreamHandler {
  const frameOf = createFraming()
  return async (actor, request, reply) => {
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
    raw.write(`retry: ${retryMs}\n\n`)
    const listener = listenerOn(raw, actor, { frameOf, now: () => services.clock.now() })
    const stopBeating = services.clock.every(heartbeatMs, () => void beat(services, actor, raw, listener))
    const gone = new Promise<void>((resolve) => raw.once('close', resolve))
    try {
      const subscription = await hub.subscribe(listener, cursorOf(request))
      if (!raw.writableEnded) raw.write(`: seq ${subscription.startSeq}\n\n`)
      await gone
      subscription.stop()
    } catch (thrown) {
      services.log.error('event stream failed', { requestId: request.id, reason: String(thrown) })
      raw.destroy()
    } finally {
      stopBeating()
    }
  }
}

function cursorOf(request: FastifyRequest): number | undefined {
  const given = request.headers['last-event-id']
  return typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : undefined
}

async function beat(services: Services, actor: Actor, raw: Raw, listener: Listener): Promise<void> {
  if (raw.writableEnded || raw.destroyed) return
  if (services.clock.now() >= actor.expiresAt) return listener.end()
  raw.write(': \n\n')
  try {
    if (!(await keepAlive(services, actor.sessionId))) listener.end()
  } catch (thrown) {
    // The database may be back at the next beat; the stream itself is well.
    services.log.warn('session of an event stream could not be read', { reason: String(thrown) })
  }
}

function listenerOn(raw: Raw, actor: Actor, { frameOf, now }: { readonly frameOf: Framing; readonly now: () => number }): Listener {
  const write = (frame: string | Buffer) => {
    if (raw.writableEnded || raw.destroyed) return
    raw.write(frame)
    if (raw.writableLength > unreadLimitBytes) raw.destroy()
  }
  return {
    role: actor.role,
    accountNo: actor.accountNo,
    departmentCode: actor.departmentCode,
    seatNo: actor.seatNo,
    sessionId: actor.sessionId,
    receive: (event) => write(frameOf(event)),
    passBy: (seq) => write(`id: ${seq}\n\n`),
    reset: (range) => write(`id: ${range.latestSeq}\nevent: stream.reset\ndata: ${JSON.stringify({ at: now(), payload: range })}\n\n`),
    ready: () => drained(raw),
    end: () => {
      raw.end()
    },
  }
}

type Framing = (event: StoredEvent) => Buffer

/**
 * `data` is the event without what `id` and `event` say already. JSON text has no line breaks of its own. An event is written and encoded once,
 * however many streams it goes to.
 */
function createFraming(): Framing {
  const frames = new WeakMap<StoredEvent, Buffer>()
  return (event) => {
    const written = frames.get(event)
    if (written) return written
    const frame = Buffer.from(`id: ${event.seq}\nevent: ${event.name}\ndata: {"at":${event.at},"payload":${event.payload}}\n\n`)
    frames.set(event, frame)
    return frame
  }
}

function drained(raw: Raw): Promise<void> {
  if (!raw.writableNeedDrain || raw.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      raw.off('drain', done)
      raw.off('close', done)
      resolve()
    }
    raw.on('drain', done)
    raw.on('close', done)
  })
}
