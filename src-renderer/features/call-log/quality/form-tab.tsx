import { App } from 'antd'
import { useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { QualityFormDocument } from '#shared/contracts/quality-shapes'
import { type RoleId, roles } from '#shared/domain/account/role'
import { type FormItem, itemsOf } from '#shared/domain/quality/form'
import { useBridge, useTopic } from '../../../bridge/react'
import { saveBlob } from '../../../bridge/save-blob'
import { useQuery } from '../../../bridge/use-query'
import { ActionButton } from '../../../ui/action-button'
import { DataGrid, type GridColumn } from '../../../ui/data-grid'
import { CodedError, LoadingState } from '../../../ui/states'

/** The score form in force. It is changed as a whole: taken out as a file, edited, brought in as the next version by whoever it names. */
export function FormTab() {
  const { call } = useBridge()
  const { message } = App.useApp()
  const role = useTopic('session.changed')?.agent?.role
  // Any month: what is wanted is the form that comes with it.
  const read = useQuery('quality.list', { month: '2000-01' })
  const [error, setError] = useState<Pick<AppError, 'code' | 'message'>>()
  const file = useRef<HTMLInputElement>(null)
  const form = read.value?.form
  if (read.error) return <CodedError error={read.error} onRetry={read.reload} />
  if (!form) return <LoadingState what="评分表" />
  async function bringIn(chosen: File | undefined): Promise<void> {
    const document = chosen && formFrom(await chosen.text())
    if (!chosen || !form) return
    if (!document) return setError({ code: 'quality/formUnusable', message: `${chosen.name} 不是评分表文件，没有改动。` })
    const answer = await call('quality.saveForm', { seenVersion: form.version, form: document })
    setError(answer.ok ? undefined : answer.error)
    if (!answer.ok) return
    void message.success(`评分表第 ${answer.value.version} 版已生效，以前的评分仍按原来的版本`)
    read.reload()
  }
  const groupOf = new Map(form.sections.flatMap(({ title, items }) => items.map(({ itemId }) => [itemId, title] as const)))
  return (
    <div className="qa-figures">
      <div className="ui-toolbar">
        <b>{`${form.title} 第 ${form.version} 版`}</b>
        <span className="ui-meta">
          {`抽 ${Math.round(form.plan.share * 1_000) / 10}%、每人至少 ${form.plan.minimum} 通；${form.passMark} 分合格；申诉 ${form.appealDays} 天`}
        </span>
        <span className="ui-spring" />
        <ActionButton
          size="small"
          onClick={() =>
            saveBlob(new Blob([JSON.stringify(form, null, 2)], { type: 'application/json' }), `质检评分表 第 ${form.version} 版.json`)
          }
        >
          存成文件
        </ActionButton>
        <ActionButton size="small" reason={refusal(form, role)} onClick={() => file.current?.click()}>
          换成改好的文件…
        </ActionButton>
        <input
          ref={file}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label="评分表文件"
          onChange={({ target }) => {
            void bringIn(target.files?.[0])
            target.value = ''
          }}
        />
      </div>
      {error && <CodedError error={error} />}
      <DataGrid<FormItem>
        label="评分表"
        autoFocus
        rows={itemsOf(form)}
        rowKey={({ itemId }) => itemId}
        columns={columns}
        groupOf={({ itemId }) => groupOf.get(itemId) ?? ''}
        wantedKey={itemsOf(form)[0]?.itemId}
        empty={null}
      />
    </div>
  )
}

function refusal({ editors }: QualityFormDocument, role: RoleId | undefined): string | null {
  return role && editors.includes(role) ? null : `由${editors.map((each) => roles[each]).join('、')}改`
}

/** The centre checks all of it; here only that it is such a file at all. */
function formFrom(text: string): QualityFormDocument | undefined {
  try {
    const document = JSON.parse(text) as Partial<QualityFormDocument> | null
    return document?.kind === 'qualityForm' ? (document as QualityFormDocument) : undefined
  } catch {
    return undefined
  }
}

const columns: readonly GridColumn<FormItem>[] = [
  { key: 'title', title: '评分项', width: 'minmax(140px, 1fr)', render: ({ title }) => title },
  {
    ...{ key: 'points', title: '分值', width: '80px', align: 'right' },
    render: ({ points, isVeto }) => <span className="qa-number">{isVeto ? '一票否决' : points}</span>,
  },
  { key: 'hint', title: '看什么', width: 'minmax(0, 3fr)', render: ({ hint }) => <span className="qa-cut">{hint}</span> },
  { key: 'source', title: '依据', width: 'minmax(0, 1fr)', render: ({ source }) => <span className="qa-cut calls-quiet">{source}</span> },
]
