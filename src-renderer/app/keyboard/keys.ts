import { type TelephoneKeyId, telephoneKeyIds, telephoneKeys } from '../../features/softphone/key-names'

/**
 * The keyboard map: every key of the frame once, with its one meaning. The listener, the hints beside buttons and the F1 page all read this
 * table; a test refuses a key that stands in it twice. Keys that live inside one list or form are named here for the help page only (no
 * `handler`). The telephone's rows are written beside the softphone.
 */
export type KeyHandlerId =
  | 'help.open'
  | 'help.openUnlessTyping'
  | 'commandLine.open'
  | 'quickEntry.open'
  | 'session.lock'
  | 'outbox.open'
  | 'workspace.toggleBeside'
  | `telephone.${TelephoneKeyId}`
  | `pane.${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 'knowledge' | 'followUps' | 'replies' | 'quality'}`

export interface KeyRow {
  /** As `chordOf` writes it: `Ctrl+Shift+J`. */
  readonly keys: string
  readonly meaning: string
  readonly scope: KeyScope
  readonly handler?: KeyHandlerId
}

export const keyScopes = {
  everywhere: '随处可用',
  telephone: '电话',
  panes: '窗格',
  lists: '列表',
  cases: '案卷',
  map: '地图',
  forms: '表单',
} as const
export type KeyScope = keyof typeof keyScopes

export const keyTable: readonly KeyRow[] = [
  { keys: 'F1', meaning: '按键说明', scope: 'everywhere', handler: 'help.open' },
  { keys: '?', meaning: '按键说明（不在输入文字时；列表里为该列表的按键）', scope: 'everywhere', handler: 'help.openUnlessTyping' },
  { keys: 'Ctrl+K', meaning: '命令行：窗格、动作、标准与区划', scope: 'everywhere', handler: 'commandLine.open' },
  { keys: 'Ctrl+J', meaning: '记一条工作日志', scope: 'everywhere', handler: 'quickEntry.open' },
  { keys: 'Ctrl+L', meaning: '锁定坐席', scope: 'everywhere', handler: 'session.lock' },
  { keys: 'Ctrl+B', meaning: '待发送的记录', scope: 'everywhere', handler: 'outbox.open' },
  ...telephoneKeyIds.map(
    (id): KeyRow => ({ keys: telephoneKeys[id].keys, meaning: telephoneKeys[id].meaning, scope: 'telephone', handler: `telephone.${id}` }),
  ),
  { keys: 'Alt+0', meaning: '首页', scope: 'panes', handler: 'pane.0' },
  { keys: 'Alt+1', meaning: '登记案卷', scope: 'panes', handler: 'pane.1' },
  { keys: 'Alt+2', meaning: '案卷', scope: 'panes', handler: 'pane.2' },
  { keys: 'Alt+3', meaning: '地图', scope: 'panes', handler: 'pane.3' },
  { keys: 'Alt+4', meaning: '大屏', scope: 'panes', handler: 'pane.4' },
  { keys: 'Alt+5', meaning: '工作日志', scope: 'panes', handler: 'pane.5' },
  { keys: 'Alt+6', meaning: '交接班', scope: 'panes', handler: 'pane.6' },
  { keys: 'Alt+7', meaning: '标准与区划', scope: 'panes', handler: 'pane.7' },
  { keys: 'Alt+8', meaning: '通话记录', scope: 'panes', handler: 'pane.8' },
  { keys: 'Alt+9', meaning: '管理', scope: 'panes', handler: 'pane.9' },
  { keys: 'Alt+H', meaning: '回访与回拨', scope: 'panes', handler: 'pane.followUps' },
  { keys: 'Alt+Y', meaning: '待回复来源', scope: 'panes', handler: 'pane.replies' },
  { keys: 'Alt+K', meaning: '知识库与话术', scope: 'panes', handler: 'pane.knowledge' },
  { keys: 'Alt+J', meaning: '质检与台账', scope: 'panes', handler: 'pane.quality' },
  { keys: 'Ctrl+\\', meaning: '并排另一个窗格，再按收起', scope: 'panes', handler: 'workspace.toggleBeside' },
  { keys: '← →', meaning: '调整并排宽度（先用 Tab 移到分隔线）', scope: 'panes' },
  { keys: '↑ ↓', meaning: '上下移动', scope: 'lists' },
  { keys: 'Enter', meaning: '打开当前行', scope: 'lists' },
  { keys: '/', meaning: '筛选；地图里搜地点（名称、拼音、编码）', scope: 'lists' },
  { keys: 'F9', meaning: '同意：立案、结案、督查通过、派遣', scope: 'cases' },
  { keys: 'F10', meaning: '退回：回退、返工、不同意', scope: 'cases' },
  { keys: 'F11', meaning: '第三种办法：不立案、缓受理、再核查', scope: 'cases' },
  { keys: 'Ctrl+U', meaning: '催办', scope: 'cases' },
  { keys: 'Ctrl+Z', meaning: '几秒内撤销自己刚办的一步（不在输入文字时）', scope: 'cases' },
  { keys: 'J K', meaning: '打开着的案卷：下一件、上一件（也可 Alt+↓ Alt+↑）', scope: 'cases' },
  { keys: 'N', meaning: '打开着的案卷：记意见，选类别（请示、沟通、会商、上报、首问）', scope: 'cases' },
  { keys: '[ ]', meaning: '换队列（也可 Ctrl+Tab）', scope: 'cases' },
  { keys: 'P', meaning: '显示、收起预览', scope: 'cases' },
  { keys: 'Ctrl+1…9', meaning: '我的视图', scope: 'cases' },
  { keys: 'Ctrl+F', meaning: '搜案卷', scope: 'cases' },
  { keys: 'Ctrl+E', meaning: '导出', scope: 'cases' },
  { keys: '↑ ↓ ← →', meaning: '移动地图，+ − 缩放，Home 看全城', scope: 'map' },
  { keys: 'Space', meaning: '查看地图正中的位置', scope: 'map' },
  { keys: 'M', meaning: '量距离，双击结束', scope: 'map' },
  { keys: 'A', meaning: '圈一块地方，看其中的案卷', scope: 'map' },
  { keys: 'Alt+A', meaning: '登记表：放下这一件，另登一件', scope: 'forms' },
  { keys: 'Alt+Q', meaning: '登记表：采纳第一个小类建议', scope: 'forms' },
  { keys: 'Alt+W', meaning: '登记表：采纳紧急建议', scope: 'forms' },
  { keys: 'Alt+F', meaning: '登记表：查旁边的知识库，Enter 引用，Esc 回到表里', scope: 'forms' },
  { keys: 'Alt+S', meaning: '登记表：换下一句话术', scope: 'forms' },
  { keys: 'Ctrl+D', meaning: '登记表：当场答复办结', scope: 'forms' },
  { keys: 'Alt+R', meaning: '登记表：并入最像的案卷，再按撤回', scope: 'forms' },
  { keys: 'Alt+M', meaning: '登记表：在地图上搜地点，回车落点，方向键微调（Shift 大步）', scope: 'forms' },
  { keys: 'Ctrl+Enter', meaning: '提交；未填全则移到第一个缺项', scope: 'forms' },
  { keys: 'Tab', meaning: '下一项，Shift+Tab 上一项', scope: 'forms' },
  { keys: 'Esc', meaning: '收起浮层，文字保留', scope: 'forms' },
]

/** The keys shown beside whatever the handler does. */
export function keysOf(handler: KeyHandlerId): string | undefined {
  return keyTable.find((row) => row.handler === handler)?.keys
}

/** The part of a keyboard event that decides which key it is. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
}

/**
 * Writes a key press as the table does. Digits, letters and the backslash go by their place on the keyboard, so that an input method or Alt's
 * special characters do not change them, and so do function keys that an input method has in hand; `?` goes by what it prints.
 */
export function chordOf(press: KeyPress): string {
  if (press.key === '?' && !press.ctrlKey && !press.altKey && !press.metaKey) return '?'
  const base = baseKey(press)
  const modifiers = [press.ctrlKey || press.metaKey ? 'Ctrl' : '', press.altKey ? 'Alt' : '', press.shiftKey ? 'Shift' : '']
  return [...modifiers.filter(Boolean), base].join('+')
}

function baseKey({ code, key }: KeyPress): string {
  const place = /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/.exec(code)
  if (place) return place[1] ?? place[2] ?? key
  if (code === 'Backslash') return '\\'
  if (key === 'Process' && /^F\d{1,2}$/.test(code)) return code
  return key
}
