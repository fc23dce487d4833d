import type { EpochMs } from '#shared/base/clock'
import type { CaseProgress } from '#shared/domain/case/progress'
import { isAnswerable } from '#shared/domain/case/reply'
import { SectionTitle } from '../../../ui/pane-header'
import { formatDateTime, formatMoment } from '../../../ui/time-format'
import { Stand } from '../replies/stand'

/** 回复来源: what the source is told, how far that is, and by when it waits for it. Written and approved under 更多 or in 待回复 (Alt+Y). */
export function ReplyPanel({ progress, now }: { readonly progress: CaseProgress; readonly now: EpochMs }) {
  const { facts, reply } = progress
  if (!isAnswerable(facts)) return null
  const replyBy = facts.external?.replyBy ?? null
  return (
    <section className="case-side-part" aria-label="回复来源">
      <SectionTitle title="回复来源" meta={replyBy === null ? '没有限期' : `限 ${formatDateTime(replyBy)}`}>
        <span className="ui-meta">Alt+Y 待回复</span>
      </SectionTitle>
      <ul className="case-lines">
        <li>
          <Stand replyBy={replyBy} reply={reply} now={now} />
          {reply && <span className="cases-quiet">{`${reply.by.name}　${formatMoment(reply.at, now)}`}</span>}
        </li>
        {reply && (
          <li>
            <bdi className="case-line-text case-words">{reply.text}</bdi>
          </li>
        )}
        {reply?.state === 'returned' && (
          <li>
            <span className="case-line-text">{`退改：${reply.reason ?? ''}`}</span>
            <span className="cases-quiet">{reply.decidedBy?.name ?? ''}</span>
          </li>
        )}
      </ul>
    </section>
  )
}
