import { Type } from 'typebox'

/** What the centre learned from its ended cases, for proposing a subclass while a report is typed; see `domain/proposals/classifier`. */
export const ProposalModel = Type.Object({
  kind: Type.Literal('proposalModel'),
  title: Type.String(),
  /** Of the classification that the labels are of. */
  standard: Type.String(),
  madeAt: Type.Integer({ minimum: 0 }),
  samples: Type.Integer({ minimum: 0 }),
  /** `event/06010`. */
  labels: Type.Array(Type.String({ pattern: '^(component|event)/\\d{4,5}$' }), { maxItems: 1_000 }),
  names: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 1_000 }),
  biases: Type.Array(Type.Integer(), { maxItems: 1_000 }),
  features: Type.Record(Type.String({ minLength: 1, maxLength: 40 }), Type.Array(Type.Integer(), { maxItems: 2_001 })),
})
