import { App, Button, Input, Popover } from 'antd'
import { useState } from 'react'
import type { OutputOfCommand } from '#shared/contracts/seat-api/table'
import { type QueueId, queueSpec } from '#shared/domain/case/queues'
import { randomId } from '../../../bridge/random-id'
import { useBridge } from '../../../bridge/react'
import { type Query, useQuery } from '../../../bridge/use-query'
import { ActionButton } from '../../../ui/action-button'
import { Kbd } from '../../../ui/kbd'
import { CodedError } from '../../../ui/states'
import { type QueueViewSettings, settingsToKeep } from './queue-view'

export type SavedView = OutputOfCommand<'views.list'>['items'][number]

export function useSavedViews(): Query<OutputOfCommand<'views.list'>> {
  return useQuery('views.list', {})
}

/** The button 视图: recalls, saves under a name, and removes. The first nine have Ctrl+1…9, in the order shown. */
export function SavedViews(given: {
  readonly query: Query<OutputOfCommand<'views.list'>>
  readonly queue: QueueId
  readonly settings: QueueViewSettings
  /** Why nothing can be saved now; null when it can. */
  readonly reason: string | null
  onRecall(view: SavedView): void
}) {
  const [isOpen, setOpen] = useState(false)
  const recall = (view: SavedView) => {
    setOpen(false)
    given.onRecall(view)
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title="我的视图"
      open={isOpen}
      onOpenChange={setOpen}
      content={<ViewList {...given} onRecall={recall} />}
      destroyOnHidden
    >
      <Button type="text" size="small">
        视图
      </Button>
    </Popover>
  )
}

function ViewList({ query, queue, settings, reason, onRecall }: Parameters<typeof SavedViews>[0]) {
  const { call } = useBridge()
  const { message } = App.useApp()
  const [name, setName] = useState('')
  const views = query.value?.items ?? []

  async function save(): Promise<void> {
    const known = views.find((view) => view.name === name.trim())
    const viewId = known?.viewId ?? randomId()
    const answer = await call('views.save', { viewId, name: name.trim(), queue, settings: settingsToKeep(settings) })
    if (!answer.ok) return void message.error(answer.error.message)
    setName('')
    query.reload()
    void message.success(`视图「${answer.value.name}」已保存。`)
  }
  async function remove(view: SavedView): Promise<void> {
    const answer = await call('views.remove', { viewId: view.viewId })
    if (!answer.ok) return void message.error(answer.error.message)
    query.reload()
  }

  return (
    <div className="cases-views">
      {query.error && <CodedError error={query.error} onRetry={query.reload} />}
      {views.length === 0 && !query.error && <p className="cases-quiet">还没有视图。排好列、筛选和分组，起个名字保存。</p>}
      <ul>
        {views.map((view, at) => (
          <li key={view.viewId}>
            <button type="button" className="ui-link" onClick={() => onRecall(view)}>
              {view.name}
            </button>
            <span className="cases-quiet">{view.queue === null ? '' : queueSpec(view.queue).title}</span>
            <span className="ui-spring" />
            {at < 9 && <Kbd framed>{`Ctrl+${at + 1}`}</Kbd>}
            <ActionButton
              size="small"
              type="text"
              reason={reason}
              aria-label={`删除视图「${view.name}」`}
              onClick={() => void remove(view)}
            >
              删除
            </ActionButton>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '' && reason === null) void save()
        }}
      >
        <Input
          size="small"
          aria-label="视图名称"
          placeholder="给现在的样子起个名"
          maxLength={30}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <ActionButton size="small" htmlType="submit" reason={reason ?? (name.trim() === '' ? '先写名称' : null)}>
          保存
        </ActionButton>
      </form>
    </div>
  )
}
