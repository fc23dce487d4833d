import { Popconfirm } from 'antd'
import { useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { chinaDate } from '#shared/base/china-time'
import type { OutputOfCommand } from '#shared/contracts/seat-api/table'
import { isInForce } from '#shared/domain/knowledge/article'
import { type Entry, entryKinds } from '#shared/domain/knowledge/entries'
import { useBridge } from '../../bridge/react'
import { useNow } from '../../bridge/use-now'
import { ActionButton } from '../../ui/action-button'
import { Lamp } from '../../ui/lamp'
import { Fact } from '../../ui/pane-header'
import { CodedError } from '../../ui/states'
import { formatDateTime } from '../../ui/time-format'

/** One entry to read out: the words large, below them what they rest on, and the versions that there were. */
export function EntryText({
  entry,
  documentId,
  keeping,
}: {
  readonly entry: Entry
  readonly documentId: string | undefined
  /** Absent for whoever only reads. */
  readonly keeping: { readonly reason: string | null; onEdit(): void } | undefined
}) {
  const { article } = entry
  const today = chinaDate(useNow(600_000))
  const versions = useVersions(documentId, article?.articleId)
  return (
    <article className="know-text" aria-label={entry.title}>
      <h2>{entry.title}</h2>
      {!entry.isCertain && (
        <p className="know-doubt">
          <Lamp tone="amber" label="" /> 待核：本市的数字、电话、文号由中心填定，答复前先核对。
        </p>
      )}
      {article && !isInForce(article, today) && (
        <p className="know-doubt">
          <Lamp tone="none" label="" /> {`不在有效期（${article.validFrom ?? '…'} 至 ${article.validUntil ?? '…'}），不再引用。`}
        </p>
      )}
      <p className="know-words">{entry.text}</p>
      <dl className="ui-facts">
        <Fact name="种类">{entryKinds[entry.kind]}</Fact>
        {entry.basis !== '' && <Fact name="依据">{entry.basis}</Fact>}
        {entry.contact !== '' && <Fact name="联系">{entry.contact}</Fact>}
        {entry.keywords.length > 0 && <Fact name="也叫">{entry.keywords.join('、')}</Fact>}
        <Fact name="版本">
          {article
            ? `${entry.edition}，${article.changedAt === null ? '随产品带来' : `${formatDateTime(article.changedAt)} ${article.changedBy}`}`
            : `取自${entry.edition === '' ? '专业部门名录' : `《${entry.edition}》`}，在「标准与区划」里维护`}
        </Fact>
      </dl>
      {article && (
        <div className="know-acts">
          {keeping && (
            <>
              <ActionButton size="small" reason={keeping.reason} onClick={keeping.onEdit}>
                修改
              </ActionButton>
              <Popconfirm
                title="停用这一条？"
                description="坐席上随即查不到；已引用它的案卷照旧写着当时的版本。"
                okText="停用"
                cancelText="留着"
                onConfirm={() => void versions.remove(article.version)}
              >
                <ActionButton size="small" danger reason={keeping.reason}>
                  停用
                </ActionButton>
              </Popconfirm>
            </>
          )}
          <ActionButton size="small" onClick={() => void versions.read()}>
            各版
          </ActionButton>
        </div>
      )}
      {versions.error && <CodedError error={versions.error} />}
      {versions.items && (
        <ol className="know-versions" aria-label="各版">
          {versions.items.map(({ version, changedAt, changedBy, article: was }) => (
            <li key={version}>
              <b>{`第 ${version} 版`}</b>{' '}
              <span className="ui-meta">{changedAt === null ? '随产品带来' : `${formatDateTime(changedAt)} ${changedBy}`}</span>
              <p className="know-words">{was === null ? '停用' : was.text}</p>
            </li>
          ))}
        </ol>
      )}
    </article>
  )
}

function useVersions(documentId: string | undefined, articleId: string | undefined) {
  const { call } = useBridge()
  const [items, setItems] = useState<OutputOfCommand<'knowledge.versions'>['items']>()
  const [error, setError] = useState<AppError>()
  return {
    items,
    error,
    async read(): Promise<void> {
      if (documentId === undefined || articleId === undefined) return
      const answer = await call('knowledge.versions', { documentId, articleId })
      setItems(answer.ok ? answer.value.items : undefined)
      setError(answer.ok ? undefined : answer.error)
    },
    async remove(seenVersion: number): Promise<void> {
      if (documentId === undefined || articleId === undefined) return
      const answer = await call('knowledge.remove', { documentId, articleId, seenVersion })
      setError(answer.ok ? undefined : answer.error)
    },
  }
}
