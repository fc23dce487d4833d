import { describe, expect, it } from 'vitest'
import { createLeadWords } from '#main/workflows/telephone/lead-words'
import { ok } from '#shared/base/result'

/** One seat over restarts: its settings live on. */
function seat() {
  const settings = new Map<string, unknown>()
  const notices: string[] = []
  let made = 0
  const start = () =>
    createLeadWords({
      ids: { uuid: () => `said-${++made}` },
      now: () => 1_000 + made,
      store: {
        settings: { get: (name: string) => settings.get(name), set: (name: string, value: unknown) => void settings.set(name, value) },
        transaction: <T>(work: () => T) => ok(work()),
      },
      notices: { raise: (_, { text }) => void notices.push(text), settle: () => void notices.push('settled') },
      onChanged: () => undefined,
    })
  return { start, notices }
}
const wordsOf = (desk: ReturnType<ReturnType<typeof seat>['start']>) => desk.unread().map(({ words }) => words)

describe('the words of a shift lead', () => {
  it('stay until each of them was read, over a restart, the oldest first', () => {
    const { start, notices } = seat()
    const before = start()
    before.follow('2001')
    before.hear('周敏', '先安抚', '2001')
    before.hear('周敏', '问清门牌', '2001')
    const desk = start()
    desk.follow('2001')
    expect(wordsOf(desk)).toEqual(['先安抚', '问清门牌'])
    expect(desk.acknowledge('said-1')).toBe(true)
    expect(desk.acknowledge('said-1'), 'read in another window').toBe(false)
    expect(wordsOf(desk)).toEqual(['问清门牌'])
    expect(notices).toEqual(['先安抚', '问清门牌'])
    desk.acknowledge('said-2')
    expect(notices.at(-1)).toBe('settled')
  })

  it('are for one person: who comes after does not see them, and neither does an empty seat', () => {
    const { start } = seat()
    const desk = start()
    desk.hear('周敏', '先安抚', '2001')
    desk.follow('2002')
    expect(wordsOf(desk)).toEqual([])
    desk.hear('周敏', '休息一下', '2002')
    desk.follow(null)
    expect(wordsOf(start())).toEqual([])
  })

  it('are at most six', () => {
    const desk = seat().start()
    for (let at = 0; at < 9; at += 1) desk.hear('周敏', `第${at}句`, '2001')
    expect(wordsOf(desk)).toEqual(['第3句', '第4句', '第5句', '第6句', '第7句', '第8句'])
  })
})
