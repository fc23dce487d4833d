import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { password, startCentre } from '../integration/main/harness'
import { createSeatPc, type KillableSeat } from '../interop/killable-seat'
import { type Baresip, startBaresip } from '../interop/peers/baresip'
import { freePort } from '../interop/peers/free-port'
import { startKamailio } from '../interop/peers/kamailio'
import { until } from '../interop/peers/process'
import { readHeard, toneRuns } from '../interop/recorded-tone'
import { openTalkingPage, type TalkingPage } from '../interop/talking-page'
import { lineOf, seatToneHz } from '../interop/talking-seat'
import { watchStalls } from './stalls'

/**
 * The whole core of a seat, in a process of its own, talks with a citizen's own telephone through an exchange while a third party sends it broken messages. Speech
 * must go on both ways without a hole, nothing may be thrown past a handler, and what the messages cost must be given back.
 */
export interface FloodedSeatOptions {
  readonly datagrams: number
  readonly seed: number
  readonly transport: 'UDP' | 'TCP'
  /** Seconds between the end of the flood and the last look at memory: transactions live for half a minute (RFC 3261 timers F, H, J). */
  readonly settleS: number
}

export interface FloodedSeatResult {
  readonly failures: readonly string[]
  readonly figures: Readonly<Record<string, number>>
}

const citizenHz = 440
/** A quiet machine shows 30; a person hears a hole from about here. What the machine takes from this program and from the measuring one comes on top. */
const mostGapMs = 100
const mostGrowthMb = 25
const pace = { batch: 8, everyMs: 3 }

export async function floodedSeat({ datagrams, seed, transport, settleS }: FloodedSeatOptions): Promise<FloodedSeatResult> {
  const failures: string[] = []
  const [kamailio, centre, sipPort] = [await startKamailio(), await startCentre(), await freePort()]
  const citizen = await startBaresip({ user: '2001', toneHz: citizenHz, exchange: kamailio })
  const telephone = lineOf(kamailio.port, { transport, localPort: sipPort })
  const pc = createSeatPc({ centralUrl: centre.url, telephone, nodeFlags: ['--expose-gc'] })
  let page: TalkingPage | null = null
  try {
    const seat = await pc.start()
    page = await openTalkingPage(seat.call, seatToneHz)
    const callId = await talk(seat, page, citizen)
    const before = await seat.condition()
    const file = citizen.heard().at(-1) ?? ''
    const [fromMs, fromOctets] = [performance.now(), statSync(file).size]
    const ownStall = watchStalls()
    await flood(sipPort, transport, datagrams, seed)
    const ownStallMs = ownStall()
    const seconds = (performance.now() - fromMs) / 1_000
    // What was heard while it went on, at both ends.
    const heard = page.heard.filter(({ at }) => at >= fromMs)
    const pageGapMs = heard.reduce((worst, { at }, place) => Math.max(worst, at - (heard[place - 1]?.at ?? fromMs)), 0)
    const { tonePart, longestHoleMs } = toneRuns(readHeard(file, fromOctets), seatToneHz)
    const during = await seat.condition()

    if (seat.hasEnded()) failures.push('the program ended')
    for (const thrown of seat.thrown) failures.push(`thrown: ${thrown}`)
    const machineMs = ownStallMs + Math.max(0, during.stallMs - during.busyMs)
    if (during.busyMs > mostGapMs) failures.push(`the program worked ${during.busyMs} ms in one piece`)
    if (pageGapMs > mostGapMs + machineMs) failures.push(`the seat heard nothing for ${Math.round(pageGapMs)} ms`)
    if (longestHoleMs > mostGapMs + machineMs) failures.push(`the citizen heard nothing of the seat for ${longestHoleMs} ms`)
    // A busy machine starves the citizen's telephone, too.
    if (tonePart < 0.8) failures.push(`the citizen heard the seat in ${Math.round(tonePart * 100)} % of the time`)
    // Over a stream a broken message ends its connection, and those behind it with it.
    const received = during.received - before.received
    if (received < datagrams * (transport === 'UDP' ? 0.5 : 0.02)) failures.push(`only ${received} of ${datagrams} reached the program`)
    await goesOn(seat, page, callId, failures)

    await new Promise((resolve) => setTimeout(resolve, settleS * 1_000))
    const after = await seat.condition()
    const grewMb = Math.round((after.heapMb - before.heapMb) * 10) / 10
    if (grewMb > mostGrowthMb) failures.push(`memory grew by ${grewMb} MB`)
    await citizen.command('hangup')
    await seat.until('telephone.changed', ({ calls }) => calls.every((call) => call.callId !== callId))
    return {
      failures,
      figures: {
        ...{
          datagrams,
          received,
          perSecond: Math.round(datagrams / seconds),
          pageGapMs: Math.round(pageGapMs),
          citizenGapMs: longestHoleMs,
        },
        ...{
          busyMs: during.busyMs,
          machineMs,
          duringMb: Math.round(during.heapMb - before.heapMb),
          grewMb,
          rssMb: Math.round(after.rssMb),
        },
      },
    }
  } finally {
    page?.close()
    await pc.remove()
    await citizen.stop()
    await centre.stop()
    await kamailio.stop()
  }
}

async function talk(seat: KillableSeat, page: TalkingPage, citizen: Baresip): Promise<string> {
  await seat.must('session.signIn', { accountNo: '0803', password })
  await seat.until('telephone.changed', ({ registration, faults }) => registration?.state === 'registered' && faults.length === 0)
  await seat.must('agent.showReady', {})
  await citizen.command('dial', 'sip:1002@hotline.test')
  const { calls } = await seat.until('telephone.changed', ({ calls: [call] }) => call?.phase === 'ringing')
  const callId = calls[0]?.callId ?? ''
  await seat.must('telephone.answer', { callId })
  await page.hears(citizenHz)
  await until('the citizen hears the seat', () => citizen.heard().some((one) => toneRuns(readHeard(one, 0), seatToneHz).tonePart > 0.5))
  return callId
}

/** A call in progress did not notice: it can be held and taken back. A broken INVITE can be a right one; what rings is refused like any other call. */
async function goesOn(seat: KillableSeat, page: TalkingPage, callId: string, failures: string[]): Promise<void> {
  const { calls } = await seat.until('telephone.changed', () => true)
  const call = calls.find((one) => one.callId === callId)
  if (call?.phase !== 'talking') return void failures.push(`the call is ${call?.phase ?? 'gone'}`)
  for (const other of calls) if (other.phase === 'ringing') await seat.must('telephone.reject', { callId: other.callId })
  await seat.must('telephone.hold', { callId })
  await seat.must('telephone.resume', { callId })
  await page.hears(citizenHz).catch((cause) => failures.push(String(cause)))
}

async function flood(port: number, transport: string, datagrams: number, seed: number): Promise<void> {
  const args = [port, transport, datagrams, seed, pace.batch, pace.everyMs].map(String)
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'flood-process.ts'), ...args], { stdio: 'inherit' })
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`the flood ended with ${code}`)
}
