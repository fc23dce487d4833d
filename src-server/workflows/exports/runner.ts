import type { ExportRecord } from '../../store/exports-store'

/** Writes the files of exports in the background, as the workflows and the composition see it. */
export interface ExportRunner {
  /** Begins and does not wait. */
  start(record: ExportRecord): void
  /** Resolves when none is being written. */
  settled(): Promise<void>
  /** Ends what is being written; those exports fail in words. */
  close(): Promise<void>
}
