/**
 * Cutting header values where RFC 3261 §25.1 allows it: separators inside quoted strings and angle brackets do not count. One pass, no regular
 * expression over the whole value, so that a hostile header costs time proportional to its length.
 */
export function splitOutside(text: string, separator: ',' | ';' | ' '): string[] {
  const parts: string[] = []
  let from = 0
  let isQuoted = false
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]
    if (isQuoted) {
      if (char === '\\') at += 1
      else if (char === '"') isQuoted = false
    } else if (char === '"') isQuoted = true
    else if (char === '<') depth += 1
    else if (char === '>') depth = Math.max(0, depth - 1)
    else if (char === separator && depth === 0) {
      parts.push(text.slice(from, at).trim())
      from = at + 1
    }
  }
  parts.push(text.slice(from).trim())
  return parts
}

export type Parameters = Readonly<Record<string, string | null>>

/** `a=1;b;c="x"` → names in lower case, quotes taken off, null for a flag. A repeated name keeps its first value. */
export function readParameters(parts: readonly string[]): Parameters {
  const read: Record<string, string | null> = Object.create(null)
  for (const part of parts) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase()
    if (name !== '' && !(name in read)) read[name] = equals < 0 ? null : unquote(part.slice(equals + 1).trim())
  }
  return read
}

export function writeParameters(parameters: Parameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => (value === null ? `;${name}` : `;${name}=${value}`))
    .join('')
}

/** The text of a quoted-string, escapes resolved; anything else as it is. */
export function unquote(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text
}

export function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/[\r\n\0]/g, ' ')}"`
}
