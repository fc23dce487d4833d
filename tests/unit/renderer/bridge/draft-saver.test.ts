import { beforeEach, describe, expect, it } from 'vitest'
import { err, ok, type Result } from '#shared/base/result'
import { createDraftSaver, type DraftSaver } from '../../../../src-renderer/bridge/draft-saver'

/** A clock moved by hand, with timers that fire in order. */
function handClock() {
  let now = 0
  let timers: { at: number; action: () => void }[] = []
  return {
    now: () => now,
    after(delayMs: number, action: () => void) {
      const timer = { at: now + delayMs, action }
      timers.push(timer)
      return () => {
        timers = timers.filter((each) => each !== timer)
      }
    },
    async advance(ms: number) {
      const until = now + ms
      for (;;) {
        const next = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        now = next.at
        timers = timers.filter((timer) => timer !== next)
        next.action()
        await Promise.resolve()
        await Promise.resolve()
      }
      now = until
    },
  }
}

describe('saving what is being typed', () => {
  let clock: ReturnType<typeof handClock>
  let saved: { at: number; body: string }[]
  let reported: string[]
  let answer: (result: Result<{ savedAt: number }, string>) => void
  let isHeld: boolean
  let failsNext: boolean
  let saver: DraftSaver

  beforeEach(() => {
    clock = handClock()
    saved = []
    reported = []
    isHeld = false
    failsNext = false
    saver = createDraftSaver<string>({
      clock,
      debounceMs: 300,
      maxWaitMs: 800,
      save(body) {
        saved.push({ at: clock.now(), body })
        if (isHeld) {
          return new Promise((resolve) => {
            answer = resolve
          })
        }
        const result = failsNext ? err('store/full') : ok({ savedAt: clock.now() })
        failsNext = false
        return Promise.resolve(result)
      },
      onSaved: (at) => reported.push(`saved ${at}`),
      onFailed: (error) => reported.push(error),
    })
  })

  it('waits for a pause of 300 ms', async () => {
    saver.changed('甲')
    await clock.advance(299)
    expect(saved).toEqual([])
    await clock.advance(1)
    expect(saved).toEqual([{ at: 300, body: '甲' }])
  })

  it('saves 800 ms after the first key even when nobody pauses, so a crash costs less than a second', async () => {
    for (let key = 0; key < 20; key += 1) {
      saver.changed(`${key}`)
      await clock.advance(100)
    }
    expect(saved.map(({ at }) => at)).toEqual([800, 1600])
  })

  it('saves at once on blur and when the page goes away', () => {
    saver.changed('甲')
    saver.flush()
    expect(saved).toEqual([{ at: 0, body: '甲' }])
  })

  it('never overlaps saves, and then saves only the newest text', async () => {
    isHeld = true
    saver.changed('甲')
    await clock.advance(300)
    saver.changed('甲乙')
    saver.changed('甲乙丙')
    await clock.advance(1000)
    expect(saved.map(({ body }) => body)).toEqual(['甲'])
    isHeld = false
    answer(ok({ savedAt: 300 }))
    await Promise.resolve()
    await Promise.resolve()
    await clock.advance(300)
    expect(saved.map(({ body }) => body)).toEqual(['甲', '甲乙丙'])
  })

  it('keeps the text for the next try when the disk is full, and says so', async () => {
    failsNext = true
    saver.changed('甲')
    await clock.advance(300)
    expect(reported).toEqual(['store/full'])
    saver.flush()
    await Promise.resolve()
    expect([saved.map(({ body }) => body), reported]).toEqual([
      ['甲', '甲'],
      ['store/full', 'saved 300'],
    ])
  })

  it('saves nothing while the text is being submitted, and nothing afterwards: the record has it', async () => {
    saver.changed('甲')
    saver.pause()
    saver.changed('甲')
    await clock.advance(2000)
    saver.forget()
    await clock.advance(2000)
    expect(saved).toEqual([{ at: 0, body: '甲' }])
  })

  it('goes on saving when the submission failed', async () => {
    saver.pause()
    saver.changed('甲')
    await clock.advance(2000)
    saver.resume()
    await clock.advance(300)
    expect(saved.map(({ body }) => body)).toEqual(['甲'])
  })
})
