/**
 * The text of a MANSCDP body. The standard says GB2312 (2016) or GB18030 (2022); devices send that, or UTF-8, with a declaration that is right, wrong or
 * missing. GB18030 contains GB2312.
 */
export function decodeText(bytes: Buffer): string {
  const declared = /^[^>]{0,80}encoding\s{0,8}=\s{0,8}["']([\w-]{1,20})["']/.exec(bytes.toString('latin1', 0, 160))?.[1]?.toLowerCase()
  const utf8 = asUtf8(bytes)
  if (utf8 === undefined) return lenient.decode(bytes)
  if (declared === undefined || declared.startsWith('utf')) return utf8
  // Declared as Chinese, and yet UTF-8 through and through with nothing but characters of three octets: no text in GB18030 looks so by accident.
  return /^[\p{ASCII}\u0800-\uffff]*$/u.test(utf8) ? utf8 : lenient.decode(bytes)
}

const lenient = new TextDecoder('gb18030')
const strict = new TextDecoder('utf-8', { fatal: true })

/** Undefined when it is none. */
function asUtf8(bytes: Buffer): string | undefined {
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}
