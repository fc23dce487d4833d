import { App, Button, Input, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { OutputOfCommand } from '#shared/contracts/seat-api/table'
import { type QueueId, queueSpec } from '#shared/domain/case/queues'
import { randomId } from '../../../bridge/random-id'
import { useBridge } from '../../../bridge/react'
import { type Query, useQuery } from '../../../bridge/use-query'
import { ActionButton } from '../../../ui/action-button'
import { Kbd } from '../../../ui/kbd'
import { CodedError } from '../../../ui/states'
import { ToolPopover } from '../../../ui/tool-popover'
import { type QueueViewSettings, settingsToKeep } from './queue-view'

export type SavedView = OutputOfCommand<'views.list'>['items'][number]

export function useSavedViews(): Query<OutputOfCommand<'views.list'>> {
  return useQuery('views.list', {})
}

/** The button 视图: recalls, saves under a name, renames and removes. The first nine have Ctrl+1…9, in the order shown. */
export function SavedViews(given: {
  readonly query: Query<OutputOfCommand<'views.list'>>
  readonly queue: QueueId
  readonly settings: QueueViewSettings
  /** Why nothing can be saved now; null when it can. */
  readonly reason: string | null
  onRecall(view: SavedView): void
}) {
  return (
    <ToolPopover label="视图" title="我的视图">
      {(close) => (
        <ViewList
          {...given}
          onRecall={(view) => {
            close()
            given.onRecall(view)
          }}
        />
      )}
    </ToolPopover>
  )
}

function ViewList({ query, queue, settings, reason, onRecall }: Parameters<typeof SavedViews>[0]) {
  const { call } = useBridge()
  const { message } = App.useApp()
  const [name, setName] = useState('')
  const views = query.value?.items ?? []
  const known = views.find((view) => view.name === name.trim())

  async function keep(view: SavedView, told: string): Promise<boolean> {
    const answer = await call('views.save', view)
    if (!answer.ok) {
      void message.error(answer.error.message)
      return false
    }
    query.reload()
    void message.success(told)
    return true
  }
  async function save(): Promise<void> {
    const view = { viewId: known?.viewId ?? randomId(), name: name.trim(), queue, settings: settingsToKeep(settings) }
    if (await keep(view, `视图「${view.name}」已保存。`)) setName('')
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
          <ViewLine
            key={view.viewId}
            view={view}
            keys={at < 9 ? `Ctrl+${at + 1}` : undefined}
            reason={reason}
            onRecall={() => onRecall(view)}
            onRename={(to) => keep({ ...view, name: to }, `视图已改名为「${to}」。`)}
            onRemove={() => void remove(view)}
          />
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
          {known ? '覆盖' : '保存'}
        </ActionButton>
      </form>
    </div>
  )
}

interface ViewLineProps {
  readonly view: SavedView
  readonly keys: string | undefined
  readonly reason: string | null
  onRecall(): void
  /** Resolves to false when the name was not taken: what was typed stays. */
  onRename(to: string): Promise<boolean>
  onRemove(): void
}

function ViewLine({ view, keys, reason, onRecall, onRename, onRemove }: ViewLineProps) {
  const [isRenaming, setRenaming] = useState(false)
  if (isRenaming) {
    return (
      <li>
        <RenameField name={view.name} onRename={onRename} onEnd={() => setRenaming(false)} />
      </li>
    )
  }
  return (
    <li>
      <button type="button" className="ui-link" onClick={onRecall}>
        {view.name}
      </button>
      <span className="cases-quiet">{view.queue === null ? '' : queueSpec(view.queue).title}</span>
      <span className="ui-spring" />
      {keys !== undefined && <Kbd framed>{keys}</Kbd>}
      <ActionButton size="small" type="text" reason={reason} aria-label={`改名「${view.name}」`} onClick={() => setRenaming(true)}>
        改名
      </ActionButton>
      <ActionButton size="small" type="text" reason={reason} aria-label={`删除视图「${view.name}」`} onClick={onRemove}>
        删除
      </ActionButton>
    </li>
  )
}

/** Enter renames, Esc leaves the name as it was. */
function RenameField(given: { readonly name: string; onRename(to: string): Promise<boolean>; onEnd(): void }) {
  const [name, setName] = useState(given.name)
  const field = useRef<InputRef>(null)
  useEffect(() => field.current?.focus({ cursor: 'all' }), [])
  async function rename(): Promise<void> {
    const to = name.trim()
    if (to === '' || to === given.name || (await given.onRename(to))) given.onEnd()
  }
  return (
    <>
      <Input
        ref={field}
        size="small"
        aria-label={`「${given.name}」的新名称`}
        maxLength={30}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
          event.preventDefault()
          event.stopPropagation()
          if (event.key === 'Enter') void rename()
          else given.onEnd()
        }}
      />
      <Button size="small" onClick={() => void rename()}>
        改名
      </Button>
    </>
  )
}
