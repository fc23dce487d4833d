import { type Parameters, quote, readParameters, splitOutside, unquote, writeParameters } from './split'

/** `"display" <uri>;parameters` or a bare `uri;parameters` (RFC 3261 §20.10: without brackets the parameters belong to the header). */
export interface NameAddress {
  readonly displayName: string | null
  /** Not parsed: it may be of a scheme that only the reader knows. */
  readonly uri: string
  readonly parameters: Parameters
}

export function parseNameAddress(text: string): NameAddress | null {
  const open = openingBracket(text)
  if (open < 0) {
    const [uri = '', ...parameters] = splitOutside(text, ';')
    return /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(uri) ? { displayName: null, uri, parameters: readParameters(parameters) } : null
  }
  const close = text.indexOf('>', open)
  const name = text.slice(0, open).trim()
  const uri = text.slice(open + 1, close).trim()
  if (close < 0 || !/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(uri) || !isDisplayName(name)) return null
  const after = text.slice(close + 1).trim()
  if (after !== '' && !after.startsWith(';')) return null
  return { displayName: name === '' ? null : unquote(name), uri, parameters: readParameters(splitOutside(after.slice(1), ';')) }
}

export function writeNameAddress({ displayName, uri, parameters }: NameAddress): string {
  return `${displayName ? `${quote(displayName)} ` : ''}<${uri}>${writeParameters(parameters)}`
}

/** A quoted string that is closed, or words without a quote in them. */
function isDisplayName(name: string): boolean {
  return name.startsWith('"') ? name.length > 1 && closesAtEnd(name) : !/["<>]/.test(name)
}

function closesAtEnd(text: string): boolean {
  for (let at = 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at === text.length - 1
  }
  return false
}

/** The first `<` outside a quoted string. */
function openingBracket(text: string): number {
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]
    if (isQuoted && char === '\\') at += 1
    else if (char === '"') isQuoted = !isQuoted
    else if (char === '<' && !isQuoted) return at
  }
  return -1
}
