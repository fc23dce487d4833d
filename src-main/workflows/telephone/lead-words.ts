import type { EpochMs, Ids } from '#shared/base/clock'
import type { TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import type { Notices } from '../notices'
import type { Store } from '../ports'

/**
 * What a shift lead wrote to the person at this seat, until it was read: pinned over the work, kept over a restart, and gone with the person it was for.
 */
export interface LeadWords {
  unread(): TelephoneView['said']
  hear(byName: string, words: string, accountNo: string): void
  /** The person has read it. False: it is not there, e.g. read in another window. */
  acknowledge(saidId: string): boolean
  /** Somebody sits here; what was for another is dropped. Null: nobody does. */
  follow(accountNo: string | null): void
}

export interface LeadWordsParts {
  readonly ids: Ids
  readonly now: () => EpochMs
  readonly store: Pick<Store, 'settings' | 'transaction'>
  readonly notices: Pick<Notices, 'raise' | 'settle'>
  readonly onChanged: () => void
}

interface Kept {
  readonly accountNo: string
  readonly said: TelephoneView['said']
}

const settingsName = 'telephone.said'
const notice = 'agent/said'
/** More is not advice any more; the oldest goes. */
const mostKept = 6

export function createLeadWords({ ids, now, store, notices, onChanged }: LeadWordsParts): LeadWords {
  let kept = (store.settings.get(settingsName) as Kept | null | undefined) ?? null

  let present: string | null = null

  function become(next: Kept | null): void {
    kept = next
    // What could not be written is shown all the same: only a restart would lose it.
    store.transaction(() => store.settings.set(settingsName, next), 'processDeath')
    if (!next || next.said.length === 0) notices.settle(notice)
    onChanged()
  }
  return {
    unread: () => kept?.said ?? [],
    hear(byName, words, accountNo) {
      const before = kept?.accountNo === accountNo ? kept.said : []
      become({ accountNo, said: [...before, { saidId: ids.uuid(), byName, words, at: now() }].slice(-mostKept) })
      // For whoever looks at another program: the pinned line is in this one.
      notices.raise(notice, { level: 'warning', title: `值班长 ${byName}`, text: words, opens: null })
    },
    acknowledge(saidId) {
      const said = kept?.said.filter((one) => one.saidId !== saidId)
      if (!kept || !said || said.length === kept.said.length) return false
      become({ ...kept, said })
      return true
    },
    follow(accountNo) {
      // Before anybody is let in again after a restart nobody is here, and nobody has left.
      const hasLeft = accountNo === null ? present !== null : kept?.accountNo !== accountNo
      present = accountNo
      if (kept && hasLeft) become(null)
    },
  }
}
