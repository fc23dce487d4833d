/**
 * One range of octets; `until` is the first one after it. Undefined: everything, which is also the answer to a header that cannot be read and to several
 * ranges at once (RFC 9110 §14.2 allows both).
 */
export function rangeOf(
  header: string | undefined,
  bytes: number,
): { readonly from: number; readonly until: number } | 'unsatisfiable' | undefined {
  const parts = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '')
  if (!parts || (parts[1] === '' && parts[2] === '')) return undefined
  const [first, last] = [parts[1] ?? '', parts[2] ?? '']
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first)
  const until = first === '' || last === '' ? bytes : Math.min(bytes, Number(last) + 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  return from < until ? { from, until } : 'unsatisfiable'
}
