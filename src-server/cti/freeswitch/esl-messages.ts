/** Messages of FreeSWITCH's event socket: a head of `Key: value` lines, an empty line, and a body when the head has Content-Length. */
export interface EslMessage {
  readonly head: EslFields
  readonly body: string
}
export type EslFields = Readonly<Record<string, string>>

/** Lists of a large queue stay far below. */
const mostLength = 4_194_304

export interface EslReader {
  /** Null: this is no event socket, and nothing more can be read from it. */
  feed(bytes: Buffer): readonly EslMessage[] | null
}

export function createEslReader(): EslReader {
  let kept: Buffer = Buffer.alloc(0)
  return {
    feed: (bytes) => {
      kept = kept.length === 0 ? bytes : Buffer.concat([kept, bytes])
      const messages: EslMessage[] = []
      for (let end = kept.indexOf('\n\n'); end >= 0; end = kept.indexOf('\n\n')) {
        const head = readEslFields(kept.toString('utf8', 0, end))
        const length = Number(head['content-length'] ?? 0)
        if (!Number.isInteger(length) || length < 0 || length > mostLength) return null
        const whole = end + 2 + length
        if (kept.length < whole) break
        messages.push({ head, body: kept.toString('utf8', end + 2, whole) })
        kept = kept.subarray(whole)
      }
      return kept.length > mostLength + 65_536 ? null : messages
    },
  }
}

/** Keys in lower case. */
export function readEslFields(text: string): EslFields {
  const fields: Record<string, string> = Object.create(null)
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) fields[line.slice(0, colon).trim().toLowerCase()] ??= line.slice(colon + 1).trim()
  }
  return fields
}

/** The body of a plain event: the same lines, values percent-escaped. */
export function readPlainEvent(body: string): EslFields {
  const fields = readEslFields(body)
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, unescapePercent(value)]))
}

/** A list as `callcenter_config … list` answers it: column names, then rows, divided by bars; the last line says +OK. */
export function readEslList(body: string): readonly EslFields[] {
  const [first = '', ...lines] = body.split('\n').filter((line) => line.trim() !== '')
  const columns = first.split('|')
  return lines
    .filter((line) => !line.startsWith('+OK'))
    .map((line) => {
      const values = line.split('|')
      return Object.fromEntries(columns.map((column, at) => [column, values[at] ?? '']))
    })
}

function unescapePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
