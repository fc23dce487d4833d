import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port'
import { has, type PeerProcess, startProcess, until } from './process'

/** Kamailio as the city's exchange: registrar and record-routing proxy, users NNNN with password pwNNNN. */
export interface Kamailio {
  readonly port: number
  readonly tlsPort: number
  readonly certificate: string
  readonly folder: string
  /** Contacts bound to a user now. */
  contacts(user: string): readonly string[]
  stop(): Promise<void>
  /** Again on the same ports, with an empty memory. */
  start(): Promise<void>
}

const binary = '/usr/sbin/kamailio'
export const hasKamailio = has('kamailio') && has('kamcmd') && has('openssl')
const modules = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((arch) => `/usr/lib/${arch}/kamailio/modules/`).find(existsSync) ?? ''

export async function startKamailio(...sections: readonly string[]): Promise<Kamailio> {
  const folder = mkdtempSync(join(tmpdir(), 'kamailio-'))
  const [port, tlsPort] = [await freePort(), await freePort()]
  if (sections.includes('WITH_TLS')) makeCertificate(folder)
  const template = readFileSync(join(import.meta.dirname, 'kamailio.cfg'), 'utf8')
  const values: Record<string, string> = { RUN: folder, SIP: String(port), TLS: String(tlsPort), MODULES: modules }
  writeFileSync(
    join(folder, 'kamailio.cfg'),
    template.replace(/@(RUN|SIP|TLS|MODULES)@/g, (_, name: string) => values[name] ?? ''),
  )
  let running: PeerProcess | null = null
  const kamcmd = (...args: string[]): string =>
    execFileSync('/usr/sbin/kamcmd', ['-s', `unix:${folder}/kamailio_ctl`, ...args], {
      encoding: 'utf8',
      timeout: 5_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  const start = async (): Promise<void> => {
    const options = [
      '-f',
      join(folder, 'kamailio.cfg'),
      '-DD',
      '-E',
      '-P',
      join(folder, 'pid'),
      '-w',
      folder,
      '-Y',
      folder,
      '-m',
      '64',
      '-M',
      '4',
    ]
    const one = startProcess(binary, [...options, ...sections.flatMap((section) => ['-A', section])], folder, join(folder, 'log'))
    running = one
    await until('Kamailio answers its control socket', () => {
      if (one.hasEnded()) throw new Error(`kamailio ended:\n${readFileSync(join(folder, 'log'), 'utf8').slice(-2_000)}`)
      try {
        return kamcmd('core.uptime') !== ''
      } catch {
        return false
      }
    })
  }
  await start()
  return {
    port,
    tlsPort,
    folder,
    certificate: sections.includes('WITH_TLS') ? readFileSync(join(folder, 'server.crt'), 'utf8') : '',
    start,
    stop: async () => running?.stop(),
    contacts: (user) => {
      try {
        return [...kamcmd('ul.lookup', 'location', `s:${user}`).matchAll(/^\s*Address:\s*(\S+)/gm)].map((found) => found[1] ?? '')
      } catch {
        return []
      }
    },
  }
}

function makeCertificate(folder: string): void {
  const subject = ['-subj', '/CN=hotline.test', '-addext', 'subjectAltName=DNS:hotline.test,IP:127.0.0.1']
  const files = ['-keyout', join(folder, 'server.key'), '-out', join(folder, 'server.crt')]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', ...files, ...subject], { stdio: 'ignore' })
}
