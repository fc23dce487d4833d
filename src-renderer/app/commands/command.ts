import type { TextIndex } from '../../ui/pinyin-match'
import type { IconName } from '../icons'

/** One line of the command line: an action of the frame, or an entry of the reference data that opens in its pane. */
export interface Command {
  readonly id: string
  readonly title: string
  /** Its key, or the code of the entry. */
  readonly hint?: string | undefined
  /** Small word on the right: 窗格, 动作, 小类, 街道. */
  readonly group: string
  readonly icon: IconName
  /** Why it cannot run now; null when it can. */
  readonly reason: string | null
  readonly index: TextIndex
  /** Actions stand before entries that match equally well. */
  readonly rank: 0 | 1
  run(): void
}
