import type { Position } from '../geo/position'
import type { Reception } from './reception'
import type { CaseSource } from './states'

/**
 * What a case says about the problem itself, apart from how it is worked on. Persons (citizen, reporter) are deliberately not here: they are kept
 * apart, shown masked, and revealed only by an audited action.
 */
export interface CaseFacts {
  readonly source: CaseSource
  readonly kind: 'component' | 'event'
  /** The classification edition as filed, e.g. `GB/T 47678.5-2026`; a case keeps it for good. */
  readonly standard: string
  readonly subclassCode: string
  readonly subclassName: string
  readonly majorName: string
  readonly description: string
  /** 位置描述 in words. */
  readonly address: string
  readonly position: Position | null
  /** 15 digits. */
  readonly gridCode: string | null
  readonly communityCode: string | null
  readonly streetCode: string | null
  readonly componentCode: string | null
  readonly isUrgent: boolean
  /** 敏感投诉: only the director and the assistant see it (rule G02). */
  readonly isSensitive: boolean
  /** Accounts that the complaint names: it is invisible to them (rule G01). */
  readonly namedAgents: readonly string[]
  /** There is somebody to call back. */
  readonly hasCitizen: boolean
  readonly wantsReply: boolean
  /** The citizen asked not to be called. */
  readonly mayNotBeCalled: boolean
  readonly cameraNo: string | null
  /** The number of the same thing on another platform, and until when that platform waits for a reply. */
  readonly external: { readonly platform: string; readonly no: string; readonly replyBy: number | null; readonly link?: string } | null
  /** 领导批办: who instructed what. 专项普查: which survey, and what it asks for. */
  readonly instruction: { readonly by: string; readonly text: string } | null
  /** Of what a citizen told the hotline; absent in cases of another origin, and of before it was kept. */
  readonly reception?: Reception | null
}

/** What `amend` may change; every change stays in the history with the words before and after. */
export const amendableFacts = [
  'kind',
  'standard',
  'subclassCode',
  'subclassName',
  'majorName',
  'description',
  'address',
  'position',
  'gridCode',
  'communityCode',
  'streetCode',
  'componentCode',
  'isUrgent',
  'isSensitive',
  'namedAgents',
  'mayNotBeCalled',
] as const satisfies readonly (keyof CaseFacts)[]

/** Those that decide who may see the case. */
export const secrecyFacts = ['isSensitive', 'namedAgents'] as const satisfies readonly (typeof amendableFacts)[number][]

export type AmendableFact = (typeof amendableFacts)[number]
export type FactChange = Partial<Pick<CaseFacts, AmendableFact>>
