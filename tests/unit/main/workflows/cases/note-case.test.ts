import { expect, it } from 'vitest'
import { type NoteBody, noteCase } from '#main/workflows/cases/note-case'
import type { Intent } from '#main/workflows/ports'
import { ok } from '#shared/base/result'
import { caseId, me, startMs } from './case-bench'

/** A note carries the moment at which it was written, by the clock that the seat keeps of the centre, whatever a window says. */
it('says when it was written', () => {
  const appended: Intent[] = []
  const seat = {
    store: {
      transaction: (work: () => unknown) => ok(work()),
      intents: { append: (intent: Intent) => void appended.push(intent) },
      drafts: { discard() {} },
    },
    cases: { row: () => undefined, detail: () => undefined },
    ids: { uuid: () => 'i1' },
    now: () => startMs,
    outbox: { wake() {} },
    log: { info() {} },
  } as unknown as Parameters<typeof noteCase>[0]
  const input = { outcome: 'noAnswer', madeAt: 1 } as const
  expect(noteCase(seat, me(), { caseId: caseId(1), caseNo: '202611210001', action: 'followUp', input }).ok).toBe(true)
  expect(appended.map(({ body }) => (body as NoteBody).input)).toEqual([{ outcome: 'noAnswer', madeAt: startMs }])
})
