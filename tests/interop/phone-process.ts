/**
 * A seat's telephone in a process of its own, to be killed without warning: journal in a file, orders on standard input, one JSON line for each
 * event on standard output. Started by recovery.test.ts.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createSystemClock } from '#main/platform/system-clock'
import type { CallSnapshot } from '#main/telephony/sip/call-snapshot'
import { createUserAgent } from '#main/telephony/sip/create-user-agent'
import { createNodeWire } from '#main/telephony/sip/transport/create-node-wire'
import { createSystemResolver } from '#main/telephony/sip/transport/system-resolver'
import { usualProfile } from '#shared/contracts/exchange-profile'
import { createKeptLog } from '../fakes/kept-log'
import { createToneMedia } from './tone-media'

const [file = '', exchangePort = '', localPort = '', transport = 'UDP'] = process.argv.slice(2)
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
const kept: Record<string, CallSnapshot> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
const waiting = Object.values(kept)
const save = (): void => {
  writeFileSync(`${file}.next`, JSON.stringify(kept))
  renameSync(`${file}.next`, file)
}
const clock = createSystemClock()
const media = createToneMedia(700)
const profile = {
  ...usualProfile,
  ...{ name: 'recovery', domain: 'hotline.test', account: '1004', proxy: `127.0.0.1:${exchangePort}`, localAddress: '127.0.0.1' },
  localPort: transport === 'UDP' ? Number(localPort) : null,
  transport: transport === 'TCP' ? ('TCP' as const) : ('UDP' as const),
}
const agent = createUserAgent({
  profile,
  password: () => 'pw1004',
  clock,
  log: createKeptLog(),
  random: Math.random,
  token: () => randomUUID().replaceAll('-', '').slice(0, 20),
  media,
  journal: {
    write: (snapshot) => {
      kept[snapshot.callId] = snapshot
      save()
    },
    remove: (callId) => {
      delete kept[callId]
      save()
    },
  },
  resolver: createSystemResolver(),
  createWire: createNodeWire(profile, clock),
  product: 'seat-interop',
})
agent.onEvent((event) => {
  if (event.type === 'callOffered') say({ type: 'offered' })
  if (event.type === 'callChanged')
    say({ type: 'call', state: event.call.state, isResuming: event.call.isResuming, sipCallId: event.call.sipCallId })
  if (event.type === 'callEnded') say({ type: 'ended', end: event.end })
  if (event.type === 'registrationChanged' && event.registration.state === 'registered') say({ type: 'registered' })
})
for (const snapshot of waiting) say({ type: 'resumed', ok: (await agent.resumeCall(snapshot)).ok })
agent.register()
let didHear = false
setInterval(() => {
  const hears = media.hears(440) > 0.7
  if (hears !== didHear) say({ type: 'hears', hears })
  didHear = hears
}, 20)
createInterface(process.stdin).on('line', async (order) => {
  const call = agent.calls()[0]
  if (order === 'ring') call?.ring()
  if (order === 'answer') say({ type: 'answered', ok: (await call?.answer())?.ok ?? false })
  if (order === 'hangUp') call?.hangUp()
  if (order.startsWith('dial ')) await agent.call(order.slice(5))
})
