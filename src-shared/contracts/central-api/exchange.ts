import { type Static, Type } from 'typebox'
import { caseStateIds, stageIds } from '../../domain/case/states'
import { CaseNo, Line, Position, Words } from '../case-shapes'
import { EpochMs, orNull, PageQuery, pageOf } from '../common'
import { route } from './route'

/**
 * Exchange of cases with other platforms: what the city's platform hands down, and what it may ask about it. Partners are programs with a key, not
 * people with a session. What is sent to them on its own is described in `docs/exchange.md`, as is Open311, whose shapes are not ours.
 */
const closed = { additionalProperties: false }
/** The partner's own number of a case. */
const ExternalNo = Type.String({ minLength: 1, maxLength: 60, pattern: '^[^\\u0000-\\u001f\\u007f]*\\S[^\\u0000-\\u001f\\u007f]*$' })

/** Sources that another platform may speak for. */
export const exchangeSources = ['cityPlatform', 'hotline12345', 'mayorMailbox', 'onlineInquiry', 'media', 'citizenApp'] as const

export const HandedCase = Type.Object(
  {
    no: ExternalNo,
    source: Type.Optional(Type.Enum([...exchangeSources], { default: 'cityPlatform' })),
    description: Type.Intersect([Words(4_000), Type.String({ minLength: 1, pattern: '\\S' })]),
    address: Type.Intersect([Line(200), Type.String({ minLength: 1, pattern: '\\S' })]),
    position: Type.Optional(orNull(Position)),
    gridCode: Type.Optional(orNull(Type.String({ pattern: '^\\d{15}$' }))),
    subclass: Type.Optional(
      orNull(
        Type.Object({ standard: Line(40), kind: Type.Enum(['component', 'event']), code: Type.String({ pattern: '^\\d{4,6}$' }) }, closed),
      ),
    ),
    replyBy: Type.Optional(orNull(EpochMs)),
    citizen: Type.Optional(
      orNull(
        Type.Object(
          {
            name: Line(40),
            number: Type.String({ minLength: 3, maxLength: 30, pattern: '^[0-9+*#() -]*$' }),
            gender: Type.Optional(Type.Enum(['male', 'female', 'unknown'])),
            mayNotBeCalled: Type.Optional(Type.Boolean()),
          },
          closed,
        ),
      ),
    ),
    /** Kept as words and never fetched. */
    urls: Type.Optional(Type.Array(Line(500), { maxItems: 10 })),
  },
  closed,
)
export type HandedCase = Static<typeof HandedCase>

/** What a partner learns about a case that it handed over: no names, no numbers, no notes between colleagues. */
export const HandedCaseStatus = Type.Object({
  no: Type.String(),
  caseNo: CaseNo,
  state: Type.Enum([...caseStateIds]),
  stateName: Type.String({ description: '状态，中文' }),
  stage: Type.Enum([...stageIds]),
  stageName: Type.String({ description: '环节，中文' }),
  isEnded: Type.Boolean(),
  receivedAt: EpochMs,
  updatedAt: EpochMs,
  /** Of whoever ended the case; null before. */
  closingOpinion: orNull(Type.String()),
})
export type HandedCaseStatus = Static<typeof HandedCaseStatus>

export const exchangeOutcomes = ['done', 'repeated', 'refused', 'failed', 'givenUp'] as const

/** `notDone`: refused, failed and given up together. */
export const exchangeOutcomeFilters = [...exchangeOutcomes, 'notDone'] as const

/** Which lines of 数据交换日志. All parts must hold. */
export const ExchangeLogFilter = {
  /** Part of the partner's name. */
  partner: Type.Optional(Line(60)),
  direction: Type.Optional(Type.Enum(['in', 'out'])),
  outcome: Type.Optional(Type.Enum([...exchangeOutcomeFilters])),
  caseNo: Type.Optional(CaseNo),
}

/** One line of 数据交换日志: something came in, or was sent. */
export const ExchangeEntry = Type.Object({
  entryId: Type.String(),
  at: EpochMs,
  partnerName: Type.String(),
  direction: Type.Enum(['in', 'out']),
  operation: Type.Enum(['receiveCase', 'notifyStatus', 'sendReply', 'open311Request']),
  externalNo: orNull(Type.String()),
  caseNo: orNull(Type.String()),
  outcome: Type.Enum([...exchangeOutcomes]),
  /** In words: the refusal's sentence, the receiver's status, how often it was tried. */
  detail: Type.String(),
})
export type ExchangeEntry = Static<typeof ExchangeEntry>

export const exchangeRoutes = {
  'exchange.cityPlatform.receive': route({
    method: 'POST',
    path: '/exchange/cityPlatform/cases',
    tag: 'exchange',
    roles: 'partner',
    summary: '市级平台转办：登记一件；同一编号再送得到第一次的回答',
    status: 201,
    bodyLimitBytes: 65_536,
    body: HandedCase,
    response: Type.Object({ no: Type.String(), caseNo: CaseNo, receivedAt: EpochMs }),
    errors: ['case/codeUnknown', 'case/placeUnknown', 'profile/unusable'],
  }),
  'exchange.cityPlatform.get': route({
    method: 'GET',
    path: '/exchange/cityPlatform/cases/{no}',
    tag: 'exchange',
    roles: 'partner',
    summary: '按对方编号查办理情况',
    params: Type.Object({ no: ExternalNo }),
    response: HandedCaseStatus,
    errors: ['record/notFound'],
  }),
  'exchange.cityPlatform.list': route({
    method: 'GET',
    path: '/exchange/cityPlatform/cases',
    tag: 'exchange',
    roles: 'partner',
    summary: '某时以后有变化的转办件，先变的在前',
    query: Type.Object({ ...PageQuery, since: Type.Optional(EpochMs) }, closed),
    response: pageOf(HandedCaseStatus),
    errors: [],
  }),
  'exchange.log.list': route({
    method: 'GET',
    path: '/exchange/log',
    tag: 'exchange',
    roles: ['admin', 'director'],
    summary: '数据交换日志，新的在前',
    query: Type.Object({ ...PageQuery, ...ExchangeLogFilter }, closed),
    response: pageOf(ExchangeEntry),
    errors: [],
  }),
} as const
