import type { AppError } from '../../src-shared/base/app-error'
import type { Central } from './central'
import type { Kept, Report } from './kept'
import { newId } from './new-id'
import { sendReport } from './send'

/**
 * The reports of this phone, as the page shows them: drafts that are being filled in, those that wait for the network, those that central refused.
 * One is sent at a time, in the order in which they were handed in. A refusal that trying again cannot mend waits for its author.
 */
export interface ReportsView {
  readonly reports: readonly Report[]
  readonly sendingId: string | null
  /** Of the one that is being sent, 0 to 1. */
  readonly share: number
  /** Title of what central took last. */
  readonly lastSent: string | null
  /** How many it took since the page was opened. */
  readonly sentCount: number
}

export interface Reports {
  view(): ReportsView
  subscribe(listener: () => void): () => void
  /** Keeps what was typed; rejects when the phone has no room. */
  save(report: Report): Promise<void>
  /** Keeps it and sends it as soon as possible. */
  handIn(report: Report): Promise<void>
  discard(reportId: string): Promise<void>
  /** Tries what waits. */
  flush(): Promise<void>
}

export async function createReports(kept: Kept, central: Central): Promise<Reports> {
  const listeners = new Set<() => void>()
  let view: ReportsView = { reports: await kept.all(), sendingId: null, share: 0, lastSent: null, sentCount: 0 }
  let isFlushing = false
  const show = (change: Partial<ReportsView>) => {
    view = { ...view, ...change }
    for (const listener of listeners) listener()
  }
  const put = async (report: Report) => {
    await kept.put(report)
    show({ reports: [...view.reports.filter(({ reportId }) => reportId !== report.reportId), report] })
  }
  const discard = async (reportId: string) => {
    await kept.remove(reportId)
    show({ reports: view.reports.filter((report) => report.reportId !== reportId) })
  }
  const current = (report: Report) => view.reports.find(({ reportId }) => reportId === report.reportId) ?? report

  /** False when there is no point in trying the next one now. */
  async function send(report: Report): Promise<boolean> {
    show({ sendingId: report.reportId, share: 0 })
    const sent = await sendReport(central, report, ({ share, sent: photo }) => {
      show({ share })
      if (!photo) return
      const now = current(report)
      const photos = now.photos.map((one) => (one.attachmentId === photo.attachmentId ? photo : one))
      void put({ ...now, photos })
    })
    if (sent.ok) {
      await discard(report.reportId)
      show({ lastSent: report.title, sentCount: view.sentCount + 1 })
      return true
    }
    if (canWait(sent.error)) return false
    // Another key: what was refused was not done, and the next try may say something else.
    await put({ ...current(report), state: 'refused', refusal: sent.error.message, key: newId() })
    return true
  }

  async function flush(): Promise<void> {
    if (isFlushing) return
    isFlushing = true
    try {
      const accountNo = central.signedIn()?.me.accountNo
      const waiting = () => view.reports.find((report) => report.state === 'waiting' && report.accountNo === accountNo)
      for (let next = waiting(); next; next = waiting()) if (!(await send(next))) break
    } finally {
      isFlushing = false
      show({ sendingId: null })
    }
  }

  return {
    view: () => view,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    save: put,
    async handIn(report) {
      await put({ ...report, state: 'waiting', refusal: null })
      await flush()
    },
    discard,
    flush,
  }
}

const canWait = ({ code, retryable }: AppError): boolean => retryable || code === 'auth/tokenExpired' || code === 'auth/signInRequired'
