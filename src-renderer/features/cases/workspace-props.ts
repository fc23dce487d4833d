import type { QueueId } from '#shared/domain/case/queues'

/** What the pane gives to a case that is opened in place of its table. */
export interface CaseWorkspaceProps {
  readonly caseId: string
  /** The queue it was opened from, for the way back; null from a search or from outside. */
  readonly queue: QueueId | null
  /** Ids of the list it was opened from, in the order shown; empty when it was opened by itself. */
  readonly neighbours: readonly string[]
  /** To the next (1) or the one before (-1); does nothing at the ends. */
  onNext(by: 1 | -1): void
  onClose(): void
  onOpenCase(caseId: string): void
}
