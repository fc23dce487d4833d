import type { RoleId } from '../account/role'
import type { CaseFacts } from './facts'
import { type CaseSource, caseSourceIds, caseSources } from './states'
import { registrars, transitionOf } from './transitions'

/**
 * Rules of registering a case 登记: which sources a post meets, whose number is due, and the five elements 五要素 (who, when, where, why, what
 * happened; hotline rules, seed 001) as they stand in one description. Codes are checked by `domain/grid`, the place of a case by the centre.
 */
const firstOf: Readonly<Partial<Record<RoleId, readonly CaseSource[]>>> = {
  intake: ['hotline', 'camera', 'leader', 'survey'],
  opinionMonitor: ['cityPlatform', 'hotline12345', 'mayorMailbox', 'onlineInquiry', 'media', 'forum', 'message', 'citizenApp'],
  wallOperator: ['camera'],
}

/**
 * What a person of this post may choose, the usual ones first; empty for whoever registers nothing. A collector's own reports come from the field
 * terminal and are never typed in at a seat.
 */
export function sourcesOf(role: RoleId): readonly CaseSource[] {
  if (!registrars.includes(role)) return []
  if (role === 'collector') return ['collector']
  const first = firstOf[role] ?? []
  return [...first, ...caseSourceIds.filter((source) => source !== 'collector' && !first.includes(source))]
}

/** Under which the draft of a call's report is kept: one for each call, found again by the call after a restart. */
export const draftKeyOfCall = (callId: string): string => `cases/register/call-${callId}`

/** 当场答复 at the telephone is 答复办结 in the moment of registering: who may do the one may do the other. */
export const mayAnswerOnTheSpot = (role: RoleId): boolean => transitionOf('replyOnly', 'reported')?.roles.includes(role) === true

/** Who is to be called back must have a number; somebody who called without giving one has asked not to be called. */
export const isCitizenDue = ({
  source,
  hasCitizen,
  wantsReply,
  mayNotBeCalled,
}: Pick<CaseFacts, 'source' | 'hasCitizen' | 'wantsReply' | 'mayNotBeCalled'>): boolean =>
  !mayNotBeCalled && (source === 'hotline' || hasCitizen || wantsReply)

/** A citizen spoke, or another platform speaks for one. */
export const mayHaveCitizen = (source: CaseSource): boolean => caseSources[source].isPublic || caseSources[source].isExternal

/** The elements that the description holds; who and where have fields of their own. */
export interface Elements {
  /** 发生时间 in words. */
  readonly when: string
  /** 起因. */
  readonly cause: string
  /** 经过. */
  readonly course: string
}

const whenMark = '发生时间：'
const causeMark = '起因：'

/** One line for each element that was given, the course last and without a mark: alone it is the whole description. */
export function describeElements({ when, cause, course }: Elements): string {
  const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
  const lines = [
    ...(oneLine(when) === '' ? [] : [`${whenMark}${oneLine(when)}`]),
    ...(oneLine(cause) === '' ? [] : [`${causeMark}${oneLine(cause)}`]),
  ]
  return [...lines, course.trim()].join('\n')
}

/** The way back, for a registration that was withdrawn: what bears no mark is the course. */
export function elementsOf(description: string): Elements {
  const lines = description.split('\n')
  const take = (mark: string): string => (lines[0]?.startsWith(mark) ? (lines.shift() ?? '').slice(mark.length) : '')
  const when = take(whenMark)
  const cause = take(causeMark)
  return { when, cause, course: lines.join('\n') }
}

/** How a case is called until the centre has numbered it: said on the telephone and found again in the list of what waits. */
export const localReference = (caseId: string): string => `暂编 ${caseId.replaceAll('-', '').slice(-6).toUpperCase()}`
