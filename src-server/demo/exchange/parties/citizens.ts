import type { Chance } from '../../city/random'
import type { Turn } from './conversation'

/**
 * The citizens who call the demonstration's hotline: invented people with invented problems at places of the invented city. Numbers begin with
 * 138-0000, which is given to nobody. What a seat would register stands beside what is said.
 */
export interface Citizen {
  readonly name: string
  /** Null: withheld. */
  readonly number: string | null
  /** Both null: hangs up before saying what it is about. */
  readonly subclassCode: string | null
  readonly place: string | null
  readonly script: readonly Turn[]
  /** Pressed when asked how the service was; null: hangs on, and presses nothing. */
  readonly key: string | null
}

/** The seat greets first, and is answered line by line; who hears nothing asks once. After the last line the citizen hangs up. */
function told(hello: string, ...lines: readonly string[]): readonly Turn[] {
  return lines.flatMap((say, at) => [{ listenMs: at === 0 ? 5_000 : 10_000, orAsk: hello }, { say }])
}

export const citizens: readonly [Citizen, ...Citizen[]] = [
  {
    ...{ name: '王先生', number: '13800001013', subclassCode: '06013', place: '平新街44号' },
    script: told('man-hello', 'road-problem', 'road-since', 'road-name', 'man-thanks'),
    key: '1',
  },
  {
    ...{ name: '李女士', number: '13800002801', subclassCode: '08001', place: '幸福花园' },
    script: told('woman-hello', 'noise-problem', 'noise-since', 'noise-name', 'woman-thanks'),
    key: '1',
  },
  {
    ...{ name: '张先生', number: '13800003037', subclassCode: '01037', place: '建安街8号' },
    script: told('man-hello', 'lamp-problem', 'lamp-since', 'lamp-name', 'oldMan-thanks'),
    key: '2',
  },
  {
    ...{ name: '陈女士', number: '13800004642', subclassCode: '06042', place: '第3农贸市场' },
    script: told('woman-hello', 'bin-problem', 'bin-since', 'girl-thanks'),
    key: '1',
  },
  {
    ...{ name: '刘先生', number: '13800005912', subclassCode: '09012', place: '阳光小区' },
    script: told('man-hello', 'passage-problem', 'passage-since', 'passage-wish', 'man-thanks'),
    key: '3',
  },
  {
    ...{ name: '赵女士', number: null, subclassCode: '06029', place: '兴建街113号' },
    script: told('woman-hello', 'grill-problem', 'grill-name', 'woman-thanks'),
    key: '1',
  },
  {
    ...{ name: '周先生', number: '13800007102', subclassCode: '10002', place: '南城街16号' },
    script: told('man-hello', 'wire-problem', 'wire-since', 'wire-wish'),
    key: null,
  },
  {
    ...{ name: '吴女士', number: '13800008000', subclassCode: null, place: null },
    script: told('woman-hello', 'girl-never-mind'),
    key: '1',
  },
]

/** Who is called back, whatever the number. */
export const calledBack: readonly Turn[] = [
  { say: 'callback-hello' },
  { listenMs: 10_000 },
  { say: 'callback-done' },
  { listenMs: 8_000 },
  { say: 'woman-thanks' },
]

export interface Arrival {
  readonly afterMs: number
  readonly citizen: Citizen
  readonly patienceMs: number
}

/** At real speed a seat has a call about every so often; with more seats more people call. */
const meanGapMs = 90_000
const shortestGapMs = 400
/** The first comes soon: whoever tries the program out is not kept waiting. */
const firstGapMs = 6_000
/** Some lose heart while the telephone rings. */
const hastyShare = 0.1

/**
 * The next caller (a Poisson stream). `seats`: how many are on duty. Each caller is another than the last one, because two calls in a row about the same
 * hole in the road are no demonstration.
 */
export function nextArrival(
  chance: Chance,
  { seats, speed, last }: { readonly seats: number; readonly speed: number; readonly last: Citizen | null },
): Arrival {
  const others = citizens.filter((one) => one !== last) as [Citizen, ...Citizen[]]
  // The very first tells a plain case from beginning to end.
  const citizen = last === null ? citizens[0] : chance.pick(others)
  const gapMs = last === null ? firstGapMs : (-Math.log(1 - chance.next()) * meanGapMs) / Math.max(1, seats)
  const patienceMs = last !== null && chance.next() < hastyShare ? chance.between(4_000, 9_000) : chance.between(60_000, 180_000)
  return { citizen, patienceMs: Math.round(patienceMs), afterMs: Math.round(Math.max(shortestGapMs, gapMs / speed)) }
}
