import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { has, type PeerProcess, startProcess, until } from '../interop/peers/process'
import { shareAt } from '../interop/tone-media'

/** A sound server of the test's own, on which headsets are plugged in and out as on a desk; the browser sees devices that come and go. */
export interface SoundServer {
  /** What a program needs in its environment to use it. */
  readonly env: { readonly PULSE_SERVER: string }
  /** A headset whose microphone hears a steady tone. */
  plug(name: string, voiceHz: number): Promise<Headset>
  stop(): Promise<void>
}

export interface Headset {
  /** Loudest sample of what the ears heard in the last half second, of 32 768. */
  loudness(): number
  /** Share of a tone in what the ears heard in the last half second, 0–1; 0 when it was quiet. */
  heardShare(hz: number): number
  unplug(): Promise<void>
}

export const hasSoundServer = has('pulseaudio') && has('pactl') && has('parec')

const earRate = 8_000
/** Quieter than this is not heard, of 16 bits. */
const quiet = 100

export async function startSoundServer(): Promise<SoundServer> {
  const folder = mkdtempSync(join(tmpdir(), 'seat-sound-'))
  const address = join(folder, 'socket')
  // A loudspeaker of the PC's own, so that there is always somewhere to play.
  writeFileSync(
    join(folder, 'start.pa'),
    `load-module module-native-protocol-unix socket=${address} auth-anonymous=1\nload-module module-null-sink sink_name=room sink_properties=device.description=Room\n`,
  )
  const env = { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder, PULSE_RUNTIME_PATH: folder }
  const options = ['-n', '-F', join(folder, 'start.pa'), '--exit-idle-time=-1', '--daemonize=no', '--use-pid-file=no']
  const server = startProcess(
    'env',
    ['-i', ...Object.entries(env).map(([k, v]) => `${k}=${v}`), 'pulseaudio', ...options],
    folder,
    join(folder, 'log'),
  )
  await until('the sound server listens', () => existsSync(address))
  const PULSE_SERVER = `unix:${address}`
  const pactl = (...args: string[]): string =>
    execFileSync('pactl', args, { encoding: 'utf8', timeout: 5_000, env: { ...env, PULSE_SERVER } }).trim()
  const ears = new Set<PeerProcess>()
  return {
    env: { PULSE_SERVER },
    async plug(name, voiceHz) {
      // The microphone first: a sink alone would lend its monitor as one.
      const source = pactl('load-module', 'module-sine-source', `source_name=${name}_mouth`, `frequency=${voiceHz}`)
      pactl('set-source-volume', `${name}_mouth`, '80%')
      pactl('set-default-source', `${name}_mouth`)
      const sink = pactl('load-module', 'module-null-sink', `sink_name=${name}_ear`, `sink_properties=device.description=${name}`)
      pactl('set-default-sink', `${name}_ear`)
      const file = join(folder, `${name}-${sink}.raw`)
      const capture = [
        '-d',
        `${name}_ear.monitor`,
        '--format=s16le',
        `--rate=${earRate}`,
        '--channels=1',
        '--raw',
        '--latency-msec=50',
        file,
      ]
      const ear = startProcess(
        'env',
        [`PULSE_SERVER=${PULSE_SERVER}`, `HOME=${folder}`, 'parec', ...capture],
        folder,
        join(folder, 'ear-log'),
      )
      ears.add(ear)
      await until(`${name} hears`, () => existsSync(file) && statSync(file).size > 0)
      return {
        loudness: () => loudest(tailOf(file)),
        heardShare: (hz) => shareIn(tailOf(file), hz),
        async unplug() {
          pactl('unload-module', source)
          pactl('unload-module', sink)
          await ear.stop()
          ears.delete(ear)
        },
      }
    },
    async stop() {
      for (const ear of ears) await ear.stop()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function tailOf(file: string): readonly number[] {
  const bytes = readFileSync(file)
  const samples: number[] = []
  for (let at = Math.max(0, bytes.length - earRate) & ~1; at + 1 < bytes.length; at += 2) samples.push(bytes.readInt16LE(at))
  return samples
}

const loudest = (samples: readonly number[]): number => Math.max(0, ...samples.map(Math.abs))
const shareIn = (samples: readonly number[], hz: number): number => (loudest(samples) < quiet ? 0 : shareAt(samples, hz, earRate))
