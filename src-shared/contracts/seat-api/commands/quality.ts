import { Type } from 'typebox'
import { qualityReviewers } from '../../../domain/quality/form'
import { ledgerReaders, ledgerRoutes } from '../../central-api/ledger'
import { Month, qualityReaders, qualityRoutes } from '../../central-api/quality'
import { Empty, Uuid } from '../../common'
import { EntryContentSchema, QualityFormDocument } from '../../quality-shapes'
import { command } from '../command'
import { central, closed } from '../shared-parts'

/** 质检. Lists and files are the centre's; a step is a record, written here and sent when it can be. */
export const qualityCommands = {
  'quality.list': command({
    summary: '某月抽中的通话与已有的质检',
    input: Type.Object({ month: Month }, closed),
    output: qualityRoutes['quality.list'].response,
    allowed: qualityReviewers,
    effect: 'live',
    errors: central,
  }),
  'quality.mine': command({
    summary: '本人的质检结果',
    input: Empty,
    output: qualityRoutes['quality.mine'].response,
    allowed: 'signedIn',
    effect: 'live',
    errors: central,
  }),
  'quality.reviewers': command({
    summary: '可以请来校准的质检人员',
    input: Empty,
    output: qualityRoutes['quality.reviewers'].response,
    allowed: qualityReviewers,
    effect: 'live',
    errors: central,
  }),
  'quality.open': command({
    summary: '一通电话的质检经过',
    input: Type.Object({ callId: Uuid }, closed),
    output: qualityRoutes['quality.open'].response,
    allowed: 'signedIn',
    effect: 'live',
    errors: [...central, 'record/notFound'],
  }),
  'quality.enter': command({
    summary: '质检的一步：评分、更正、申诉、裁定、校准',
    input: Type.Object({ callId: Uuid, content: EntryContentSchema }, closed),
    output: Type.Object({ entryId: Uuid }),
    allowed: 'signedIn',
    effect: 'queued',
    errors: ['quality/incomplete', 'quality/formUnknown', 'store/full', 'store/readOnly'],
  }),
  'quality.total': command({
    summary: '某月各人的质检数字',
    input: Type.Object({ month: Month }, closed),
    output: qualityRoutes['quality.total'].response,
    allowed: qualityReaders,
    effect: 'live',
    errors: central,
  }),
  'ledger.read': command({
    summary: '某月的热线台账',
    input: Type.Object({ month: Month }, closed),
    output: ledgerRoutes['ledger.read'].response,
    allowed: ledgerReaders,
    effect: 'live',
    errors: central,
  }),
  'quality.saveForm': command({
    summary: '改评分表成下一版',
    input: Type.Object({ seenVersion: Type.Integer({ minimum: 0 }), form: QualityFormDocument }, closed),
    output: QualityFormDocument,
    allowed: qualityReviewers,
    effect: 'live',
    errors: [...central, ...qualityRoutes['quality.saveForm'].errors, 'request/invalid'],
  }),
} as const
