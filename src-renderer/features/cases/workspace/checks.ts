import type { EpochMs } from '#shared/base/clock'
import type { CaseAttachment } from '#shared/contracts/case-shapes'
import { closingChecks, dueChecks } from '#shared/domain/case/closing-checks'
import type { CaseActor } from '#shared/domain/case/history'
import type { CaseProgress } from '#shared/domain/case/progress'
import { formatMetres } from '../../../ui/distance'
import { formatLength } from '../../../ui/time-format'

/**
 * 结案核对: what the program can check by itself before a case is closed, and what only a person can see. Pure. What the program compares advises;
 * which ticks a case must have is a rule of the workflow (`domain/case/closing-checks`).
 */
export interface SystemCheck {
  readonly checkId: string
  readonly text: string
  /** `unknown`: there is nothing to check it by. */
  readonly verdict: 'ok' | 'warn' | 'unknown'
  readonly detail: string
}

/** Two photos farther from the place than this may show something else. */
const samePlaceM = 50

export function systemChecks(
  progress: CaseProgress,
  attachments: readonly CaseAttachment[],
  actor: Pick<CaseActor, 'accountNo'>,
): readonly SystemCheck[] {
  return [samePlace(attachments), checkLater(progress, attachments), twoPeople(progress, actor), recusal(progress)]
}

export const beforePurposes: readonly CaseAttachment['purpose'][] = ['report', 'before', 'verification']
export const afterPurposes: readonly CaseAttachment['purpose'][] = ['after', 'check']

function samePlace(attachments: readonly CaseAttachment[]): SystemCheck {
  const text = '前后照片同一位置'
  const farthest = (purposes: readonly CaseAttachment['purpose'][]) => {
    const known = attachments.flatMap(({ purpose, distanceM }) => (purposes.includes(purpose) && distanceM !== null ? [distanceM] : []))
    return known.length === 0 ? undefined : Math.max(...known)
  }
  const [before, after] = [farthest(beforePurposes), farthest(afterPurposes)]
  if (before === undefined || after === undefined) return { checkId: 'samePlace', text, verdict: 'unknown', detail: '照片没有位置' }
  const most = Math.round(Math.max(before, after))
  return { checkId: 'samePlace', text, verdict: most <= samePlaceM ? 'ok' : 'warn', detail: `系统　距落点至多 ${formatMetres(most)}` }
}

function checkLater({ rounds }: CaseProgress, attachments: readonly CaseAttachment[]): SystemCheck {
  const text = '核查照片晚于处置完毕'
  const handledAt = rounds.at(-1)?.endedAt ?? null
  const takenAt = attachments.flatMap((each) => (each.purpose === 'check' && each.takenAt !== null ? [each.takenAt] : []))
  if (handledAt === null || takenAt.length === 0) return { checkId: 'checkLater', text, verdict: 'unknown', detail: '没有核查照片' }
  const earliest: EpochMs = Math.min(...takenAt)
  return earliest >= handledAt
    ? { checkId: 'checkLater', text, verdict: 'ok', detail: `系统　晚 ${formatLength(earliest - handledAt)}` }
    : { checkId: 'checkLater', text, verdict: 'warn', detail: `系统　早 ${formatLength(handledAt - earliest)}` }
}

function twoPeople({ filedBy, counts }: CaseProgress, { accountNo }: Pick<CaseActor, 'accountNo'>): SystemCheck {
  const isSame = filedBy === accountNo
  const reworked = counts.reworks > 0 ? `返工 ${counts.reworks} 次` : '未返工'
  if (filedBy === null) return { checkId: 'twoPeople', text: '立案人与结案人', verdict: 'unknown', detail: '还没有立案' }
  const text = isSame ? '立案人与结案人相同' : '立案人与结案人不同'
  return { checkId: 'twoPeople', text, verdict: isSame && counts.reworks > 0 ? 'warn' : 'ok', detail: `系统　${reworked}` }
}

const recusal = ({ facts }: CaseProgress): SystemCheck =>
  facts.namedAgents.length === 0
    ? { checkId: 'recusal', text: '不涉及本中心人员', verdict: 'ok', detail: '系统　无回避' }
    : { checkId: 'recusal', text: '涉及本中心人员', verdict: 'warn', detail: `系统　${facts.namedAgents.length} 人已回避` }

/** What whoever closes ticks; the ids go into the history with the decision. */
export interface TickItem {
  readonly id: string
  readonly text: string
  /** 必核: `close` asks for it. */
  readonly isDue: boolean
  readonly note: string
}

/** `closing`: the handbook's words; `overrun`: by how much the handling was late. */
export function tickItems(
  progress: Pick<CaseProgress, 'isWithoutCheck'>,
  closing: string | null,
  overrun: string | null,
): readonly TickItem[] {
  const due = dueChecks(progress).map((id) => ({
    ...{ id, isDue: true, note: '必核' },
    text: id === 'closingMet' && closing !== null ? `${closingChecks[id]}：${closing}` : closingChecks[id],
  }))
  const late = { id: 'overrunTrue', isDue: false, text: '超时原因属实，计入责任单位', note: `提醒项　${overrun}` }
  return overrun === null ? due : [...due, late]
}
