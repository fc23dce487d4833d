import { Compile } from 'typebox/compile'
import { type ServerEvent, type ServerEventName, serverEventNames, serverEvents } from '#shared/contracts/server-events/table'

/**
 * One SSE message into a server event. `undefined` means that it does not have the agreed shape; who reads the stream counts and skips it.
 */
export interface SseMessage {
  readonly id?: string | undefined
  readonly event?: string | undefined
  readonly data: string
}

export type EventParser = (message: SseMessage) => ServerEvent | undefined

export function eventParser(): EventParser {
  const validators = new Map(serverEventNames.map((name) => [name as string, Compile(serverEvents[name])]))
  return ({ id, event, data }) => {
    const rest = parsedRest(data)
    const seq = id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : undefined
    const validator = validators.get(event ?? '')
    if (seq === undefined || validator === undefined || rest === undefined || !validator.Check(rest.payload)) return undefined
    return { seq, name: event as ServerEventName, at: rest.at, payload: rest.payload } as ServerEvent
  }
}

function parsedRest(data: string): { readonly at: number; readonly payload: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(data)
    if (typeof value !== 'object' || value === null) return undefined
    const { at, payload } = value as { at?: unknown; payload?: unknown }
    return Number.isSafeInteger(at) ? { at: at as number, payload } : undefined
  } catch {
    return undefined
  }
}
