import { App, type InputRef, Segmented } from 'antd'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { chinaDate } from '#shared/base/china-time'
import { type Article, isInForce, situations } from '#shared/domain/knowledge/article'
import { type Entry, type EntryKind, entryKindIds, entryKinds } from '#shared/domain/knowledge/entries'
import { mayCall } from '../../bridge/permissions'
import { useTopic } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'
import { useKnowledge } from '../../bridge/use-knowledge'
import { useNow } from '../../bridge/use-now'
import { ActionButton } from '../../ui/action-button'
import { DataGrid, type GridColumn } from '../../ui/data-grid'
import { FilterBox } from '../../ui/filter-box'
import { createFinder } from '../../ui/knowledge-finder'
import { Lamp } from '../../ui/lamp'
import { PaneHeader } from '../../ui/pane-header'
import { StaleMark } from '../../ui/stale-mark'
import { EmptyState } from '../../ui/states'
import { ArticleForm } from './article-form'
import { EntryText } from './entry-text'
import './knowledge.css'

type KindChoice = EntryKind | 'all'

/** 知识库: what citizens ask and what is said to them, searched by words or pinyin, the centre away or not. Its keepers change it here. */
export function KnowledgePane() {
  const { entries, documentId } = useKnowledge()
  const role = useTopic('session.changed')?.agent?.role
  const fresh = useFreshness(useTopic('reference.changed')?.readAt)
  const now = useNow(60_000)
  const { message } = App.useApp()
  const [query, setQuery] = useState('')
  const [kind, setKind] = useState<KindChoice>('all')
  const [currentId, setCurrentId] = useState<string>()
  const [edited, setEdited] = useState<Article | 'new'>()
  const filter = useRef<InputRef>(null)
  const finder = useMemo(() => createFinder(entries), [entries])
  const wanted = useDeferredValue(query)
  const found = useMemo(() => {
    const hits = finder.find(wanted)
    return kind === 'all' ? hits : hits.filter((entry) => entry.kind === kind)
  }, [finder, wanted, kind])
  const current = found.find(({ id }) => id === currentId) ?? found[0]
  const mayKeep = mayCall('knowledge.save', role)
  const unconfirmed = entries.filter(({ isCertain }) => !isCertain).length
  return (
    <section className="ui-pane know" aria-label="知识库">
      <PaneHeader title="知识库与话术" meta={`${entries.length} 条，存在本机，离线可查`}>
        {unconfirmed > 0 && <span className="ui-meta">{`${unconfirmed} 条待核`}</span>}
        {!fresh.isLive && <StaleMark asOf={fresh.asOf} now={now} />}
        {mayKeep && (
          <ActionButton size="small" reason={documentId === undefined ? '本机还没有知识库' : fresh.reason} onClick={() => setEdited('new')}>
            新增一条
          </ActionButton>
        )}
      </PaneHeader>
      <div className="ui-toolbar">
        <FilterBox value={query} onChange={setQuery} inputRef={filter} placeholder="市民怎么说、拼音首字母、电话" />
        <Segmented<KindChoice>
          size="small"
          aria-label="种类"
          value={kind}
          onChange={setKind}
          options={[{ value: 'all', label: '全部' }, ...entryKindIds.map((value) => ({ value, label: entryKinds[value] }))]}
        />
        <span className="ui-meta">{`${found.length} 条`}</span>
      </div>
      <div className="know-split">
        <div className="know-list">
          <DataGrid<Entry>
            label="知识库"
            autoFocus
            hasHead={false}
            rows={found}
            rowKey={({ id }) => id}
            filterRef={filter}
            columns={columns}
            {...(wanted === '' && { groupOf: groupOf })}
            wantedKey={current?.id}
            onCurrent={(entry) => setCurrentId(entry?.id)}
            empty={<EmptyState text="没有找到。换个说法，或只写一两个关键的字。" />}
          />
        </div>
        {current && (
          <EntryText
            key={current.id}
            entry={current}
            documentId={documentId}
            keeping={mayKeep ? { reason: fresh.reason, onEdit: () => current.article && setEdited(current.article) } : undefined}
          />
        )}
      </div>
      {edited && documentId !== undefined && (
        <ArticleForm
          documentId={documentId}
          article={edited === 'new' ? null : edited}
          onClose={() => setEdited(undefined)}
          onSaved={(article) => {
            setEdited(undefined)
            setCurrentId(article.articleId)
            void message.success(`已保存为第 ${article.version} 版，各坐席随即更新`)
          }}
        />
      )}
    </section>
  )
}

const groupOf = ({ kind, situation }: Entry): string =>
  situation === null ? entryKinds[kind] : `${entryKinds[kind]}：${situations[situation]}`

const columns: readonly GridColumn<Entry>[] = [
  {
    key: 'title',
    title: '标题',
    width: 'minmax(0,1fr)',
    render: (entry) => <EntryTitle entry={entry} />,
  },
  { key: 'kind', title: '种类', width: '64px', render: ({ kind }) => <span className="ui-meta">{entryKinds[kind]}</span> },
]

function EntryTitle({ entry: { title, isCertain, article } }: { readonly entry: Entry }) {
  const today = chinaDate(useNow(600_000))
  return (
    <span className="ui-wrap">
      {title}
      {!isCertain && (
        <span className="know-mark" title="须由中心核定，答复前先核对">
          <Lamp tone="amber" label="" />
          待核
        </span>
      )}
      {article && !isInForce(article, today) && (
        <span className="know-mark">
          <Lamp tone="none" label="" />
          不在有效期
        </span>
      )}
    </span>
  )
}
