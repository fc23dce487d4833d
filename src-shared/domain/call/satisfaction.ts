/**
 * What the citizen said to the service after the business was done 满意度: the seat passes the caller to an announcement of the exchange, and the answer
 * comes to the centre from there, never from the seat that it is about.
 */
export const satisfactionNames = {
  /** Passed on; the exchange has not said what came of it. */
  awaited: '待结果',
  satisfied: '满意',
  fair: '基本满意',
  dissatisfied: '不满意',
  /** Asked, and hung up or pressed no key that means anything. */
  none: '未评价',
} as const

export type Satisfaction = keyof typeof satisfactionNames
/** What an exchange may say. */
export type SatisfactionAnswer = Exclude<Satisfaction, 'awaited'>
export const satisfactionAnswers = ['satisfied', 'fair', 'dissatisfied', 'none'] as const satisfies readonly SatisfactionAnswer[]

/** The keys of the announcement; any other is no answer. */
export const satisfactionKeys: Readonly<Record<string, SatisfactionAnswer>> = { '1': 'satisfied', '2': 'fair', '3': 'dissatisfied' }

/**
 * What names a call to the exchange in digits, the only thing that every exchange hands from a transfer to its dial plan. The last 48 bits of the call's
 * id: random in it, and 15 digits, so that no two calls of a centre's life meet by chance (10⁶ calls: 2 in 10³).
 */
export function satisfactionRef(callId: string): string {
  return String(Number.parseInt(callId.replaceAll('-', '').slice(-12), 16)).padStart(15, '0')
}

const placeholder = '{call}'

/** The number that is dialled for a call: the profile's, with the call named in it. */
export const satisfactionTarget = (target: string, callId: string): string => target.replace(placeholder, satisfactionRef(callId))

/** An answer in an exchange's words: the key that was pressed, or the id of the answer; everything else is none. */
export function readSatisfaction(said: string): SatisfactionAnswer {
  const word = said.trim()
  return satisfactionKeys[word] ?? satisfactionAnswers.find((answer) => answer === word) ?? 'none'
}
