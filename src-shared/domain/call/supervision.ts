/**
 * How somebody who answers for the shift takes part in a colleague's call: the ids are those of the exchange profile's `supervision` table
 * (`docs/exchanges.md`). Who hears whom is the exchange's work; what the seat may ask for and how it is called is here.
 */
export const supervisionModes = {
  /** Hears both, is heard by nobody. */
  listen: { name: '监听', doing: '监听中', isRecorded: false },
  /** Hears both, is heard by the colleague alone. */
  whisper: { name: '密语', doing: '密语中', isRecorded: true },
  /** Everybody hears everybody. */
  bargeIn: { name: '强插', doing: '强插中', isRecorded: true },
  /** Speaks with the citizen from now on; the colleague's call ends. */
  takeOver: { name: '强拆', doing: '接管中', isRecorded: true },
} as const

export type SupervisionMode = keyof typeof supervisionModes
export const supervisionModeIds = Object.keys(supervisionModes) as readonly SupervisionMode[]

/**
 * A part in a call lasts so long after its last sign of life, milliseconds: a supervisor whose PC died must not seem to listen for ever. The
 * supervisor's seat gives one every third of it.
 */
export const listenerLastsMs = 60_000
export const listenerSignEveryMs = 20_000

/** Whether these digits are one of the exchange's ways into a colleague's call, by the profile's own table: nobody dials them by hand. */
export function isSupervisionTarget(dialled: string, codes: Readonly<Record<string, { readonly target: string }>>): boolean {
  const digits = dialled.replace(/[\s().-]/g, '')
  return Object.values(codes).some(({ target }) => {
    const [before = '', after = ''] = target.split('{seat}')
    return digits.length > before.length + after.length && before + after !== '' && digits.startsWith(before) && digits.endsWith(after)
  })
}
