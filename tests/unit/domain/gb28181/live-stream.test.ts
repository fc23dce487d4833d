import { expect, it } from 'vitest'
import { gatewayAwayMs, judgeLive, lookAwayMs, newWatch, seenLive, silenceMs } from '#shared/domain/gb28181/live-stream'

it('is kept while somebody looks, and given back some time after the last', () => {
  let watch = newWatch(0)
  for (let now = 5_000; now <= 100_000; now += 5_000) {
    watch = seenLive(watch, 2, now)
    expect(judgeLive(watch, now)).toBe('keep')
  }
  watch = seenLive(watch, 0, 100_000 + lookAwayMs - 1)
  expect(judgeLive(watch, 100_000 + lookAwayMs - 1)).toBe('keep')
  expect(judgeLive(seenLive(watch, 0, 100_000 + lookAwayMs), 100_000 + lookAwayMs)).toBe('nobodyLooks')
  expect(judgeLive(seenLive(watch, 1, 100_000 + lookAwayMs), 100_000 + lookAwayMs)).toBe('keep')
})

it('is given back when nothing comes from the device, though a viewer waits', () => {
  const watch = seenLive(newWatch(0), null, silenceMs - 1)
  expect(judgeLive(watch, silenceMs - 1)).toBe('keep')
  expect(judgeLive(seenLive(watch, null, silenceMs), silenceMs)).toBe('nothingComes')
})

it('is not given back because the gateway is silent for a moment, but when it is away', () => {
  const watch = seenLive(seenLive(newWatch(0), 1, 5_000), undefined, 40_000)
  expect(judgeLive(watch, 40_000)).toBe('keep')
  expect(judgeLive(watch, 5_000 + gatewayAwayMs)).toBe('gatewayAway')
  // Back again: who looked before is given the same time as ever to be seen.
  expect(judgeLive(seenLive(watch, 0, 20_000), 20_000)).toBe('keep')
})
