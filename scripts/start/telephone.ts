/** The line that the demonstration's exchange gives a seat, as its configuration has it (`docs/exchanges.md`). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** As the server prints and keeps it. */
export interface DemoTelephone {
  readonly address: string
  readonly port: number
  readonly password: string
}

const root = join(import.meta.dirname, '../..')

/** As the demonstration's dial plan has them. */
const supervisionDigits = { listen: '*91', whisper: '*92', bargeIn: '*93', takeOver: '*94' } as const

/** Seat 01 has extension 8001. Undefined: the hall has no such seat. */
export function lineOfSeat({ address, port, password }: DemoTelephone, seatNo: string): object | undefined {
  const number = Number(seatNo)
  if (!(number >= 1 && number <= 12)) return undefined
  const exchange = {
    ...{ name: '演示交换机', domain: 'demo.invalid', account: String(8_000 + number), proxy: `${address}:${port}`, localAddress: address },
    echoNumber: '*43',
    satisfactionTarget: '*45{call}',
    supervision: Object.fromEntries(
      Object.entries(supervisionDigits).map(([mode, digits]) => [mode, { target: `${digits}{seat}`, headers: {} }]),
    ),
  }
  return { exchange, password, isDemonstration: true }
}

/** The environment of a seat: what somebody has set there is left. */
export function withLine(line: object | undefined): NodeJS.ProcessEnv {
  return line === undefined || process.env.SEAT_TELEPHONE ? process.env : { ...process.env, SEAT_TELEPHONE: JSON.stringify(line) }
}

/** The exchange of a demonstration that runs on this machine with its usual data folder, and is the centre at this address. */
export function exchangeBeside(centralUrl: string): DemoTelephone | undefined {
  for (const folder of [join('.seat', 'central'), join(root, '.seat', 'central')]) {
    try {
      const kept = JSON.parse(readFileSync(join(folder, 'attachments', 'demonstration-exchange.json'), 'utf8')) as DemoTelephone & {
        readonly url: string
      }
      if (new URL(kept.url).origin === new URL(centralUrl).origin) return kept
    } catch {
      // There is none, or it is another one's.
    }
  }
  return undefined
}
