import { useMemo } from 'react'
import type { RoleId } from '#shared/domain/account/role'
import { queueSpec, queuesOf } from '#shared/domain/case/queues'
import { useTopic } from '../../bridge/react'
import { indexText } from '../../ui/pinyin-match'
import { type Frame, useFrame } from '../frame/frame-context'
import { keysOf } from '../keyboard/keys'
import type { Command } from './command'

type ActionRow = Omit<Command, 'index' | 'rank' | 'reason'> & { readonly reason?: string | null }

/** The frame's actions as commands, for the role that is signed in. Those that cannot run now stay, with the reason. */
export function useActions(): readonly Command[] {
  const frame = useFrame()
  const isOnline = useTopic('connection.changed')?.state === 'online'
  const theme = useTopic('settings.changed')?.theme
  const role = useTopic('session.changed')?.agent?.role
  const rows = [
    ...paneRows(frame),
    ...queueRows(frame, role),
    ...workRows(frame, isOnline),
    ...themeRows(frame, theme),
    ...windowRows(frame),
  ]
  const titles = rows.map((row) => row.title).join('\n')
  const indexes = useMemo(() => titles.split('\n').map((title) => indexText({ text: title })), [titles])
  return rows.flatMap((row, at) => {
    const index = indexes[at]
    return index ? [{ reason: null, ...row, index, rank: 0 as const }] : []
  })
}

function paneRows(frame: Frame): readonly ActionRow[] {
  return frame.panes.map((pane) => ({
    id: `pane.${pane.id}`,
    title: pane.title,
    hint: keysOf(pane.key),
    group: '窗格',
    icon: pane.icon,
    run: () => frame.openPane(pane.id),
  }))
}

/** The worklists of the post, by name. */
function queueRows(frame: Frame, role: RoleId | undefined): readonly ActionRow[] {
  if (role === undefined || !frame.panes.some(({ id }) => id === 'cases')) return []
  return queuesOf(role).map((queue) => ({
    id: `queue.${queue}`,
    title: `${queueSpec(queue).title}队列`,
    group: '案卷',
    icon: 'cases',
    run: () => frame.openPane('cases', undefined, { queue }),
  }))
}

/** Digits are looked for as a case number: the pane's own search finds it. */
export function caseNumberCommand(frame: Frame, query: string): Command | undefined {
  const wanted = query.trim()
  if (!/^\d{4,8}(-\d{0,6})?$/.test(wanted) || !frame.panes.some(({ id }) => id === 'cases')) return undefined
  const title = `找案卷 ${wanted}`
  const run = () => frame.openPane('cases', undefined, { search: wanted })
  return {
    id: 'caseNumber',
    title,
    group: '案卷',
    icon: 'cases',
    reason: null,
    index: indexText({ text: title, code: wanted }),
    rank: 0,
    run,
  }
}

function windowRows(frame: Frame): readonly ActionRow[] {
  return frame.panes.map((pane) => ({
    id: `popOut.${pane.id}`,
    title: `单独窗口打开${pane.title}`,
    group: '窗口',
    icon: 'popOut',
    run: () => frame.popOut(pane.id),
  }))
}

function workRows(frame: Frame, isOnline: boolean): readonly ActionRow[] {
  return [
    {
      id: 'quickEntry',
      title: '记日志',
      hint: keysOf('quickEntry.open'),
      group: '动作',
      icon: 'pen',
      reason: frame.quickEntryReason,
      run: () => frame.openQuickEntry(true),
    },
    {
      id: 'beside',
      title: frame.layout.side === null ? '并排另一个窗格' : '收起并排的窗格',
      hint: keysOf('workspace.toggleBeside'),
      group: '动作',
      icon: 'beside',
      reason: frame.panes.length > 1 ? null : '只有一个窗格',
      run: frame.toggleBeside,
    },
    { id: 'lock', title: '锁定坐席', hint: keysOf('session.lock'), group: '动作', icon: 'lock', run: frame.lock },
    { id: 'signOut', title: '签出', group: '动作', icon: 'signOut', run: frame.signOut },
    {
      id: 'retry',
      title: '重试连接中心',
      group: '动作',
      icon: 'centre',
      reason: isOnline ? '已连接，不需要重试' : null,
      run: frame.retryConnection,
    },
    { id: 'outbox', title: '打开待发送', hint: keysOf('outbox.open'), group: '动作', icon: 'centre', run: () => frame.openPanel('outbox') },
    { id: 'connection', title: '打开连接状态', group: '动作', icon: 'centre', run: () => frame.openPanel('connection') },
    { id: 'telephone', title: '话机：设备、音量、自检', group: '动作', icon: 'centre', run: () => frame.openPanel('telephone') },
    { id: 'notices', title: '打开通知', group: '动作', icon: 'bell', run: () => frame.openPanel('notices') },
    { id: 'diagnostics', title: '打开本机状态', group: '动作', icon: 'store', run: () => frame.openPanel('diagnostics') },
    { id: 'help', title: '按键说明', hint: keysOf('help.open'), group: '动作', icon: 'help', run: () => frame.openOverlay('help') },
  ]
}

function themeRows(frame: Frame, current: string | undefined): readonly ActionRow[] {
  const themes = { light: '浅色主题', dark: '深色主题', system: '主题随系统' } as const
  return (Object.keys(themes) as (keyof typeof themes)[]).map((theme) => ({
    id: `theme.${theme}`,
    title: themes[theme],
    group: '动作',
    icon: 'theme' as const,
    reason: theme === current ? '现在就是' : null,
    run: () => frame.setTheme(theme),
  }))
}
