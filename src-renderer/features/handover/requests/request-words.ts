import { type Approver, approversOf, leaveKinds, type ShiftRequest, stateOfRequest } from '#shared/domain/shift/request'
import type { LampTone } from '../../../ui/lamp'

/** Requests in words. */
export const approverNames: Readonly<Record<Approver, string>> = {
  counterpart: '对方',
  shiftLead: '值班长',
  assistant: '平台助理',
  director: '平台主管',
}

export function kindWords(request: ShiftRequest): string {
  if (request.kind === 'leave') return leaveKinds[request.leave].replace(/（.*）/, '')
  return request.kind === 'swap' ? '调班' : '加班'
}

export function daysWords(request: ShiftRequest): string {
  if (request.kind === 'leave') return `${request.dates[0]?.slice(5)}${request.dates.length > 1 ? ` 等 ${request.dates.length} 天` : ''}`
  if (request.kind === 'overtime') return `${request.date.slice(5)}，${request.hours} 小时`
  const back = request.inReturn === null ? '' : `，${request.inReturn.slice(5)} 还`
  return `${request.date.slice(5)} 由${request.withName}上${back}`
}

export function stateWords(request: ShiftRequest): { readonly tone: LampTone; readonly words: string } {
  const state = stateOfRequest(request)
  if (state.is === 'approved') return { tone: 'green', words: '已准' }
  if (state.is === 'refused') return { tone: 'red', words: `${state.by}不同意` }
  if (state.is === 'withdrawn') return { tone: 'none', words: '已撤回' }
  const who = state.for === 'counterpart' && request.kind === 'swap' ? request.withName : approverNames[state.for]
  return { tone: 'amber', words: `待${who}` }
}

/** The way of a request, each approver with what they did. */
export function wayOf(
  request: ShiftRequest,
): readonly { readonly name: string; readonly did: string; readonly note: string; readonly at: number | null }[] {
  const agreed = request.steps.filter(({ did }) => did === 'agreed' || did === 'refused')
  return approversOf(request).map((approver, index) => {
    const step = agreed[index]
    const name = approver === 'counterpart' && request.kind === 'swap' ? `对方 ${request.withName}` : approverNames[approver]
    if (!step) return { name, did: '未到', note: '', at: null }
    return { name: `${name} ${step.byName}`, did: step.did === 'agreed' ? '同意' : '不同意', note: step.note, at: step.at }
  })
}
