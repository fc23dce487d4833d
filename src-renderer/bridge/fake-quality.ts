import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { QualityFormDocument, QualityRow } from '#shared/contracts/quality-shapes'
import { fakeUuid } from './fake-data'
import type { FakeHandlers, FakeWorld } from './fake-world'

type QualityCommand =
  | 'quality.list'
  | 'quality.mine'
  | 'quality.reviewers'
  | 'quality.open'
  | 'quality.enter'
  | 'quality.total'
  | 'quality.saveForm'
  | 'ledger.read'

/** 质检 from memory: a form of a few items, one call to be scored and one of broken sound. */
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

const callAt = (world: FakeWorld, id: number, given: Partial<QualityRow> = {}): QualityRow => {
  const endedAt = world.options.now() - 3_600_000
  return {
    ...{ callId: fakeUuid(id), agentNo: '1003', agentName: '王芳', seatNo: '03', direction: 'incoming', caseNo: null, state: 'toScore' },
    ...{ startedAt: endedAt - 94_000, answeredAt: endedAt - 90_000, endedAt, isDrawn: true, evidence: [], total: null, isVetoed: false },
    ...{ appealUntil: null, waitsFor: [] },
    ...given,
  }
}
const broken = [{ fault: 'mos', value: 2.3, limit: 3.1 }] as const
const rowsOf = (world: FakeWorld): QualityRow[] => [callAt(world, 9_101), callAt(world, 9_102, { isDrawn: false, evidence: [...broken] })]

export function fakeQuality(world: FakeWorld): Pick<FakeHandlers, QualityCommand> {
  return {
    'quality.list': () => ok({ items: rowsOf(world), form: fakeQualityForm }),
    'quality.mine': () => ok({ items: [], form: fakeQualityForm }),
    'quality.reviewers': () => ok({ items: [] }),
    'quality.open'({ callId }) {
      const row = rowsOf(world).find((each) => each.callId === callId)
      if (!row) return err(appError('record/notFound'))
      const said = { recordingId: null, recordingState: null, quality: null, endedBy: 'caller', hangUpReason: null, wrapUp: null }
      return ok({ row, entries: [], forms: [fakeQualityForm], report: null, ...said })
    },
    'quality.enter': ({ callId }) => ok({ entryId: callId }),
    'quality.total': () => ok({ items: [], readAt: world.options.now() }),
    'ledger.read': () => ok({ items: [], readAt: world.options.now() }),
    'quality.saveForm': ({ form, seenVersion }) => ok({ ...form, version: seenVersion + 1 }),
  }
}
