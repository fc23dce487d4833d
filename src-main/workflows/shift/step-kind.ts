import { err } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { HandoverStepSchema } from '#shared/contracts/shift-shapes'
import type { IntentKind } from '../ports'

const deeds = {
  ...{ begin: '开始', refresh: '重新汇总', judge: '意见', seal: '交班签字', read: '复述', take: '收下', ask: '提问', answer: '回答' },
  ...{ object: '异议', accept: '接班签字', leave: '离岗说明', abandon: '作废' },
} as const satisfies Record<HandoverStepSchema['words']['did'], string>

/** A signed step of a handover on its way: nobody edits it or takes it back, and nothing of it is shown but what was done. */
export const stepKind: IntentKind = {
  title: '交接班',
  summary: (body) => deeds[(body as HandoverStepSchema).words.did],
  canWithdraw: false,
  editableText: () => null,
  edit: () => err(appError('intent/notEditable')),
  delivered: () => undefined,
  parked: () => undefined,
  requeued: () => undefined,
  withdrawn: () => undefined,
}
