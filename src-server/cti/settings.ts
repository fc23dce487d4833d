import { err, ok, type Result } from '#shared/base/result'
import type { AmiOptions } from './asterisk/ami'
import type { EslOptions } from './freeswitch/esl'

/** How the centre reaches the queue of the city's exchange: JSON in the environment variable `CTI`, because it holds a secret. */
export type CtiSettings = ({ readonly kind: 'asterisk' } & AmiOptions) | ({ readonly kind: 'freeswitch' } & EslOptions)

/** The error is one Chinese sentence; it never repeats the secret. */
export function readCtiSettings(text: string): Result<CtiSettings, string> {
  const fields = parse(text)
  if (!fields) return err('环境变量 CTI 不是有效的 JSON 对象。')
  const { kind } = fields
  if (kind !== 'asterisk' && kind !== 'freeswitch') return err('环境变量 CTI 的 kind 应为 asterisk 或 freeswitch。')
  const said: Readonly<Record<string, unknown>> = { ...usual[kind], ...fields }
  const missing = needed[kind].filter((name) => typeof said[name] !== 'string' || said[name] === '')
  if (missing.length > 0) return err(`环境变量 CTI 缺少 ${missing.join('、')}。`)
  const pattern = String(kind === 'asterisk' ? said.memberInterface : said.agent)
  if (pattern.split('{extension}').length !== 2) return err('环境变量 CTI 里坐席的写法须含一个 {extension}，代表分机号。')
  const { port } = said
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65_535) return err('环境变量 CTI 的 port 不是端口号。')
  return ok({ ...said, kind } as unknown as CtiSettings)
}

const usual = {
  asterisk: { port: 5_038, memberInterface: 'PJSIP/{extension}' },
  freeswitch: { port: 8_021, agent: '{extension}@default' },
} as const
const needed = {
  asterisk: ['host', 'user', 'secret', 'queue', 'memberInterface'],
  freeswitch: ['host', 'secret', 'queue', 'agent'],
} as const

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
