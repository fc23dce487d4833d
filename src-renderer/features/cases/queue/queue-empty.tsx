import { type QueueId, queueSpec } from '#shared/domain/case/queues'
import { EmptyState, LoadingState } from '../../../ui/states'
import { formatAge } from '../../../ui/time-format'

/** Why the table has no rows, and the key that leads on. */
export function Empty(given: {
  readonly queue: QueueId
  readonly search: string | undefined
  readonly isFiltered: boolean
  readonly isReading: boolean
}) {
  const { queue, search, isFiltered, isReading } = given
  if (isReading) return <LoadingState what="案卷" />
  if (search !== undefined) {
    return search.trim() === '' ? (
      <EmptyState text="写案卷号、位置或描述里的词，搜中心的全部案卷。" />
    ) : (
      <EmptyState text="没有搜到您可查看的案卷。" />
    )
  }
  if (isFiltered) return <EmptyState text="没有符合筛选的案卷。" keys="/" action="改筛选，Esc 清空" />
  return <EmptyState text={`「${queueSpec(queue).title}」没有案卷，新到的会自己出现在这里。`} keys="]" action="看下一个队列" />
}

/** What the foot of the table says when its end is in view; undefined: only the number. */
export function endNote(
  isReading: boolean,
  readAt: number | null,
  now: number,
  isComplete: boolean,
  search: string | undefined,
  hasMore: boolean,
): string | undefined {
  if (search !== undefined) return hasMore ? '只列出最前面的，请把词写得再具体些' : undefined
  if (isReading) return `正在重新读取，现在显示的是${readAt === null ? '读到的一部分' : `${formatAge(now - readAt)}的内容`}`
  return isComplete ? undefined : '本机还在从中心取这个队列'
}
