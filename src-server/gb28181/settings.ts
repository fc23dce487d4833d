import { readFileSync } from 'node:fs'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { err, ok, type Result } from '#shared/base/result'

/** What the centre must know to be a GB/T 28181 platform; the accounts of devices are not in it, administrators enter those. */
const closed = { additionalProperties: false }
const host = Type.String({ minLength: 1, maxLength: 200, pattern: '^[0-9A-Za-z.:-]+$' })

const SettingsFile = Type.Object(
  {
    /** The platform's own code. */
    serverId: Type.String({ pattern: '^\\d{20}$' }),
    /** Where it listens, UDP and TCP alike; 0.0.0.0 is everywhere. */
    listen: Type.Object({ address: host, port: Type.Integer({ minimum: 0, maximum: 65_535 }) }, closed),
    /** Where devices reach it, when that is another address. */
    advertised: Type.Optional(host),
    /** How often a device says that it is there, seconds; as entered in the devices. */
    keepAliveS: Type.Optional(Type.Integer({ minimum: 5, maximum: 3_600 })),
    /** What is offered, the best first. Most devices know MD5 alone, and some give up over a second offer. */
    digest: Type.Optional(Type.Array(Type.Enum(['MD5', 'SHA-256']), { minItems: 1, maxItems: 2 })),
    /** Messages that one address may send; a platform below with many cameras may need more. */
    mostPerSecond: Type.Optional(Type.Integer({ minimum: 10, maximum: 1_000_000 })),
    gateway: Type.Optional(
      Type.Object(
        {
          kind: Type.Literal('zlm'),
          api: Type.String({ pattern: '^https?://', maxLength: 300 }),
          secret: Type.String({ maxLength: 200 }),
          rtpAddress: host,
          rtpTransport: Type.Optional(Type.Enum(['udp', 'tcp'])),
          play: Type.String({ pattern: '^wss?://.*\\{stream\\}', maxLength: 500 }),
        },
        closed,
      ),
    ),
    /** What the makes differ in. */
    ptz: Type.Optional(Type.Object({ presetOctet: Type.Optional(Type.Enum([5, 6])) }, closed)),
  },
  closed,
)
export type GbSettings = Static<typeof SettingsFile>

/** Reads `--gb28181 FILE`; the error is a sentence for whoever starts the server. */
export function readGbSettings(file: string): Result<GbSettings, string> {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return err(`--gb28181 ${file} 读不出来，应为 JSON 文件，写法见 docs/cameras.md。`)
  }
  if (Value.Check(SettingsFile, content)) {
    // Everywhere is no address that a device could answer to.
    const isEverywhere = ['0.0.0.0', '::'].includes(content.listen.address)
    return isEverywhere && content.advertised === undefined
      ? err(`--gb28181 ${file} 监听 ${content.listen.address} 时须写明 advertised，即设备连得到的地址。`)
      : ok(content)
  }
  const [first] = [...Value.Errors(SettingsFile, content)]
  return err(`--gb28181 ${file} 的 ${first?.instancePath || '内容'} 不对，写法见 docs/cameras.md。`)
}
