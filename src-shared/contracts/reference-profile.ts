import { Type } from 'typebox'
import { roleIds } from '../domain/account/role'
import { caseSourceIds, openStates } from '../domain/case/states'
import { LimitSchema } from './case-shapes'

/** The settings of a centre 中心配置 as a reference document; what each means is in `domain/case/profile`. */
const roles = Type.Array(Type.Enum([...roleIds]), { minItems: 1, maxItems: 6, uniqueItems: true })
const sources = Type.Array(Type.Enum([...caseSourceIds]), { uniqueItems: true })

export const CentreProfileDocument = Type.Object({
  kind: Type.Literal('centreProfile'),
  title: Type.String(),
  profileId: Type.String({ pattern: '^[a-z0-9._-]{1,60}$' }),
  authority: Type.Object({
    extend: roles,
    suspend: roles,
    sendBack: roles,
    closeWithoutCheck: roles,
    voidReview: roles,
    voidConsent: roles,
  }),
  reviewsHandling: Type.Enum(['supervisor', 'dispatcher']),
  verifiedFirst: sources,
  followUp: Type.Object({
    sources,
    attempts: Type.Integer({ minimum: 1, maximum: 10 }),
    sampleShare: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  }),
  nodeLimits: Type.Partial(Type.Object(Object.fromEntries(openStates.map((state) => [state, LimitSchema])))),
  extensionCap: Type.Number({ minimum: 0, maximum: 1 }),
  extensionShareWarning: Type.Number({ minimum: 0, maximum: 1 }),
  autoUrgeShare: Type.Number({ minimum: 0, exclusiveMaximum: 1 }),
  undoSeconds: Type.Integer({ minimum: 0, maximum: 60 }),
  areaGrades: Type.Record(Type.String({ pattern: '^\\d{9}$' }), Type.Enum([1, 2, 3])),
  /** Standard of the classification edition that new cases are filed under. */
  classification: Type.String(),
  /** Where citizens reach the centre's pages; `profileMistakes` says what it may be. */
  publicAddress: Type.Optional(Type.String({ maxLength: 200 })),
  /** Rules of the hotline at the seats (`domain/call/hotline.ts`); they bind no case, and count from the moment they are changed. */
  hotline: Type.Optional(
    Type.Object({
      isWrapUpCodeCompulsory: Type.Boolean(),
      wrapUpSeconds: Type.Integer({ minimum: 10, maximum: 300 }),
      masksNumbers: Type.Boolean(),
    }),
  ),
  /** Rules of the shift (`domain/shift/leaving.ts`); they count from the moment they are changed. */
  shift: Type.Optional(
    Type.Object({
      leavingPostMinutes: Type.Integer({ minimum: 5, maximum: 180 }),
      leavingWarnMinutes: Type.Integer({ minimum: 1, maximum: 60 }),
    }),
  ),
})
