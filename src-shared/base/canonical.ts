/**
 * One spelling for one value, after RFC 8785 (JSON Canonicalization Scheme): keys in the order of their UTF-16 units, no white space. Only what the
 * duty log holds is allowed (strings, safe integers, booleans, null, lists, plain objects): fractions, whose spelling is where implementations
 * differ, throw, and so does a missing value. What is hashed and signed is this text in UTF-8.
 */
export type Canonical = string | number | boolean | null | readonly Canonical[] | { readonly [key: string]: Canonical }

export function canonicalText(value: Canonical): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error('only whole numbers have one spelling')
    return String(value === 0 ? 0 : value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (typeof value !== 'object') throw new Error(`a ${typeof value} has no spelling`)
  const object = value as { readonly [key: string]: Canonical }
  const keys = Object.keys(object).sort((a, b) => (a < b ? -1 : 1))
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(object[key] as Canonical)}`).join(',')}}`
}
