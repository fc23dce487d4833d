import { expect, it } from 'vitest'
import type { Notice } from '#shared/contracts/seat-api/views'
import { createNotices } from '../../../../../src-main/workflows/notices'
import { createQueueAlarmWatch } from '../../../../../src-main/workflows/telephone/queue-alarm'

const lead = { role: 'shiftLead' } as const
const queueOf = (states: readonly ('free' | 'busy' | 'paused' | 'away')[], since: readonly number[]) => ({
  ...{ waiting: since.map((at) => ({ since: at })), at: 0 },
  members: states.map((state, at) => ({ extension: `80${at}`, state })),
})

function watching() {
  const announced: Notice[] = []
  const held: { notices: readonly Notice[] } = { notices: [] }
  const clock = { at: 100_000 }
  let made = 0
  const notices = createNotices({
    ids: {
      uuid() {
        made += 1
        return `n${made}`
      },
    },
    now: () => clock.at,
    publish: (_topic, state) => void Object.assign(held, state),
    announce: (notice) => void announced.push(notice),
  })
  return {
    watch: createQueueAlarmWatch(notices, () => clock.at),
    announced,
    held,
    pass: (ms: number) => void Object.assign(clock, { at: clock.at + ms }),
  }
}

it('sounds once when somebody waits and nobody could answer, and is over when somebody can', () => {
  const { watch, announced, held } = watching()
  watch.follow(queueOf(['paused', 'away'], []), lead)
  watch.follow(queueOf(['free', 'paused'], [99_000]), lead)
  expect(announced).toEqual([])
  for (const waiting of [[99_000], [99_000, 99_500], [99_000]]) watch.follow(queueOf(['paused', 'away'], waiting), lead)
  expect(announced.map(({ level, title }) => [level, title])).toEqual([['warning', '有人在排队，没有坐席能接']])
  watch.follow(queueOf(['free', 'away'], [99_000]), lead)
  expect(held.notices).toEqual([])
  watch.follow(queueOf([], [99_900]), lead)
  expect(announced).toHaveLength(2)
})

it('tells of busy people only when the first has waited longer than a hotline may let wait', () => {
  const { watch, held, pass } = watching()
  const busy = queueOf(['busy', 'paused'], [90_000])
  watch.follow(busy, lead)
  expect(held.notices).toEqual([])
  pass(5_001)
  watch.follow(busy, lead)
  expect(held.notices).toMatchObject([{ level: 'info' }])
  watch.end()
  expect(held.notices).toEqual([])
})

it('is for the shift lead alone', () => {
  const { watch, announced } = watching()
  watch.follow(queueOf(['paused'], [1]), { role: 'intake' })
  watch.follow(queueOf(['paused'], [1]), undefined)
  expect(announced).toEqual([])
})
