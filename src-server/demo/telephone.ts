/** The demonstration's exchange as a part of its centre: where its port and password are kept. */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cti } from '../cti/cti'
import type { Services } from '../workflows/services'
import { demonstrationSeed } from './areas'
import { startDemoExchange } from './exchange/exchange'

/** What a telephone needs to register: printed at start, so the password protects nothing. */
export interface DemonstrationTelephone {
  readonly address: string
  readonly port: number
  readonly password: string
}

export interface RunningTelephone {
  readonly line: DemonstrationTelephone
  readonly cti: Cti
  /** Extensions whose telephones are there. */
  registered(): readonly string[]
  stop(): Promise<void>
}

export interface TelephoneOptions {
  readonly filesFolder: string
  readonly resourcesFolder: string
  /** 0: the one of last time when it is free, else any. */
  readonly port: number
  readonly speed: number
  /** Of the centre, for whoever finds the file. */
  readonly url: string
}

/** Undefined: there is no port for it, which is logged; everything else of the demonstration goes on. */
export async function startTelephone(
  { clock, log, db }: Services,
  { filesFolder, resourcesFolder, port, speed, url }: TelephoneOptions,
): Promise<RunningTelephone | undefined> {
  const file = join(filesFolder, 'demonstration-exchange.json')
  const before = await readKept(file)
  const password = before?.password ?? randomBytes(9).toString('base64url')
  const open = (wanted: number) =>
    startDemoExchange({
      ...{ clock, log, port: wanted, password, speed, seed: demonstrationSeed, speechFolder: join(resourcesFolder, 'demo', 'speech') },
      maySupervise: (extension) => leads(db, extension, clock.now()),
    })
  const first = await open(port === 0 ? (before?.port ?? 0) : port)
  const exchange = first.ok || port !== 0 ? first : await open(0)
  if (!exchange.ok) {
    log.error('the demonstration has no telephone', { reason: exchange.error })
    return undefined
  }
  const line = { address: exchange.value.address, port: exchange.value.port, password }
  await mkdir(filesFolder, { recursive: true, mode: 0o700 })
  await writeFile(file, JSON.stringify({ ...line, url }), { mode: 0o600 })
  return { line, ...exchange.value }
}

/** A shift lead is signed in at the seat with this extension: what a real exchange has as its class of service. */
async function leads(db: Services['db'], extension: string, now: number): Promise<boolean> {
  const found = await db
    .selectFrom('session')
    .innerJoin('seat', 'seat.seat_no', 'session.seat_no')
    .where('seat.extension', '=', extension)
    .where('session.role', '=', 'shiftLead')
    .where('session.closed_at', 'is', null)
    .where('session.expires_at', '>', now)
    .select('session.session_id')
    .executeTakeFirst()
  return found !== undefined
}

async function readKept(file: string): Promise<DemonstrationTelephone | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  try {
    return text === undefined ? undefined : (JSON.parse(text) as DemonstrationTelephone)
  } catch {
    return undefined
  }
}
