import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import { writeNumber } from '#shared/domain/call/number'
import type { CaseFacts } from '#shared/domain/case/facts'
import { type CallClass, callClasses, type Reception, type ReplyMethod, type Urgency } from '#shared/domain/case/reception'
import { describeElements, elementsOf, mayHaveCitizen, sourcesOf } from '#shared/domain/case/registration'
import { type CaseSource, caseSourceIds } from '#shared/domain/case/states'
import { withoutNumbers } from '#shared/domain/case/visibility'
import type { Position } from '#shared/domain/geo/position'

/**
 * What is being filled in, as it is kept in the core's drafts: every field as typed, right or wrong. What it comes to as a case is `toRegistration`;
 * what is still missing or wrong is in `registration-check.ts`. Pure.
 */
export interface RegistrationDraft {
  readonly source: CaseSource | ''
  readonly citizenName: string
  readonly gender: 'male' | 'female' | 'unknown'
  readonly number: string
  readonly mayNotBeCalled: boolean
  readonly wantsReply: boolean
  readonly when: string
  readonly address: string
  readonly cause: string
  readonly course: string
  readonly kind: 'component' | 'event'
  readonly standard: string
  readonly subclassCode: string
  readonly subclassName: string
  readonly majorName: string
  readonly streetCode: string
  readonly communityCode: string
  readonly gridCode: string
  /** `126.6317, 45.6058`, as typed. */
  readonly position: string
  readonly componentCode: string
  readonly isUrgent: boolean
  readonly isSensitive: boolean
  readonly namedAgents: readonly string[]
  readonly cameraNo: string
  readonly platform: string
  readonly externalNo: string
  /** Where it stands on the net, as copied from there. */
  readonly link: string
  /** Epoch ms; null when no reply is asked for by a date. */
  readonly replyBy: number | null
  readonly instructedBy: string
  readonly instruction: string
  readonly photoIds: readonly string[]
  /** Empty: no call; then what follows is not asked for. */
  readonly callId: string
  readonly callClass: CallClass | ''
  readonly urgency: Urgency
  readonly callerPlace: string
  readonly isConfidential: boolean
  readonly replyMethod: ReplyMethod
  readonly requirement: string
  /** The case that this report is joined to, and its number for people; empty: a case of its own. */
  readonly joinCaseId: string
  readonly joinCaseNo: string
  /** 当场答复; empty: none was given. What follows is what it rests on, empty without. */
  readonly answer: string
  readonly quotedId: string
  readonly quotedEdition: string
  readonly quotedTitle: string
  readonly quotedBasis: string
}

export const emptyRegistration: RegistrationDraft = {
  source: '',
  citizenName: '',
  gender: 'unknown',
  number: '',
  mayNotBeCalled: false,
  wantsReply: false,
  when: '',
  address: '',
  cause: '',
  course: '',
  kind: 'event',
  standard: '',
  subclassCode: '',
  subclassName: '',
  majorName: '',
  streetCode: '',
  communityCode: '',
  gridCode: '',
  position: '',
  componentCode: '',
  isUrgent: false,
  isSensitive: false,
  namedAgents: [],
  cameraNo: '',
  platform: '',
  externalNo: '',
  link: '',
  replyBy: null,
  instructedBy: '',
  instruction: '',
  photoIds: [],
  callId: '',
  callClass: '',
  urgency: 'ordinary',
  callerPlace: '',
  isConfidential: false,
  replyMethod: 'phone',
  requirement: '',
  joinCaseId: '',
  joinCaseNo: '',
  answer: '',
  quotedId: '',
  quotedEdition: '',
  quotedTitle: '',
  quotedBasis: '',
}

/** The next one begins where this one was: a survey or a morning of post is registered one after the other. */
export const nextAfter = ({ source, instructedBy, instruction, ...before }: RegistrationDraft): RegistrationDraft => ({
  ...emptyRegistration,
  source,
  ...(source === 'survey' && {
    ...{ instructedBy, instruction },
    ...{ kind: before.kind, standard: before.standard },
    ...{ subclassCode: before.subclassCode, subclassName: before.subclassName, majorName: before.majorName },
  }),
})

/** What a form begins with by itself: the source, and of a call who it is. */
const startOfCall: readonly string[] = ['source', 'callId', 'number', 'citizenName', 'gender', 'callClass', 'wantsReply']

/** Nothing that would be missed: the source alone is one key, and what a call brought comes again with it. */
export const isUntouched = (draft: RegistrationDraft): boolean =>
  Object.entries(emptyRegistration).every(
    ([name, empty]) =>
      name === 'source' ||
      (draft.callId !== '' && startOfCall.includes(name)) ||
      JSON.stringify(draft[name as keyof RegistrationDraft]) === JSON.stringify(empty),
  )

export type Registration = Omit<InputOfCommand<'cases.register'>, 'draftKey'>

/** What goes to the centre. To be asked only of a draft without faults. */
export function toRegistration(draft: RegistrationDraft): Registration {
  const source = draft.source === '' ? 'hotline' : draft.source
  const hasPerson = mayHaveCitizen(source) && (draft.citizenName.trim() !== '' || draft.number.trim() !== '')
  const isOf = (...sources: readonly CaseSource[]) => sources.includes(source)
  const facts: CaseFacts = {
    source,
    ...{ kind: draft.kind, standard: draft.standard, subclassCode: draft.subclassCode },
    ...{ subclassName: draft.subclassName, majorName: draft.majorName },
    description: describeElements(draft),
    address: draft.address.trim(),
    position: positionOf(draft.position) ?? null,
    gridCode: draft.gridCode.trim() || null,
    communityCode: draft.communityCode || null,
    streetCode: draft.streetCode || null,
    componentCode: draft.componentCode.trim() || null,
    ...{ isUrgent: draft.isUrgent, isSensitive: draft.isSensitive, namedAgents: [...draft.namedAgents] },
    hasCitizen: hasPerson,
    wantsReply: mayHaveCitizen(source) && draft.wantsReply,
    mayNotBeCalled: mayHaveCitizen(source) && draft.mayNotBeCalled,
    cameraNo: isOf('camera') ? draft.cameraNo.trim() || null : null,
    external: externalOf(source, draft),
    ...(source === 'hotline' && draft.callClass !== '' && { reception: receptionOf(draft, draft.callClass) }),
    instruction: isOf('leader', 'survey') ? { by: draft.instructedBy.trim(), text: draft.instruction.trim() } : null,
  }
  const citizen = hasPerson ? { name: draft.citizenName.trim(), number: draft.number.trim(), gender: draft.gender } : null
  return { facts: facts as Registration['facts'], citizen, photoIds: [...draft.photoIds] }
}

/** Answered on the spot: nobody waits for a call back, so a caller who gave no number may have none. */
export function toAnswered(draft: RegistrationDraft): Registration {
  const { facts, citizen, photoIds } = toRegistration({ ...draft, wantsReply: false })
  const { quotedId, quotedEdition, quotedTitle, quotedBasis } = draft
  const quoted = quotedId === '' ? null : { sourceId: quotedId, edition: quotedEdition, title: quotedTitle, basis: quotedBasis }
  const mayNotBeCalled = facts.mayNotBeCalled || draft.number.trim() === ''
  return { facts: { ...facts, mayNotBeCalled }, citizen, photoIds, answer: { text: draft.answer.trim(), quoted } }
}

const receptionOf = (draft: RegistrationDraft, callClass: CallClass): Reception => ({
  callId: draft.callId || null,
  callClass,
  urgency: draft.urgency,
  callerPlace: draft.callerPlace.trim(),
  isConfidential: draft.isConfidential,
  replyMethod: draft.wantsReply ? draft.replyMethod : null,
  requirement: draft.requirement.trim(),
})

/** A number or a date of another platform; without either there is nothing to answer to. */
function externalOf(source: CaseSource, { platform, externalNo, replyBy, link }: RegistrationDraft): CaseFacts['external'] {
  const isNothing = [platform, externalNo, link].every((words) => words.trim() === '') && replyBy === null
  if (!hasExternal(source) || isNothing) return null
  return { platform: platform.trim(), no: externalNo.trim(), replyBy, ...(link.trim() !== '' && { link: link.trim() }) }
}

export const hasExternal = (source: CaseSource): boolean => mayHaveCitizen(source) && source !== 'hotline'

/** Longitude and latitude in degrees as people copy them: `126.6317, 45.6058`, `东经126.6317 北纬45.6058`. Undefined when it is not two of them. */
export function positionOf(typed: string): Position | undefined {
  const found = /^\D*?(\d{1,3}(?:\.\d+)?)[\s,，;；°东经北纬E]+?(\d{1,2}(?:\.\d+)?)[°N\s]*$/iu.exec(typed.trim())
  if (!found) return undefined
  const [lng, lat] = [Number(found[1]), Number(found[2])]
  return lng <= 180 && lat <= 90 ? { lng, lat } : undefined
}

/** A kept draft. A withdrawn registration comes back as what was sent; anything else is somebody's words, and none are thrown away. */
export function registrationFromBody(body: string): RegistrationDraft {
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed === 'object' && parsed !== null) {
      return 'facts' in parsed ? fromRegistration(parsed as Registration) : fromKept(parsed as Record<string, unknown>)
    }
  } catch {
    // Not JSON: words as they are.
  }
  return { ...emptyRegistration, course: body }
}

/** Field by field, so that a draft of another version loses what it does not know and nothing else. */
function fromKept(kept: Readonly<Record<string, unknown>>): RegistrationDraft {
  const known = Object.entries(emptyRegistration).filter(([name, empty]) => isLike(kept[name], empty))
  const draft = { ...emptyRegistration, ...Object.fromEntries(known.map(([name]) => [name, kept[name]])) }
  return caseSourceIds.some((source) => source === draft.source) ? draft : { ...draft, source: '' }
}

function isLike(value: unknown, empty: RegistrationDraft[keyof RegistrationDraft]): boolean {
  if (empty === null) return value === null || typeof value === 'number'
  if (Array.isArray(empty)) return Array.isArray(value) && value.every((each) => typeof each === 'string')
  return typeof value === typeof empty
}

function fromRegistration({ facts, citizen, photoIds, answer }: Registration): RegistrationDraft {
  const { position, external, instruction, gridCode, communityCode, streetCode, componentCode, cameraNo, reception } = facts
  return {
    ...fromKept({ ...facts, ...reception, callId: reception?.callId ?? '' }),
    ...elementsOf(facts.description),
    ...{ gridCode: gridCode ?? '', communityCode: communityCode ?? '', streetCode: streetCode ?? '' },
    ...{ componentCode: componentCode ?? '', cameraNo: cameraNo ?? '' },
    position: position === null ? '' : `${position.lng}, ${position.lat}`,
    ...{
      platform: external?.platform ?? '',
      externalNo: external?.no ?? '',
      replyBy: external?.replyBy ?? null,
      link: external?.link ?? '',
    },
    ...{ instructedBy: instruction?.by ?? '', instruction: instruction?.text ?? '' },
    ...{ citizenName: citizen?.name ?? '', number: citizen?.number ?? '', gender: citizen?.gender ?? 'unknown' },
    photoIds,
    ...(answer && {
      answer: answer.text,
      ...{ quotedId: answer.quoted?.sourceId ?? '', quotedEdition: answer.quoted?.edition ?? '' },
      ...{ quotedTitle: answer.quoted?.title ?? '', quotedBasis: answer.quoted?.basis ?? '' },
    }),
  }
}

/** What a post registers most, for a new form. */
export const firstDraftOf = (role: Parameters<typeof sourcesOf>[0]): RegistrationDraft => {
  const sources = sourcesOf(role)
  // A post with one usual source begins there; intake meets a telephone first.
  return { ...emptyRegistration, source: role === 'intake' || role === 'wallOperator' ? (sources[0] ?? '') : '' }
}

/** A further word of a caller about a case that is there, for its history; a number that was given stays out of it. */
export function toNote(draft: RegistrationDraft): Omit<InputOfCommand<'cases.note'>, 'draftKey'> {
  const address = draft.address.trim()
  const opinion = [
    `来电人再次来电（${draft.callClass === '' ? '投诉' : callClasses[draft.callClass].name}）`,
    ...(address === '' ? [] : [`位置：${address}`]),
    describeElements(draft),
  ]
  return {
    caseId: draft.joinCaseId,
    caseNo: draft.joinCaseNo,
    action: 'addOpinion',
    input: { opinion: withoutNumbers(opinion.join('\n')).slice(0, 2_000), noteKind: 'communication' },
  }
}

/** A report by telephone, of whom the network says who it is. */
export const draftOfCall = (callId: string, number: string | null): RegistrationDraft => ({
  ...emptyRegistration,
  source: 'hotline',
  callId,
  number: number === null ? '' : writeNumber(number),
  wantsReply: number !== null,
})
