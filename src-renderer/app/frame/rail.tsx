import { Dropdown } from 'antd'
import type { SettingsView } from '#shared/contracts/seat-api/views'
import { useTopic } from '../../bridge/react'
import { Lamp } from '../../ui/lamp'
import { Icon, type IconName } from '../icons'
import { keysOf } from '../keyboard/keys'
import type { PaneSpec } from '../panes'
import { useFrame } from './frame-context'
import { isShown } from './layout'

/** The rail: panes on top with counts and worst lamp, what belongs to the whole window at the bottom. It never moves. */
export function Rail() {
  const { panes, layout, openPane, openOverlay, setTheme } = useFrame()
  return (
    <nav className="rail" aria-label="窗格">
      {panes.map((pane) => (
        <RailPane key={pane.id} pane={pane} isOn={isShown(layout, pane.id)} onOpen={() => openPane(pane.id)} />
      ))}
      <span className="spring" />
      <RailButton icon="command" words={keysOf('commandLine.open') ?? ''} label="命令行" onClick={() => openOverlay('commandLine')} />
      <ThemeButton onChoose={setTheme} />
      <RailButton icon="help" words={`帮助 ${keysOf('help.open') ?? ''}`} label="按键说明" onClick={() => openOverlay('help')} />
    </nav>
  )
}

function RailPane({ pane, isOn, onOpen }: { readonly pane: PaneSpec; readonly isOn: boolean; onOpen(): void }) {
  return (
    <button
      type="button"
      className={isOn ? 'rail-item rail-on' : 'rail-item'}
      aria-current={isOn ? 'page' : undefined}
      title={`${pane.title}　${keysOf(pane.key) ?? ''}`}
      onClick={onOpen}
    >
      <span className="rail-icon">
        <Icon name={pane.icon} size={18} />
        {pane.useCount && <RailCount useCount={pane.useCount} />}
      </span>
      <span>{pane.railTitle}</span>
    </button>
  )
}

function RailCount({ useCount }: { readonly useCount: NonNullable<PaneSpec['useCount']> }) {
  const count = useCount()
  if (!count) return null
  return (
    <span className="rail-count" title={count.words}>
      {count.count > 999 ? '999+' : count.count}
      <Lamp tone={count.tone} label={count.words} />
    </span>
  )
}

export function RailButton(given: { readonly icon: IconName; readonly words: string; readonly label: string; onClick(): void }) {
  const { icon, words, label, onClick } = given
  return (
    <button type="button" className="rail-item" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} size={18} />
      <span>{words}</span>
    </button>
  )
}

const themes: readonly { readonly key: SettingsView['theme']; readonly label: string }[] = [
  { key: 'light', label: '浅色' },
  { key: 'dark', label: '深色（夜间）' },
  { key: 'system', label: '随系统' },
]

export function ThemeButton({ onChoose }: { onChoose(theme: SettingsView['theme']): void }) {
  const theme = useTopic('settings.changed')?.theme ?? 'light'
  return (
    <Dropdown
      trigger={['click']}
      placement="topLeft"
      menu={{
        items: [...themes],
        selectable: true,
        selectedKeys: [theme],
        onClick: ({ key }) => onChoose(key as SettingsView['theme']),
      }}
    >
      <button type="button" className="rail-item" aria-label="浅色或深色" title="浅色或深色">
        <Icon name="theme" size={18} />
        <span>主题</span>
      </button>
    </Dropdown>
  )
}
