/**
 * Which line a number stands for, however it was written: what makes two calls, or a call and an old case, those of one caller. Pure; the forms are
 * those of the Chinese numbering plan (YD/T 1241), as in `domain/call/number`.
 */

/** Digits as dialled within the country: `+86 138-0000-0001`, `013800000001` and `138 0000 0001` are one line. Null: too short to tell callers apart. */
export function lineOf(number: string | null): string | null {
  if (number === null) return null
  const digits = number.replace(/[^0-9+]/g, '')
  const national = digits.replace(/^(?:\+|00)86/, '').replace(/^0+/, '')
  return national.length >= fewestDigits && !national.includes('+') ? national : null
}

/** Extensions and services have fewer digits: they belong to nobody in particular. */
const fewestDigits = 7

const isMobile = (line: string): boolean => /^1[3-9]\d{9}$/.test(line)

/**
 * The same landline as somebody wrote it down without its area code, or the other way round. It may be another line of another city: a guess. Mobile
 * numbers have no shorter form.
 */
export function mayBeSameLine(one: string, other: string): boolean {
  if (one === other || isMobile(one) || isMobile(other)) return false
  const [long, short] = one.length > other.length ? [one, other] : [other, one]
  return (
    (short.length === 7 || short.length === 8) && long.length - short.length <= 3 && long.length - short.length >= 2 && long.endsWith(short)
  )
}

/** The forms under which a line may have been kept besides its own, to look for guesses by index: with the area code left out. */
export function shorterForms(line: string): readonly string[] {
  if (isMobile(line) || line.length < 9) return []
  return [8, 7].map((length) => line.slice(-length)).filter((short) => line.length - short.length >= 2 && line.length - short.length <= 3)
}
