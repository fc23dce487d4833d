/**
 * Telephone numbers in one form, so that the same line is found again however it was written: `+8613800138000` for a mobile, `+8645186520110` for a
 * landline, extensions and services (`110`, `12345`, `1004`) as they are. The Chinese numbering plan (YD/T 1241) and E.164; no digit is ever guessed.
 */
export interface NumberPlan {
  /** Area code of the city without its leading 0, e.g. `451`; local numbers get it. Null: they stay as they are. */
  readonly areaCode: string | null
  /** What the hall's exchange puts before outside numbers, e.g. `9`; may be empty. */
  readonly outsidePrefix: string
}

/** `13800138000`, `0451-86520110`, `+86 451 86520110` and `008645186520110` become one number each; what is no number gives null. */
export function normaliseNumber(text: string, { areaCode, outsidePrefix }: NumberPlan): string | null {
  const digits = text.replace(/[\s().（）-]/g, '')
  if (!/^\+?\d{2,20}$/.test(digits)) return null
  if (digits.startsWith('+')) return digits
  if (digits.startsWith('00') && digits.length > 8) return `+${digits.slice(2)}`
  const domestic = inChina(digits, areaCode)
  if (domestic) return domestic
  const inner = outsidePrefix !== '' && digits.startsWith(outsidePrefix) ? inChina(digits.slice(outsidePrefix.length), areaCode) : null
  return inner ?? digits
}

function inChina(digits: string, areaCode: string | null): string | null {
  const national = /^86(?=1[3-9]\d{9}$|[1-9]\d{9,10}$)/.test(digits) ? digits.slice(2) : digits
  if (/^0?1[3-9]\d{9}$/.test(national)) return `+86${national.replace(/^0/, '')}`
  // Area codes: 10 and 2x with 8 digits, three-digit ones with 7 or 8.
  if (/^0(10|2\d)[2-8]\d{7}$|^0[3-9]\d{2}[2-8]\d{6,7}$/.test(national)) return `+86${national.slice(1)}`
  if (national !== digits && /^(10|2\d)[2-8]\d{7}$|^[3-9]\d{2}[2-8]\d{6,7}$/.test(national)) return `+86${national}`
  return areaCode && /^[2-8]\d{6,7}$/.test(national) ? `+86${areaCode}${national}` : null
}

export type NumberKind = 'mobile' | 'landline' | 'short' | 'foreign'

/** Of a number in the one form. */
export function kindOf(number: string): NumberKind {
  if (/^\+861[3-9]\d{9}$/.test(number)) return 'mobile'
  if (/^\+86\d{9,11}$/.test(number)) return 'landline'
  return number.startsWith('+') ? 'foreign' : 'short'
}

/** As people write and read it aloud, in groups: `138 0013 8000`, `0451-8652 0110`. */
export function writeNumber(number: string): string {
  const kind = kindOf(number)
  const national = number.replace(/^\+86/, '')
  if (kind === 'mobile') return national.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3')
  if (kind === 'landline') return `0${national}`.replace(/^(0(?:10|2\d)|0\d{3})(\d{3,4})(\d{4})$/, '$1-$2 $3')
  return number
}

/** What the exchange is asked to dial: national, with the hall's prefix for outside. Short numbers stay within. */
export function dialString(number: string, { outsidePrefix }: NumberPlan): string {
  const kind = kindOf(number)
  if (kind === 'short') return number
  if (kind === 'foreign') return `${outsidePrefix}00${number.slice(1)}`
  const national = number.slice('+86'.length)
  return `${outsidePrefix}${kind === 'landline' ? `0${national}` : national}`
}

/** The same with its middle hidden, `138 **** 8000`: enough to tell callers apart, not to call. Short numbers are nobody's secret. */
export function hideNumber(number: string): string {
  if (kindOf(number) === 'short') return number
  const written = writeNumber(number)
  let left = written.replace(/\D/g, '').length
  const all = left
  // Three digits in front, or the city's code, and four behind stay.
  const inFront = kindOf(number) === 'landline' ? written.indexOf('-') : 3
  return written.replace(/\d/g, (digit) => {
    left -= 1
    return all - left <= inFront || left < 4 ? digit : '*'
  })
}
