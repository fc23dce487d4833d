import { beforeEach, describe, expect, it } from 'vitest'
import { type IntentKinds, intentKinds } from '#main/workflows/intent-kinds'
import type { Store } from '#main/workflows/ports'

const body = { entryId: 'e1', kind: 'visitor' as const, text: '  第一行\n第二行  ', shiftId: null, writtenAt: 5 }

describe('the duty log entry in the queue', () => {
  let kinds: IntentKinds
  let drafts: Map<string, string>
  let done: string[]
  beforeEach(() => {
    drafts = new Map()
    done = []
    const store = {
      drafts: {
        get: (key: string) => (drafts.has(key) ? { body: drafts.get(key) ?? '', savedAt: 1 } : undefined),
        save: (key: string, text: string) => void drafts.set(key, text),
        discard: () => {},
      },
      dutyLog: {
        remove: (entryId: string) => void done.push(`remove ${entryId}`),
        setText: (entryId: string, text: string) => void done.push(`text ${entryId} ${text}`),
        setSync: (entryId: string, sync: string, reason: string | null) => void done.push(`sync ${entryId} ${sync} ${reason}`),
      },
    } as unknown as Pick<Store, 'dutyLog' | 'drafts'>
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

  it.each([
    [undefined, '  第一行\n第二行  '],
    [JSON.stringify({ kind: 'event', text: '' }), '  第一行\n第二行  '],
    [JSON.stringify({ kind: 'event', text: '正在写' }), '正在写\n  第一行\n第二行  '],
    ['光是字', '光是字\n  第一行\n第二行  '],
    ['123', '123\n  第一行\n第二行  '],
    ['null', 'null\n  第一行\n第二行  '],
  ])('withdrawn, its words join what its author is typing: %s', (present, text) => {
    if (present !== undefined) drafts.set('0201/dutyLog/new', present)
    kinds['dutyLog.append'].withdrawn(body, '0201')
    expect(JSON.parse(drafts.get('0201/dutyLog/new') ?? '')).toEqual({ kind: 'visitor', text })
    expect(done).toEqual(['remove e1'])
  })
})
