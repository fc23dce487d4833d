import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { isShort } from './extent'
import { type Baresip, hasBaresip, startBaresip } from './peers/baresip'
import { freePort } from './peers/free-port'
import { hasKamailio, type Kamailio, startKamailio } from './peers/kamailio'
import { until } from './peers/process'
import { recordedShareAt } from './recorded-tone'

/** The process of the telephone is killed in the middle of a call; the next one goes on with it, and the citizen’s telephone never hears of it. */
interface Phone {
  readonly lines: readonly { readonly type: string; readonly [key: string]: unknown }[]
  order(line: string): void
  has(what: string, holds: (line: Phone['lines'][number]) => boolean, withinMs?: number): Promise<void>
  kill(): Promise<void>
}

function startPhone(file: string, exchangePort: number, localPort: number, transport: string): Phone {
  const script = join(import.meta.dirname, 'phone-process.ts')
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', script, file, String(exchangePort), String(localPort), transport],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  const lines: Phone['lines'][number][] = []
  if (child.stdout) createInterface(child.stdout).on('line', (line) => lines.push(JSON.parse(line)))
  return {
    lines,
    order: (line) => void child.stdin?.write(`${line}\n`),
    has: (what, holds, withinMs) => until(`${what}; said: ${JSON.stringify(lines.slice(-6))}`, () => lines.some(holds), withinMs),
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
  }
}

describe.skipIf(!hasKamailio || !hasBaresip).each(isShort ? ['UDP'] : ['UDP', 'TCP'])(
  'a call over %s whose process is killed',
  (transport) => {
    let kamailio: Kamailio
    let citizen: Baresip
    beforeAll(async () => {
      kamailio = await startKamailio()
      citizen = await startBaresip({ user: '2001', toneHz: 440, exchange: kamailio })
    })
    afterAll(async () => {
      await citizen?.stop()
      await kamailio?.stop()
    })
    const place = async () => {
      const [file, localPort] = [join(mkdtempSync(join(tmpdir(), 'phone-')), 'journal.json'), await freePort()]
      return () => startPhone(file, kamailio.port, localPort, transport)
    }

    it('talks again, twice, in the same dialog', async () => {
      const start = await place()
      let phone = start()
      onTestFinished(() => phone.kill())
      await phone.has('registered', ({ type }) => type === 'registered')
      const closed = citizen.events('CALL_CLOSED').length
      await citizen.command('dial', 'sip:1004@hotline.test')
      await phone.has('offered', ({ type }) => type === 'offered')
      phone.order('answer')
      await phone.has('the citizen is heard', ({ type, hears }) => type === 'hears' && hears === true)
      const sipCallId = phone.lines.find(({ type }) => type === 'call')?.sipCallId
      for (let death = 1; death <= 2; death += 1) {
        await phone.kill()
        phone = start()
        await phone.has('the call is taken up', ({ type, ok }) => type === 'resumed' && ok === true)
        await phone.has('the citizen is heard again', ({ type, hears }) => type === 'hears' && hears === true)
        await phone.has(
          'the peer agrees',
          ({ type, state, isResuming }) => type === 'call' && state === 'established' && isResuming === false,
        )
        expect(phone.lines.find(({ type }) => type === 'call')?.sipCallId).toBe(sipCallId)
        await until('the seat is heard by the citizen again', () => citizen.heard().some((file) => recordedShareAt(file, 700) > 0.5))
      }
      expect(citizen.events('CALL_CLOSED')).toHaveLength(closed)
      phone.order('hangUp')
      await until('the citizen’s telephone ends', () => citizen.events('CALL_CLOSED').length > closed)
    })

    it('still answers a call that rang when it died, and ends one that the citizen has left meanwhile', async () => {
      const start = await place()
      let phone = start()
      onTestFinished(() => phone.kill())
      await phone.has('registered', ({ type }) => type === 'registered')
      await citizen.command('dial', 'sip:1004@hotline.test')
      await phone.has('offered', ({ type }) => type === 'offered')
      phone.order('ring')
      await phone.has('ringing', ({ state }) => state === 'ringing')
      await phone.kill()
      phone = start()
      await phone.has('taken up', ({ type, ok }) => type === 'resumed' && ok === true)
      phone.order('answer')
      await phone.has('the citizen is heard', ({ type, hears }) => type === 'hears' && hears === true)
      await phone.kill()
      await citizen.command('hangup')
      phone = start()
      await phone.has(
        'ended, because the peer does not know it',
        ({ type, end }) => type === 'ended' && (end as { how: string }).how === 'lost',
        45_000,
      )
    })
  },
)
