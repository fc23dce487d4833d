import { chinaDate, chinaOffsetMs, dayMs } from '../../base/china-time'
import type { EpochMs } from '../../base/clock'

/**
 * Video patrol 视频巡查: every camera is looked at twice in each half of the day. A round 轮 is a stretch of the China day, the same at every seat and
 * without the centre; a stop 站 is one camera looked at in it, with what was found. Coverage and counts are told from stops alone: a camera whose
 * picture did not run for long enough while somebody looked was not seen, whatever was pressed.
 */
export interface Round {
  /** `2026-11-28/2`. */
  readonly roundId: string
  readonly name: string
  readonly from: EpochMs
  readonly until: EpochMs
}

const rounds = [
  { name: '上午第 1 轮', from: 7, until: 9.5 },
  { name: '上午第 2 轮', from: 9.5, until: 12 },
  { name: '下午第 1 轮', from: 13, until: 15.5 },
  { name: '下午第 2 轮', from: 15.5, until: 18 },
  // Nights are watched too, and counted apart.
  { name: '夜间巡查', from: 18, until: 31 },
] as const

/** The round at a moment; between two the one that comes. After midnight it is still last night's. */
export function roundAt(at: EpochMs): Round {
  const midnight = Math.floor((at + chinaOffsetMs) / dayMs) * dayMs - chinaOffsetMs
  const hour = (at - midnight) / 3_600_000
  const isNight = hour < 7
  const day = isNight ? midnight - dayMs : midnight
  const index = isNight ? rounds.length - 1 : rounds.findIndex(({ until }) => hour < until)
  const found = rounds[index] ?? rounds[rounds.length - 1]
  if (!found) throw new Error('there is always a round')
  return {
    roundId: `${chinaDate(day)}/${index + 1}`,
    name: found.name,
    from: day + found.from * 3_600_000,
    until: day + found.until * 3_600_000,
  }
}

export const themes = {
  construction: '建筑工地',
  dust: '扬尘抛洒',
  streetTrade: '占道经营',
  sanitation: '市容环卫',
  facilities: '市政设施',
  advertising: '户外广告',
} as const
export type ThemeId = keyof typeof themes
export const themeIds = Object.keys(themes) as readonly ThemeId[]

export const stopResults = { fine: '无问题', problem: '有问题', noPicture: '无画面', skipped: '跳过' } as const
export type StopResult = keyof typeof stopResults
export const stopResultIds = Object.keys(stopResults) as readonly StopResult[]

export interface PatrolStop {
  readonly stopId: string
  readonly roundId: string
  readonly cameraNo: string
  readonly at: EpochMs
  readonly result: StopResult
  /** What was looked for. */
  readonly themes: readonly ThemeId[]
  /** How long its picture was live while it was looked at. */
  readonly liveMs: number
  readonly photoId: string | null
  readonly byNo: string
  readonly byName: string
}

/** A glance is not a look. */
export const seenAfterMs = 10_000
/** Reports that each person is asked for in a day. */
export const reportsADay = 10

export const isSeen = ({ result, liveMs }: Pick<PatrolStop, 'result' | 'liveMs'>): boolean =>
  (result === 'fine' || result === 'problem') && liveMs >= seenAfterMs

export interface Coverage {
  readonly total: number
  readonly seen: number
  readonly withoutPicture: number
  /** Looked at, and not for long enough. */
  readonly tooShort: number
  readonly missed: readonly string[]
  readonly problems: number
}

export function coverageOf(cameraNos: readonly string[], stops: readonly PatrolStop[], roundId: string): Coverage {
  const own = stops.filter((stop) => stop.roundId === roundId)
  const of = (cameraNo: string) => own.filter((stop) => stop.cameraNo === cameraNo)
  const seen = cameraNos.filter((cameraNo) => of(cameraNo).some(isSeen))
  const rest = cameraNos.filter((cameraNo) => !seen.includes(cameraNo))
  const withoutPicture = rest.filter((cameraNo) => of(cameraNo).some(({ result }) => result === 'noPicture'))
  const tooShort = rest.filter((cameraNo) => !withoutPicture.includes(cameraNo) && of(cameraNo).some(({ result }) => result !== 'skipped'))
  return {
    ...{ total: cameraNos.length, seen: seen.length, withoutPicture: withoutPicture.length, tooShort: tooShort.length },
    missed: rest.filter((cameraNo) => !withoutPicture.includes(cameraNo)),
    problems: own.filter(({ result }) => result === 'problem').length,
  }
}

/** Who found how many, and looked at how many, most first. */
export function countsByPerson(
  stops: readonly PatrolStop[],
): readonly { readonly byNo: string; readonly byName: string; readonly seen: number; readonly problems: number }[] {
  const people = [...new Map(stops.map(({ byNo, byName }) => [byNo, byName]))]
  return people
    .map(([byNo, byName]) => {
      const own = stops.filter((stop) => stop.byNo === byNo)
      return { byNo, byName, seen: own.filter(isSeen).length, problems: own.filter(({ result }) => result === 'problem').length }
    })
    .sort((a, b) => b.problems - a.problems || b.seen - a.seen || (a.byNo < b.byNo ? -1 : 1))
}

/**
 * The camera to look at next: after the last one, the first that this round has not dealt with, round the list; undefined when none is left. Several
 * people share a round: what one has just looked at the others do not meet again.
 */
export function nextStop(
  cameraNos: readonly string[],
  stops: readonly PatrolStop[],
  roundId: string,
  after: string | null,
): string | undefined {
  const done = new Set(
    stops.filter((stop) => stop.roundId === roundId && (isSeen(stop) || stop.result === 'noPicture')).map(({ cameraNo }) => cameraNo),
  )
  const start = after === null ? 0 : cameraNos.indexOf(after) + 1
  const inOrder = [...cameraNos.slice(start), ...cameraNos.slice(0, start)]
  return inOrder.find((cameraNo) => !done.has(cameraNo) && cameraNo !== after)
}
