import { Button, Popconfirm } from 'antd'
import { caseSources } from '#shared/domain/case/states'
import { useNow } from '../../../bridge/use-now'
import { Kbd } from '../../../ui/kbd'
import { SectionTitle } from '../../../ui/pane-header'
import { formatMoment } from '../../../ui/time-format'
import { describeDraft } from './draft-words'
import type { KeptDrafts } from './use-kept-drafts'

/** Unfinished registrations of this account at this PC: Enter goes on with one, ✕ throws it away after asking. */
export function KeptDraftsList(given: { readonly kept: KeptDrafts; readonly current: string; onChoose(key: string): void; onNew(): void }) {
  const { kept, current } = given
  const now = useNow(60_000)
  const others = kept.drafts?.filter(({ key }) => key !== current) ?? []
  return (
    <section aria-label="草稿">
      <SectionTitle title="草稿" meta={others.length === 0 ? '' : `另有 ${others.length} 份`}>
        <Button size="small" type="text" onClick={given.onNew}>
          另登一件 <Kbd>Alt+A</Kbd>
        </Button>
      </SectionTitle>
      {others.length === 0 && <p className="reg-empty">没有别的草稿。写到一半可以放下，「另登一件」，这一件留在这里。</p>}
      <ul className="reg-list">
        {others.map(({ key, draft, savedAt, isReturned }) => (
          <li key={key}>
            <button type="button" className="reg-draft" onClick={() => given.onChoose(key)}>
              <span className="reg-list-head">
                <b>{draft.source === '' ? '未选来源' : caseSources[draft.source].name}</b>
                {isReturned && <span className="ui-overrun">撤回的</span>}
                <span className="ui-spring" />
                {formatMoment(savedAt, now)}
              </span>
              <span className="reg-list-words">{describeDraft(draft)}</span>
            </button>
            <Popconfirm
              title="丢弃这份草稿？"
              description="填过的内容不能找回。"
              okText="丢弃"
              cancelText="留着"
              onConfirm={() => void kept.discard(key)}
            >
              <Button size="small" type="text" aria-label={`丢弃草稿 ${describeDraft(draft)}`}>
                ✕
              </Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
    </section>
  )
}
