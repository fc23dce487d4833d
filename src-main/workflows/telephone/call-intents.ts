import { err } from '#shared/base/result'
import type { CallRecord } from '#shared/contracts/call-shapes'
import { appError } from '#shared/contracts/errors'
import { endCauseNames } from '#shared/domain/call/ending'
import { writeNumber } from '#shared/domain/call/number'
import type { IntentKind } from '../ports'

/**
 * The telephone's queued records, as the outbox treats them. Their truth is the seat's own log: nothing in it waits for the centre, and what the centre
 * refuses stays there to be read.
 */
const nothing = (): void => undefined
const records = {
  editableText: () => null,
  edit: () => err(appError('intent/notEditable')),
  ...{ delivered: nothing, parked: nothing, requeued: nothing, withdrawn: nothing },
} as const

export const callKind: IntentKind = {
  ...records,
  title: '通话记录',
  summary(body) {
    const { direction, number, cause } = body as CallRecord
    return `${direction === 'incoming' ? '来电' : '去电'} ${number === null ? '号码未显示' : writeNumber(number)} ${endCauseNames[cause]}`
  },
}

/** Somebody looked at a citizen's whole number: nobody takes that back. */
export interface RevealBody {
  readonly callId: string
  readonly revealId: string
  readonly at: number
}

export const revealKind: IntentKind = { ...records, canWithdraw: false, title: '显示来电号码', summary: () => '记入中心的审计' }

export const checkKind: IntentKind = { ...records, title: '话机自检', summary: () => '今天的结果' }

export const intervalKind: IntentKind = { ...records, title: '坐席状态时长', summary: () => '供班次统计' }
