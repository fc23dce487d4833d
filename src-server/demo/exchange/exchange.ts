import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import type { Cti } from '../../cti/cti'
import { otherExtensions, seatExtensions } from './dial-plan'
import { createHotline } from './hotline'
import { createLine } from './parties/line'
import { createPatchboard } from './parties/patchboard'
import type { Stage } from './parties/played'
import { createSupervision, type Supervision } from './parties/supervision'
import { createGatekeeper } from './signalling/gatekeeper'
import { createRegistrar } from './signalling/registrar'
import { createStack, exchangeAddress, type Stack, type StackUser } from './signalling/stack'
import { createExchangeMedia } from './speech/exchange-media'
import { type Frame, framesOf, makeMusic, readALawWav } from './speech/frames'
import { createTicker } from './speech/ticker'
import { createSwitchboard, type Switchboard } from './switchboard'

/**
 * The demonstration's telephone exchange, on this machine alone: a registrar for the hall's extensions, the hotline with its queue, citizens who call, and
 * numbers to practise with. Everything and everybody in it is simulated. Production has a real exchange (`docs/exchanges.md`).
 */
export interface DemoExchange {
  readonly address: string
  /** Of SIP over UDP and TCP. */
  readonly port: number
  registered(): readonly string[]
  /** The hotline's queue, for the centre. */
  readonly cti: Cti
  stop(): Promise<void>
}

export interface DemoExchangeParts {
  readonly clock: Clock
  readonly log: Log
  /** 0: any free one. */
  readonly port: number
  /** Of every extension. */
  readonly password: string
  readonly speed: number
  readonly seed: number
  /** Where the spoken lines lie, as `<line>.wav`. */
  readonly speechFolder: string
  /** Whether the extension may go into others' calls: an exchange's class of service. All may unless given. */
  readonly maySupervise?: (extension: string) => Promise<boolean>
}

const portTries = 20

/** The error is the system's reason why there is no port. */
export async function startDemoExchange(parts: DemoExchangeParts): Promise<Result<DemoExchange, string>> {
  const { clock, log, password } = parts
  const token = (): string => randomBytes(10).toString('hex')
  const ticker = createTicker(clock)
  const supervision: Supervision = createSupervision(ticker, (party) => stage.board.otherOf(party))
  const stage: Stage = {
    ticker,
    board: createPatchboard(() => supervision.tap),
    framesOf: createLibrary(parts.speechFolder, log),
    rated: (ref, answer) => hotline.rated(ref, answer),
  }
  const media = createExchangeMedia({
    ...{ clock, ticker, address: exchangeAddress },
    onFrame: (callId, frame) => switchboard.onFrame(callId, frame),
    onDigit: (callId, digit, durationMs) => switchboard.onDigit(callId, digit, durationMs),
  })
  const accounts = new Set([...seatExtensions, ...otherExtensions])
  const gatekeeper = createGatekeeper({
    ...{ realm: 'demo', secret: token(), clock },
    passwordOf: (account) => (accounts.has(account) ? password : null),
  })
  const registrar = createRegistrar(clock, () => hotline.look())
  // Made below; nothing is received before the sockets are open.
  const user: StackUser = {
    onCall: (call, account, dialled) => switchboard.onCall(call, account, dialled),
    onReplaced: (replaced, call, account) => switchboard.onReplaced(replaced, call, account),
    onEvent: (event) => switchboard.onEvent(event),
    onTransferAsked: (leg, wanted) => switchboard.onTransferAsked(leg, wanted),
  }
  const made = { clock, log, random: Math.random, token, callId: token, media: media.port, gatekeeper, registrar, user }
  const stacks: Readonly<Record<Stack['protocol'], Stack>> = { UDP: createStack('UDP', made), TCP: createStack('TCP', made) }
  const music = onFirstUse(makeMusic)
  const hotline = createHotline({
    ...{ clock, log, stage, registrar, callId: token, speed: parts.speed, seed: parts.seed },
    switchboard: () => switchboard,
  })
  const switchboard: Switchboard = createSwitchboard({
    ...{ clock, registrar, stage, supervision, callId: token, queue: hotline, maySupervise: parts.maySupervise ?? (async () => true) },
    call: (leg) => stacks[leg.binding.protocol].call(leg),
    createLine: (call, account) => createLine({ call, account, ticker, music, speech: () => media.find(call.id) }),
    onBusyChanged: () => hotline.look(),
  })
  const port = await openBoth(stacks, parts.port)
  if (!port.ok) return port
  return ok({
    address: exchangeAddress,
    port: port.value,
    registered: registrar.accounts,
    cti: hotline.cti,
    stop: async () => {
      hotline.stop()
      await Promise.all([stacks.UDP.stop(), stacks.TCP.stop()])
    },
  })
}

/** One number for both transports, as real exchanges have it. */
async function openBoth({ UDP, TCP }: Readonly<Record<Stack['protocol'], Stack>>, wanted: number): Promise<Result<number, string>> {
  let reason = ''
  for (let tries = 0; tries < (wanted === 0 ? portTries : 1); tries += 1) {
    const udp = await UDP.open(wanted)
    if (!udp.ok) return udp
    const tcp = await TCP.open(udp.value)
    if (tcp.ok) return tcp
    reason = tcp.error
    UDP.close()
  }
  return err(reason)
}

/** Lines are read when they are first said. One that is missing is silence: a call must not end for it. */
function createLibrary(folder: string, log: Log): (line: string) => readonly Frame[] {
  const known = new Map<string, readonly Frame[]>()
  const read = (line: string): readonly Frame[] => {
    try {
      const speech = readALawWav(readFileSync(join(folder, `${line}.wav`)))
      if (speech) return framesOf(speech)
      log.error('a spoken line is no A-law', { line })
    } catch (cause) {
      log.error('a spoken line is missing', { line, cause: String(cause) })
    }
    return []
  }
  return (line) => {
    const frames = known.get(line) ?? read(line)
    known.set(line, frames)
    return frames
  }
}

function onFirstUse<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
