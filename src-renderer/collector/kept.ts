import type { Position } from '../../src-shared/domain/geo/position'

/**
 * What a collector has filled in, kept on the phone with its photos (IndexedDB) until central has it: a page that is closed, a battery that dies, a
 * street without network lose nothing. It neither sends nor decides.
 */
export interface KeptPhoto {
  readonly attachmentId: string
  readonly blob: Blob
  readonly fileName: string
  readonly takenAt: number
  /** Central has all of it. */
  readonly isSent: boolean
}

export type Answer = 'true' | 'false' | 'notFound' | 'solved' | 'unsolved'

export interface NewCase {
  readonly kind: 'component' | 'event'
  readonly standard: string
  readonly subclassCode: string
  readonly subclassName: string
  readonly address: string
  readonly position: Position | null
  readonly gridCode: string | null
}

export interface Report {
  readonly reportId: string
  readonly accountNo: string
  readonly kind: 'verification' | 'check' | 'new'
  /** Of the task; a new case gets it here. */
  readonly caseId: string
  /** What it is about, for the list of what waits. */
  readonly title: string
  /** Of the case as it was seen. */
  readonly version: number
  /** The same for every try of the same words. */
  readonly key: string
  readonly answer: Answer | null
  readonly words: string
  readonly newCase: NewCase | null
  readonly photos: readonly KeptPhoto[]
  readonly position: Position | null
  readonly state: 'draft' | 'waiting' | 'refused'
  /** Why central did not take it. */
  readonly refusal: string | null
  readonly changedAt: number
}

export interface Kept {
  all(): Promise<Report[]>
  put(report: Report): Promise<void>
  remove(reportId: string): Promise<void>
}

const table = 'reports'

export async function openKept(factory: IDBFactory): Promise<Kept> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = factory.open('collector', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(table, { keyPath: 'reportId' })
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const run = <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(table, mode)
      const request = work(transaction.objectStore(table))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = () => reject(transaction.error)
      transaction.onerror = () => reject(transaction.error)
    })
  return {
    all: () => run('readonly', (store) => store.getAll() as IDBRequest<Report[]>),
    put: async (report) => void (await run('readwrite', (store) => store.put(report))),
    remove: async (reportId) => void (await run('readwrite', (store) => store.delete(reportId))),
  }
}
