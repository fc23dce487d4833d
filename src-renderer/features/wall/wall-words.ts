import {
  cellName,
  type Entry,
  type Outcome,
  type Scene,
  type SceneKey,
  type SourceKind,
  sceneKeys,
  type WallCell,
} from '#shared/domain/wall/wall'

/** The wall's states in the words of the hall. */
export const kindWords: Readonly<Record<SourceKind, string>> = { camera: '', case: '案', map: '图', dashboard: '板', web: '网' }

export function contentWords(content: WallCell['wanted']): string {
  if (content === null) return '空'
  const kind = kindWords[content.kind]
  return kind === '' ? content.title : `${kind} ${content.title}`
}

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  requested: '已请求',
  confirmed: '已确认',
  failed: '失败',
  overtaken: '已被后来的更改代替',
  done: '已记录',
}

/** What happened, in one line: `格 10 ← 4022 公园南门`. */
export function entryWords(entry: Entry): string {
  const { action, subject, cells } = entry
  const [first, second] = cells
  const where = first ? `格 ${cellName(first.cell)}` : ''
  const more = cells.length > 1 ? ` 等 ${cells.length} 格` : ''
  switch (action) {
    case 'assign':
      return `${where} ← ${contentWords(first?.after ?? null)}`
    case 'lend':
      return `附近探头上屏：${subject ?? ''}${more}`
    case 'clear':
      return `${where} 清空`
    case 'move':
      return second ? `${where} ⇄ 格 ${cellName(second.cell)}` : where
    case 'retry':
      return `${where} 重试 ${contentWords(first?.after ?? null)}`
    case 'setLayout':
      return `布局改为 ${subject ?? ''}`
    case 'recallScene':
      return `场景“${subject ?? ''}”调用${more}`
    case 'schedule':
      return `场景“${subject ?? ''}”按时调用${more}`
    case 'startTour':
      return `轮巡“${subject ?? ''}”启动`
    case 'stopTour':
      return `轮巡“${subject ?? ''}”停止`
    case 'yieldTours':
      return `轮巡让停：${subject ?? ''}`
    case 'tourStep':
      return `${where} ← ${contentWords(first?.after ?? null)}`
    case 'take':
      return `${where} ← ${contentWords(first?.after ?? null)}`
    case 'giveBack':
      return `${where} 恢复 ${contentWords(first?.after ?? null)}`
    case 'undo':
      return `撤销 ${subject ?? ''}${where === '' ? '' : `，${where}${more}`}`
    default:
      return subject ?? ''
  }
}

export const authorWords: Readonly<Record<Entry['by']['kind'], string>> = {
  person: '',
  rule: '规则',
  tour: '轮巡',
  schedule: '定时',
  driver: '系统',
}

/** The first key that no scene has. */
export const freeKey = (scenes: readonly Scene[]): SceneKey | null =>
  sceneKeys.find((key) => !scenes.some((scene) => scene.key === key)) ?? null
