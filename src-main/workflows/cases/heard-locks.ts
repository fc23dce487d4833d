import type { CaseLock } from '#shared/contracts/case-shapes'
import type { CaseLocksView } from '#shared/contracts/seat-api/case-views'
import type { Publish } from '../ports'

/**
 * Who took or gave back which case while somebody is signed in here, as the centre's events told it: what lets an open case say at once that
 * somebody else edits it, or no longer does. It judges nothing; whether somebody may write is asked of the centre each time.
 */
export interface HeardLocks {
  /** `lock` null: given back. */
  heard(caseId: string, lock: CaseLock | null): void
  /** Something may have been missed, or nobody is signed in: nothing is known. */
  forget(): void
}

/** Cases worked on in a hall at one time are far fewer. */
const mostHeard = 200

export function createHeardLocks(publish: Publish): HeardLocks {
  let locks: CaseLocksView['locks'] = []
  const show = () => publish('locks.changed', { locks: [...locks] })
  return {
    heard(caseId, lock) {
      locks = [...locks.filter((each) => each.caseId !== caseId), { caseId, lock }].slice(-mostHeard)
      show()
    },
    forget() {
      locks = []
      show()
    },
  }
}
