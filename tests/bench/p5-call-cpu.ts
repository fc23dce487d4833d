/**
 * P5: what one held call costs the processor, headless: the whole core of a seat in a process of its own, against the telephones of other makers in the same run.
 * The reference of baresip is the other end of the very same call, with the same codec, packets and a recording of its own; linphone, where it is installed, holds a
 * call of its own meanwhile. Time of the processor is counted by the kernel, so that a busy machine changes little.
 *
 * Headless is the call without a window: what both telephones do then is the same, packets from and to the exchange and a recording. With the window at the relay
 * a seat does it twice, the second time encrypted; that is said beside it.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasSoundServer, startSoundServer } from '../e2e/sound-server'
import { password, startCentre } from '../integration/main/harness'
import { createSeatPc } from '../interop/killable-seat'
import { hasBaresip, startBaresip } from '../interop/peers/baresip'
import { freePort } from '../interop/peers/free-port'
import { hasKamailio, startKamailio } from '../interop/peers/kamailio'
import { has, until } from '../interop/peers/process'
import { openTalkingPage } from '../interop/talking-page'
import { lineOf } from '../interop/talking-seat'
import { type Figure, rounded } from './figure'

export async function run({ isShort = false }: { isShort?: boolean } = {}): Promise<readonly Figure[]> {
  if (!hasBaresip || !hasKamailio) {
    console.error('P5: no baresip or no Kamailio on this machine, not measured')
    return []
  }
  const seconds = isShort ? 5 : 60
  const [kamailio, centre] = [await startKamailio(), await startCentre()]
  const phone = await startBaresip({ user: '2001', toneHz: 440, exchange: kamailio })
  const linphone = has('linphonec') && !isShort ? await startLinphoneCall() : null
  const pc = createSeatPc({ centralUrl: centre.url, telephone: lineOf(kamailio.port) })
  try {
    const seat = await pc.start()
    const page = await openTalkingPage(seat.call, 1_000)
    await seat.must('session.signIn', { accountNo: '0803', password })
    await seat.until('telephone.changed', ({ registration }) => registration?.state === 'registered')
    await phone.command('dial', 'sip:1002@hotline.test')
    const { calls } = await seat.until('telephone.changed', ({ calls: [call] }) => call?.phase === 'ringing')
    await seat.must('telephone.answer', { callId: calls[0]?.callId ?? '' })
    await page.hears(440)
    const pids = { seat: seat.pid, baresip: phone.pid, ...(linphone && { linphone: linphone.pid }) }
    /** Percent of a core, of each. */
    const measure = async (): Promise<Readonly<Record<string, number>>> => {
      // Until the compiler has seen it all.
      await pause(isShort ? 3 : 15)
      const before = cpuOf(pids)
      await pause(seconds)
      const after = cpuOf(pids)
      return Object.fromEntries(Object.keys(pids).map((name) => [name, ((after[name] ?? 0) - (before[name] ?? 0)) / seconds]))
    }
    const withWindow = await measure()
    page.close()
    await seat.until('telephone.changed', ({ sound }) => !sound.isUp, 60_000)
    const headless = await measure()
    return Object.keys(pids)
      .filter((name) => name !== 'seat')
      .map((name) => {
        const ratio = (of: Readonly<Record<string, number>>): number => rounded((of.seat ?? 0) / Math.max(of[name] ?? 0, 0.1))
        return {
          name: 'P5',
          ...{ value: rounded(headless.seat ?? 0), unit: '% of a core', reference: rounded(headless[name] ?? 0) },
          ...{ ratio: ratio(headless), samples: 1 },
          detail: {
            ...{ what: `one call for ${seconds} s, recorded, headless; beside ${name}`, budget: 'ratio ≤ 2' },
            ...{ withWindow: rounded(withWindow.seat ?? 0), ratioWithWindow: ratio(withWindow) },
          },
        }
      })
  } finally {
    await pc.remove()
    await linphone?.stop()
    await phone.stop()
    await centre.stop()
    await kamailio.stop()
  }
}

/** Ticks of user and system time, a hundredth of a second each. */
function cpuOf(pids: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(pids).map(([name, pid]) => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
      return [name, Number(fields[11]) + Number(fields[12])]
    }),
  )
}

const pause = (seconds: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, seconds * 1_000))

/** A linphone that has answered a call of another baresip, with a headset at a sound server of the bench: without a card it takes no call. */
async function startLinphoneCall() {
  if (!hasSoundServer) return null
  const folder = mkdtempSync(join(tmpdir(), 'linphone-'))
  mkdirSync(join(folder, '.local/share/linphone'), { recursive: true })
  const sound = await startSoundServer()
  await sound.plug('linphone', 440)
  const port = await freePort()
  const config = [
    ...['[sip]', `sip_port=${port}`, 'sip_tcp_port=0', 'sip_tls_port=0', 'default_proxy=-1', 'guess_hostname=0'],
    ...['[rtp]', 'audio_rtp_port=-1', '[net]', 'bind_address=127.0.0.1', 'firewall_policy=0', '[sound]', 'echocancellation=0', ''],
    ...['[audio_codec_0]', 'mime=PCMA', 'rate=8000', 'channels=1', 'enabled=1', ''],
  ].join('\n')
  writeFileSync(join(folder, 'linphonerc'), config)
  const child = spawn('linphonec', ['-c', join(folder, 'linphonerc'), '-a'], {
    cwd: folder,
    env: { ...process.env, ...sound.env, HOME: folder },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes) => {
      said = (said + String(bytes)).slice(-20_000)
    })
  const caller = await startBaresip({ user: '2009', toneHz: 500, exchange: null })
  await pause(1)
  await caller.command('dial', `sip:linphone@127.0.0.1:${port}`)
  const isUp = await until('linphone answers', () => caller.events('CALL_ESTABLISHED').length > 0, 10_000).then(
    () => true,
    () => false,
  )
  const stop = async (): Promise<void> => {
    await caller.stop()
    if (child.exitCode === null) child.kill('SIGKILL')
    await sound.stop()
  }
  if (isUp) return { pid: child.pid ?? 0, stop }
  console.error(`linphone takes no call here: ${said.slice(-600)}`)
  await stop()
  return null
}
