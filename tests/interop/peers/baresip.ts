import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port'
import { has, startProcess, until } from './process'

/** A headless baresip phone: sends a tone, records both directions, takes commands over its control port. */
export interface Baresip {
  readonly user: string
  readonly pid: number
  readonly port: number
  readonly uri: string
  command(command: string, params?: string): Promise<string>
  /** Events of a type so far, e.g. `CALL_ESTABLISHED`. */
  events(type: string): readonly BaresipEvent[]
  event(type: string, withinMs?: number): Promise<BaresipEvent>
  /** Files of what it heard so far. */
  heard(): readonly string[]
  stop(): Promise<void>
}

export interface BaresipEvent {
  readonly type: string
  readonly param?: string
  readonly id?: string
}

export interface BaresipOptions {
  readonly user: string
  readonly toneHz: number
  /** To register with; null: no account at an exchange, called directly. */
  readonly exchange: { readonly port: number; contacts(user: string): readonly string[] } | null
  /** `pw` and the user, unless given. */
  readonly password?: string
  readonly answers?: 'auto' | 'manual' | 'early'
  readonly transport?: 'udp' | 'tcp'
}

export const hasBaresip = has('baresip') && has('sox')

export async function startBaresip({
  user,
  toneHz,
  exchange,
  password,
  answers = 'manual',
  transport = 'udp',
}: BaresipOptions): Promise<Baresip> {
  const folder = mkdtempSync(join(tmpdir(), `baresip-${user}-`))
  const [port, controlPort] = [await freePort(), await freePort()]
  const rtpPort = 2 * Math.floor((20_000 + Math.random() * 20_000) / 2)
  mkdirSync(join(folder, 'rec'))
  execFileSync('sox', [
    '-n',
    '-r',
    '8000',
    '-c',
    '1',
    '-b',
    '16',
    join(folder, 'tone.wav'),
    'synth',
    '900',
    'sine',
    String(toneHz),
    'vol',
    '0.5',
  ])
  writeFileSync(join(folder, 'config'), configOf({ folder, user, port, controlPort, rtpPort }))
  writeFileSync(join(folder, 'contacts'), '')
  const common = `audio_codecs=pcma,pcmu;ptime=20;answermode=${answers};sipnat=`
  const account =
    exchange === null
      ? `<sip:${user}@127.0.0.1:${port};transport=${transport}>;regint=0;${common}`
      : `<sip:${user}@hotline.test;transport=${transport}>;outbound="sip:127.0.0.1:${exchange.port};transport=${transport}";auth_user=${user};auth_pass=${password ?? `pw${user}`};regint=60;${common}`
  writeFileSync(join(folder, 'accounts'), `${account}\n`)
  const running = startProcess('baresip', ['-f', folder, '-v', '-s'], folder, join(folder, 'log'))
  const control = await connectControl(controlPort).catch(async (cause) => {
    await running.stop()
    throw cause
  })
  // Asked there, because the event may come before the control connection.
  if (exchange) await until(`${user} is registered`, () => exchange.contacts(user).length > 0)
  return {
    user,
    pid: running.pid,
    port,
    uri: `sip:${user}@127.0.0.1:${port}`,
    ...control,
    heard: () =>
      readdirSync(join(folder, 'rec'))
        .filter((name) => name.endsWith('dec.wav'))
        .map((name) => join(folder, 'rec', name)),
    stop: async () => {
      control.close()
      await running.stop()
    },
  }
}

async function connectControl(port: number) {
  const events: BaresipEvent[] = []
  const answers: ((text: string) => void)[] = []
  let socket: Socket | null = null
  await until('baresip takes commands', async () => {
    socket = await new Promise<Socket | null>((resolve) => {
      const made = connect(port, '127.0.0.1', () => resolve(made))
      made.once('error', () => resolve(null))
    })
    return socket
  })
  const open = socket as Socket | null
  if (!open) throw new Error('no control connection')
  let kept = Buffer.alloc(0)
  open.on('error', () => {})
  // ctrl_tcp speaks netstrings of JSON.
  open.on('data', (bytes) => {
    kept = Buffer.concat([kept, bytes])
    for (;;) {
      const colon = kept.indexOf(':')
      const length = colon > 0 ? Number(kept.toString('latin1', 0, colon)) : Number.NaN
      if (!(kept.length >= colon + length + 2)) return
      const message = JSON.parse(kept.toString('utf8', colon + 1, colon + 1 + length))
      kept = kept.subarray(colon + length + 2)
      if (message.event) events.push(message)
      else answers.shift()?.(String(message.data ?? ''))
    }
  })
  const event = async (type: string, withinMs = 20_000): Promise<BaresipEvent> => {
    let found: BaresipEvent | undefined
    await until(
      `baresip reports ${type}; so far ${events.map((one) => one.type).join(' ')}`,
      () => {
        found = events.find((one) => one.type === type)
        return found
      },
      withinMs,
    )
    return found ?? { type }
  }
  return {
    event,
    events: (type: string) => events.filter((one) => one.type === type),
    command: (command: string, params = '') =>
      new Promise<string>((resolve) => {
        answers.push(resolve)
        const text = JSON.stringify({ command, params, token: 'x' })
        open.write(`${Buffer.byteLength(text)}:${text},`)
      }),
    close: () => open.destroy(),
  }
}

function configOf({
  folder,
  user,
  port,
  controlPort,
  rtpPort,
}: {
  folder: string
  user: string
  port: number
  controlPort: number
  rtpPort: number
}): string {
  const modules = ['stdio', 'g711', 'aubridge', 'sndfile', 'aufile', 'ausine'].map((name) => `module ${name}.so`)
  return [
    'poll_method epoll',
    `sip_listen 127.0.0.1:${port}`,
    'sip_transports udp,tcp',
    'call_local_timeout 120',
    'call_max_calls 8',
    'audio_path /usr/share/baresip',
    `audio_player aubridge,sink${user}`,
    `audio_source aufile,${folder}/tone.wav`,
    `audio_alert aubridge,alert${user}`,
    ...['ausrc_srate', 'auplay_srate'].map((name) => `${name} 8000`),
    ...['ausrc_channels', 'auplay_channels'].map((name) => `${name} 1`),
    'audio_txmode poll',
    'audio_level no',
    ...['ausrc_format', 'auplay_format', 'auenc_format', 'audec_format'].map((name) => `${name} s16`),
    'audio_buffer 20-160',
    `rtp_ports ${rtpPort}-${rtpPort + 98}`,
    'rtcp_mux no',
    'jitter_buffer_delay 1-5',
    'rtp_stats yes',
    'net_interface 127.0.0.1',
    'module_path /usr/lib/baresip/modules',
    ...modules,
    `snd_path ${folder}/rec`,
    'module_tmp uuid.so',
    'module_tmp account.so',
    'module_app menu.so',
    'module_app ctrl_tcp.so',
    `ctrl_tcp_listen 127.0.0.1:${controlPort}`,
    '',
  ].join('\n')
}
