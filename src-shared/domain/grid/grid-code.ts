import { err, ok, type Result } from '../../base/result'
import { type CodeProblem, isDigits, plainCode } from './code-problem'

/**
 * Codes of unit grids 单元网格 (GB/T 30428.1): region 6 digits, street 3, community 3, number within the community 001–999. A code that was given
 * up is never used again, so whether a grid still exists is a matter of the data and not decided here.
 */
export interface GridCode {
  /** All 15 digits. */
  readonly text: string
  /** 6 digits, GB/T 2260. */
  readonly regionCode: string
  /** 9 digits, GB/T 10114. */
  readonly streetCode: string
  /** 12 digits. */
  readonly communityCode: string
  /** 1–999, from west to east and north to south. */
  readonly sequence: number
}

export type GridCodeError = CodeProblem<'gridCode/notDigits' | 'gridCode/length' | 'gridCode/sequence'>

/** What of the reference document `areas` is needed to name a grid. */
export interface AreaNames {
  readonly region: { readonly code: string; readonly name: string; readonly cityName: string }
  readonly streets: readonly { readonly code: string; readonly name: string }[]
  readonly communities: readonly { readonly code: string; readonly name: string }[]
}

/** Names are null for what the areas do not list. */
export interface GridPlace {
  readonly regionName: string | null
  readonly streetName: string | null
  readonly communityName: string | null
  /** `平房区友协街道东风社区第 1 号单元网格`; an unknown part is named by its code. */
  readonly words: string
}

export function parseGridCode(typed: string): Result<GridCode, GridCodeError> {
  const text = plainCode(typed)
  if (!isDigits(text)) return err({ code: 'gridCode/notDigits', explanation: '单元网格编码只由数字组成，请核对。' })
  if (text.length !== 15) {
    return err({ code: 'gridCode/length', explanation: `单元网格编码应为 15 位数字，这里是 ${text.length} 位，请核对。` })
  }
  const sequence = Number(text.slice(12))
  if (sequence === 0) {
    return err({ code: 'gridCode/sequence', explanation: '单元网格编码的末三位是顺序码，从 001 到 999，不会是 000，请核对。' })
  }
  return ok({ text, regionCode: text.slice(0, 6), streetCode: text.slice(0, 9), communityCode: text.slice(0, 12), sequence })
}

export function explainGridCode({ regionCode, streetCode, communityCode, sequence }: GridCode, areas: AreaNames): GridPlace {
  const regionName = areas.region.code === regionCode ? areas.region.name : null
  const streetName = areas.streets.find(({ code }) => code === streetCode)?.name ?? null
  const communityName = areas.communities.find(({ code }) => code === communityCode)?.name ?? null
  const words = [
    regionName ?? `区划 ${regionCode} `,
    streetName ?? `街道 ${streetCode} `,
    communityName ?? `社区 ${communityCode} `,
    `第 ${sequence} 号单元网格`,
  ]
  return { regionName, streetName, communityName, words: words.join('') }
}
