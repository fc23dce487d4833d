import { beforeEach, describe, expect, it } from 'vitest'
import type { SeatContext } from '#main/workflows/context'
import { getDraft, listDrafts, saveDraft } from '#main/workflows/drafts'
import { type IntentKinds, intentKinds } from '#main/workflows/intent-kinds'
import type { Store } from '#main/workflows/ports'
import { ok } from '#shared/base/result'

const body = { entryId: 'e1', kind: 'visitor' as const, text: '  第一行\n第二行  ', shiftId: null, writtenAt: 5 }

describe('the duty log entry in the queue', () => {
  let kinds: IntentKinds
  let drafts: Map<string, { body: string; savedAt: number }>
  let seat: Pick<SeatContext, 'store' | 'now'>
  let done: string[]
  beforeEach(() => {
    drafts = new Map()
    done = []
    const store = {
      transaction: (work: () => unknown) => ok(work()),
      drafts: {
        get: (key: string) => drafts.get(key),
        list: (prefix: string) => [...drafts].filter(([key]) => key.startsWith(prefix)).map(([key, draft]) => ({ key, ...draft })),
        save: (key: string, text: string, savedAt: number) => void drafts.set(key, { body: text, savedAt }),
        discard: (key: string) => void drafts.delete(key),
      },
      dutyLog: {
        remove: (entryId: string) => void done.push(`remove ${entryId}`),
        setText: (entryId: string, text: string) => void done.push(`text ${entryId} ${text}`),
        setSync: (entryId: string, sync: string, reason: string | null) => void done.push(`sync ${entryId} ${sync} ${reason}`),
      },
    } as unknown as Store
    seat = { store, now: () => 7 }
    kinds = intentKinds(store, () => 7)
  })

  it('is listed by its first words on one line', () => {
    expect(kinds['dutyLog.append'].summary({ ...body, text: `甲\n乙${'丙'.repeat(60)}` })).toBe(`甲 乙${'丙'.repeat(37)}…`)
  })

  it('is corrected by the rules it was written by', () => {
    expect(kinds['dutyLog.append'].edit(body, ' 改好了 ')).toEqual({ ok: true, value: { ...body, text: '改好了' } })
    expect(done).toEqual(['text e1 改好了'])
    expect(kinds['dutyLog.append'].edit(body, '   ')).toMatchObject({ ok: false, error: { code: 'dutyLog/empty' } })
  })

  it('withdrawn, its words lie beside what its author is typing until a box has taken them in', () => {
    const draft = () => getDraft(seat, '0201', { key: 'dutyLog/new' })
    saveDraft(seat, '0201', { key: 'dutyLog/new', body: '正在写' })
    kinds['dutyLog.append'].withdrawn(body, '0201')
    expect(done).toEqual(['remove e1'])
    saveDraft(seat, '0201', { key: 'dutyLog/new', body: '正在写别的' })
    const returned = JSON.stringify({ kind: 'visitor', text: body.text })
    expect(draft(), 'a box that knows nothing of it writes over nothing').toEqual({
      body: '正在写别的',
      savedAt: 7,
      returned: { body: returned, returnedAt: 7 },
    })
    kinds['dutyLog.append'].withdrawn({ ...body, text: '第二条' }, '0201')
    expect(draft().returned).toEqual({ body: JSON.stringify({ kind: 'visitor', text: `${body.text}\n第二条` }), returnedAt: 8 })
    saveDraft(seat, '0201', { key: 'dutyLog/new', body: '合起来', returnedAt: 7 })
    expect(draft().returned, 'only what was seen is taken').not.toBeNull()
    saveDraft(seat, '0201', { key: 'dutyLog/new', body: '都合起来', returnedAt: 8 })
    expect(draft()).toEqual({ body: '都合起来', savedAt: 7, returned: null })
    expect(getDraft(seat, '0101', { key: 'dutyLog/new' })).toEqual({ body: null, savedAt: null, returned: null })
  })

  it('are listed by their beginning, each once with what came back to it, and only to whom they belong', () => {
    saveDraft(seat, '0201', { key: 'cases/register/1', body: '一' })
    saveDraft(seat, '0201', { key: 'cases/other', body: '别的' })
    saveDraft(seat, '0202', { key: 'cases/register/2', body: '别人的' })
    drafts.set('0201/cases/register/1#returned', { body: '撤回的一', savedAt: 9 })
    drafts.set('0201/cases/register/3#returned', { body: '撤回的三', savedAt: 8 })
    expect(listDrafts(seat, '0201', { prefix: 'cases/register' }).items).toEqual([
      { key: 'cases/register/1', body: '一', savedAt: 7, returned: { body: '撤回的一', returnedAt: 9 } },
      { key: 'cases/register/3', body: null, savedAt: 8, returned: { body: '撤回的三', returnedAt: 8 } },
    ])
  })
})
