import type { CaseRow } from '#shared/domain/case/row'
import type { Viewer } from '#shared/domain/case/visibility'
import { ActionButton } from '../../../ui/action-button'
import type { CaseSettings } from '../use-case-settings'
import { type Batch, batchesOf } from './batch'

/** What can be done to the current case alone; with rows chosen the keys are the batch's, and this says so. */
export function PreviewActions(given: {
  readonly row: CaseRow | undefined
  readonly viewer: Viewer
  readonly settings: CaseSettings
  readonly reason: string | null
  readonly chosenCount: number
  /** Keys that act on what is chosen. */
  readonly chosenKeys: readonly string[]
  onPress(key: Batch['key']): void
}) {
  const { row, viewer, settings, reason, chosenCount, chosenKeys, onPress } = given
  if (!row) return null
  const batches = batchesOf([row], viewer, settings.profile)
  return (
    <footer className="cases-preview-foot">
      {chosenCount > 0 ? (
        <span className="cases-quiet">
          {chosenKeys.length === 0 ? `已选 ${chosenCount} 条` : `${chosenKeys.join('、')} 现归所选 ${chosenCount} 条`}
        </span>
      ) : (
        batches.map((batch) => (
          <ActionButton
            key={batch.key}
            size="small"
            keys={batch.key}
            reason={reason ?? batch.unable[0]?.reason ?? null}
            {...(batch.individually !== null && { title: `${batch.individually}：打开案卷` })}
            onClick={() => onPress(batch.key)}
          >
            {batch.title}
          </ActionButton>
        ))
      )}
    </footer>
  )
}
