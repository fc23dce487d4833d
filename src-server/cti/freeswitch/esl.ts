import type { AppError } from '#shared/base/app-error'
import type { Stop } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { type Cti, type CtiParts, createCtiListeners, type Pause, type QueueMember, type QueueStatus, tellRated } from '../cti'
import { createTextLink, type TextLink } from '../text-link'
import { createEslReader, type EslFields, type EslMessage, readEslList, readPlainEvent } from './esl-messages'

/**
 * The queue of a FreeSWITCH (mod_callcenter), over its event socket: the status of agents, the lists of a queue, and `callcenter::info` events. Written
 * to the module's documentation, and tried against a fake that speaks as documented; no real FreeSWITCH has been asked.
 */
export interface EslOptions {
  readonly host: string
  /** 8021 unless configured otherwise there. */
  readonly port: number
  readonly secret: string
  /** With its domain, e.g. `hotline@default`. */
  readonly queue: string
  /** How an agent is called for an extension, e.g. `{extension}@default`. */
  readonly agent: string
}

const answerWithinMs = 8_000
const askEveryMs = 30_000
/** What the dial plan's announcement fires with the application `event`, beside the module's own. */
const satisfactionEvent = 'seat::satisfaction'
/** Agent statuses of the module. */
const statusOf: Readonly<Record<Pause, string>> = { notReady: 'On Break', wrapUp: 'On Break', signedOut: 'Logged Out' }
/** What may stand in a command, whose words are divided by spaces and ended by a line. */
const isWord = (text: string): boolean => /^[\w@.+-]{1,64}$/.test(text)

export function createEslCti(options: EslOptions, { clock, log, random }: CtiParts): Cti {
  const listeners = createCtiListeners((cause) => log.error('a listener of the queue failed', { cause: String(cause) }))
  /** Answers come in the order of the commands, and name none. */
  let pending: ((answer: string | null) => void)[] = []
  const answered = new Set<string>()
  let reader = createEslReader()
  let isUp = false
  let stopAsking: Stop = () => {}

  const link: TextLink = createTextLink({
    ...{ host: options.host, port: options.port, clock, random },
    onOpen: () => {
      reader = createEslReader()
    },
    onBytes: (bytes) => {
      const messages = reader.feed(bytes)
      if (messages) for (const message of messages) take(message)
      else link.drop()
    },
    onDown: (reason) => {
      stopAsking()
      lose()
      if (isUp) log.warn('the exchange’s queue is away', { reason })
      const wasUp = isUp
      isUp = false
      if (wasUp) listeners.tell({ type: 'disconnected' })
    },
  })
  const lose = (): void => {
    const lost = pending
    pending = []
    for (const one of lost) one(null)
  }
  /** Null: no answer. An answer that is late would be taken for the next one's, so the connection is given up with it. */
  const command = (text: string): Promise<string | null> =>
    new Promise((resolve) => {
      const stopWaiting = clock.after(answerWithinMs, () => link.drop())
      const settle = (answer: string | null): void => {
        stopWaiting()
        resolve(answer)
      }
      if (link.send(`${text}\n\n`)) pending.push(settle)
      else settle(null)
    })

  async function logIn(): Promise<void> {
    const auth = await command(`auth ${options.secret.replace(/[\r\n]/g, '')}`)
    const events = auth?.startsWith('+OK') ? await command(`event plain CUSTOM callcenter::info ${satisfactionEvent}`) : null
    if (!events?.startsWith('+OK')) {
      if (auth !== null) log.error('the exchange’s queue did not let us in', { reason: (events ?? auth).slice(0, 80) })
      return link.drop()
    }
    isUp = true
    stopAsking = clock.every(askEveryMs, () => void command('api echo seat'))
    listeners.tell({ type: 'connected' })
  }
  function take({ head, body }: EslMessage) {
    switch (head['content-type']) {
      case 'auth/request':
        return void logIn()
      case 'command/reply':
        return pending.shift()?.(head['reply-text'] ?? '')
      case 'api/response':
        return pending.shift()?.(body)
      case 'text/event-plain':
        return hear(readPlainEvent(body))
      case 'text/disconnect-notice':
        return link.drop()
      default:
    }
  }
  const [before = '', after = ''] = options.agent.split('{extension}')
  const extensionOf = (agent: string): string | null =>
    agent.startsWith(before) && agent.endsWith(after) && agent.length > before.length + after.length
      ? agent.slice(before.length, agent.length - after.length)
      : null
  function hear(event: EslFields): void {
    if (event['event-subclass'] === satisfactionEvent) {
      tellRated(listeners, event, clock.now())
      return
    }
    if (event['cc-queue'] !== options.queue) return
    const { 'cc-action': action, 'cc-member-session-uuid': callerId = '' } = event
    const at = clock.now()
    if (action === 'member-queue-start') listeners.tell({ type: 'callerJoined', callerId, at })
    if (action === 'bridge-agent-start') {
      answered.add(callerId)
      listeners.tell({ type: 'callerLeft', callerId, extension: extensionOf(event['cc-agent'] ?? ''), at })
    }
    // Also said at the end of a conversation, of a caller who had left the queue by being answered.
    if (action === 'member-queue-end' && !answered.delete(callerId)) listeners.tell({ type: 'callerLeft', callerId, extension: null, at })
  }

  const list = async (what: 'agents' | 'members'): Promise<Result<readonly EslFields[], AppError>> => {
    const answer = await command(`api callcenter_config queue list ${what} ${options.queue}`)
    const outcome = outcomeOf(answer)
    return outcome.ok ? ok(readEslList(answer ?? '')) : outcome
  }
  return {
    pauseMember: async (extension, pause) => {
      const agent = `${before}${extension}${after}`
      if (!isWord(agent)) return err(appError('cti/refused', { reason: extension }))
      return outcomeOf(await command(`api callcenter_config agent set status ${agent} '${pause === null ? 'Available' : statusOf[pause]}'`))
    },
    queueStatus: async (): Promise<Result<QueueStatus, AppError>> => {
      const [agents, callers] = [await list('agents'), await list('members')]
      if (!agents.ok) return agents
      if (!callers.ok) return callers
      const members = agents.value.flatMap((one): QueueMember[] => {
        const extension = extensionOf(one.name ?? '')
        return extension === null ? [] : [{ extension, state: stateOf(one) }]
      })
      const waiting = callers.value
        .filter(({ state }) => state === 'Waiting' || state === 'Trying')
        .map((one) => ({ callerId: one.session_uuid ?? '', since: 1_000 * Number(one.joined_epoch ?? 0) }))
      return ok({ waiting: waiting.toSorted((a, b) => a.since - b.since), members })
    },
    onEvent: listeners.add,
    isUp: () => isUp,
    stop: async () => {
      stopAsking()
      link.stop()
      lose()
    },
  }
}

function outcomeOf(answer: string | null): Result<void, AppError> {
  if (answer === null) return err(appError('cti/offline'))
  const refusal = /^-(?:ERR|USAGE):?\s*(.*)/m.exec(answer)
  return refusal ? err(appError('cti/refused', { reason: (refusal[1] ?? '').slice(0, 80) })) : ok(undefined)
}

/** Whether a telephone is registered the module does not say. */
function stateOf({ status, state }: EslFields): QueueMember['state'] {
  if (status === 'Logged Out' || status === 'On Break') return 'paused'
  return state === 'In a queue call' || state === 'Receiving' ? 'busy' : 'free'
}
