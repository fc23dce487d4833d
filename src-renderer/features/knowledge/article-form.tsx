import {
  ModalForm,
  ProFormDependency,
  type ProFormInstance,
  ProFormSegmented,
  ProFormSelect,
  ProFormSwitch,
  ProFormText,
  ProFormTextArea,
} from '@ant-design/pro-components'
import { useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { ArticleSchema, ArticleWordsSchema } from '#shared/contracts/knowledge-shapes'
import { type Article, articleKindIds, articleKinds, articleMistakes, situationIds, situations } from '#shared/domain/knowledge/article'
import { randomId } from '../../bridge/random-id'
import { useBridge } from '../../bridge/react'
import { FormKeys } from '../../ui/form-keys'
import { CodedError } from '../../ui/states'

interface Fields extends Pick<Article, 'kind' | 'title' | 'text' | 'basis' | 'situation' | 'contact' | 'isCertain'> {
  /** Separated by spaces or 、. */
  readonly keywords: string
  readonly validFrom: string
  readonly validUntil: string
}

const blank: Fields = {
  ...{ kind: 'answer', title: '', text: '', basis: '', situation: null, contact: '', isCertain: true },
  ...{ keywords: '', validFrom: '', validUntil: '' },
}

/** Writes one article. What was before stays among its versions, so that answers that quoted it can be read as they were given. */
export function ArticleForm({
  documentId,
  article,
  onClose,
  onSaved,
}: {
  readonly documentId: string
  /** Null: a new one. */
  readonly article: Article | null
  onClose(): void
  onSaved(article: ArticleSchema): void
}) {
  const { call } = useBridge()
  const form = useRef<ProFormInstance<Fields>>(undefined)
  const [error, setError] = useState<AppError>()
  const [mistakes, setMistakes] = useState<readonly string[]>([])
  async function save(fields: Fields): Promise<boolean> {
    const words = wordsOf(fields, article)
    const wrong = articleMistakes(words)
    setMistakes(wrong)
    if (wrong.length > 0) return false
    const answer = await call('knowledge.save', { documentId, seenVersion: article?.version ?? 0, article: words })
    setError(answer.ok ? undefined : answer.error)
    if (answer.ok) onSaved(answer.value)
    return answer.ok
  }
  return (
    <ModalForm<Fields>
      open
      title={article ? `修改：${article.title}` : '新增一条'}
      width={760}
      layout="horizontal"
      labelCol={{ flex: '72px' }}
      formRef={form}
      initialValues={article ? fieldsOf(article) : blank}
      modalProps={{ onCancel: onClose, mask: { closable: false }, destroyOnHidden: true }}
      submitter={{ searchConfig: { submitText: '保存 Ctrl+Enter', resetText: '取消 Esc' } }}
      onFinish={save}
    >
      <FormKeys formRef={form}>
        {error && <CodedError error={error} />}
        {mistakes.length > 0 && (
          <p className="know-doubt" role="alert">
            {mistakes.join('；')}
          </p>
        )}
        <ProFormSegmented
          name="kind"
          label="种类"
          fieldProps={{ options: articleKindIds.map((value) => ({ value, label: articleKinds[value].name })) }}
        />
        <ProFormText
          name="title"
          label="标题"
          placeholder="市民怎么问，就怎么写"
          rules={[{ required: true, whitespace: true, max: 60, message: '写标题' }]}
        />
        <ProFormDependency name={['kind']}>
          {({ kind }) =>
            kind === 'script' && (
              <ProFormSelect
                name="situation"
                label="情形"
                options={situationIds.map((value) => ({ value, label: situations[value] }))}
                rules={[{ required: true, message: '话术须选情形' }]}
              />
            )
          }
        </ProFormDependency>
        <ProFormTextArea
          name="text"
          label="内容"
          placeholder="能直接念出来的话"
          fieldProps={{ rows: 6, maxLength: 1800, showCount: true }}
          rules={[{ required: true, whitespace: true, message: '写内容' }]}
        />
        <ProFormText name="basis" label="依据" placeholder="法规、文件或中心规定的名称，文号" rules={[{ max: 200 }]} />
        <ProFormText name="keywords" label="也叫" placeholder="市民还会怎么说，用空格隔开" rules={[{ max: 300 }]} />
        <ProFormText name="contact" label="联系" placeholder="请市民联系哪里，没有可不填" rules={[{ max: 120 }]} />
        <div className="know-days">
          <ProFormText name="validFrom" label="有效" placeholder="自 2026-10-20" rules={[dayRule]} />
          <ProFormText name="validUntil" label="至" placeholder="2027-04-20" rules={[dayRule]} />
          <ProFormSwitch name="isCertain" label="已核定" />
        </div>
      </FormKeys>
    </ModalForm>
  )
}

const dayRule = { pattern: /^(\d{4}-\d{2}-\d{2})?$/, message: '写成 2026-10-20，或不填' }

const fieldsOf = (article: Article): Fields => ({
  ...article,
  keywords: article.keywords.join(' '),
  validFrom: article.validFrom ?? '',
  validUntil: article.validUntil ?? '',
})

function wordsOf(fields: Fields, before: Article | null): ArticleWordsSchema {
  const keywords = (fields.keywords ?? '')
    .split(/[\s、，,]+/)
    .map((word) => word.slice(0, 20))
    .filter((word) => word !== '')
  return {
    articleId: before?.articleId ?? `c-${randomId()}`,
    ...{ kind: fields.kind, title: fields.title.trim(), text: fields.text.trim(), basis: (fields.basis ?? '').trim() },
    keywords: [...new Set(keywords)].slice(0, 30),
    situation: fields.kind === 'script' ? fields.situation : null,
    subclasses: [...(before?.subclasses ?? [])],
    ...{ contact: (fields.contact ?? '').trim(), isCertain: fields.isCertain },
    ...{ validFrom: fields.validFrom || null, validUntil: fields.validUntil || null },
  }
}
