import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { QualityFormDocument } from '#shared/contracts/quality-shapes'
import type { FakeHandlers, FakeWorld } from './fake-world'

type QualityCommand =
  | 'quality.list'
  | 'quality.mine'
  | 'quality.reviewers'
  | 'quality.open'
  | 'quality.enter'
  | 'quality.total'
  | 'quality.saveForm'

/** 质检 from memory: a form of a few items, and no call that was drawn. */
export const fakeQualityForm: QualityFormDocument = {
  ...{ kind: 'qualityForm', formId: 'hotline', version: 1, title: '12319 热线质检评分表' },
  ...{ editors: ['director', 'assistant'], passMark: 80, appealDays: 5, plan: { share: 0.02, minimum: 8 } },
  sections: [
    {
      title: '通话',
      items: [
        ...(['问清要素', '复述确认'] as const).map((title, at) => ({
          ...{ itemId: `item${at}`, title, points: 10, isVeto: false, hint: '', source: '', measured: null },
        })),
        { itemId: 'quarrel', title: '与来电人争执', points: 0, isVeto: true, hint: '', source: '', measured: null },
      ],
    },
  ],
}

export function fakeQuality(world: FakeWorld): Pick<FakeHandlers, QualityCommand> {
  return {
    'quality.list': () => ok({ items: [], form: fakeQualityForm }),
    'quality.mine': () => ok({ items: [], form: fakeQualityForm }),
    'quality.reviewers': () => ok({ items: [] }),
    'quality.open': () => err(appError('record/notFound')),
    'quality.enter': ({ callId }) => ok({ entryId: callId }),
    'quality.total': () => ok({ items: [], readAt: world.options.now() }),
    'quality.saveForm': ({ form, seenVersion }) => ok({ ...form, version: seenVersion + 1 }),
  }
}
