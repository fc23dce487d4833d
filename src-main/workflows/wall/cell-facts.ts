import { chinaDate } from '#shared/base/china-time'
import type { EpochMs } from '#shared/base/clock'
import type { CaseRowSchema as CaseRow } from '#shared/contracts/case-shapes'
import type { QueuesView } from '#shared/contracts/seat-api/case-views'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { queueSpec } from '#shared/domain/case/queues'
import { caseStates, isEnd } from '#shared/domain/case/states'
import type { Content } from '#shared/domain/wall/wall'

/**
 * What a cell of the software wall tells of a case or as a board. The wall hangs where visitors stand: nothing of persons, no free text, and nothing
 * of a case that is kept from view.
 */
type Facts = NonNullable<StateOfTopic<'wallScreens.changed'>>['cells'][number]['facts']
type Tone = NonNullable<Facts>['rows'][number]['tone']

export function cellFacts(
  content: Content,
  parts: { readonly row: (caseId: string) => CaseRow | undefined; readonly queues: QueuesView | undefined; readonly now: EpochMs },
): Facts {
  if (content.kind === 'case') return caseFacts(content, parts.row(content.id), parts.now)
  if (content.kind === 'dashboard') return boardFacts(content, parts.queues)
  return null
}

function caseFacts(content: Content, row: CaseRow | undefined, now: EpochMs): Facts {
  if (!row) return { title: content.title, rows: [] }
  if (row.isSensitive || row.isRecused) return { title: `${row.caseNo} 内容不在大屏显示`, rows: [] }
  const clock = row.clock
  const tone: Tone = !clock || isEnd(row.state) ? 'none' : now > clock.dueAt ? 'red' : now >= clock.amberAt ? 'amber' : 'green'
  return {
    title: `${row.caseNo} ${row.subclassName}`,
    rows: [
      { name: '状态', value: caseStates[row.state].name, tone },
      { name: '地点', value: row.address || '—', tone: 'none' },
      ...(row.departmentName ? [{ name: '责任', value: row.departmentName, tone: 'none' } as const] : []),
      ...(clock && !isEnd(row.state) ? [{ name: '时限', value: chinaDate(clock.dueAt), tone } as const] : []),
      ...(row.isUrgent ? [{ name: '紧急', value: '是', tone: 'red' } as const] : []),
    ],
  }
}

function boardFacts(content: Content, queues: QueuesView | undefined): Facts {
  const rows = (queues?.queues ?? []).slice(0, 8).map(({ queue, count, red, amber }) => ({
    name: queueSpec(queue).title,
    value: red > 0 ? `${count}，超时 ${red}` : String(count),
    tone: (red > 0 ? 'red' : amber > 0 ? 'amber' : 'green') as Tone,
  }))
  return { title: content.title, rows }
}
