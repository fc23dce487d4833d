import type { Clock } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { silenceOf } from '../audio/g711'
import { frameSamples } from '../audio/tones'
import type { PageLink } from '../media'
import { sequenceDistance } from '../rtp/rtp-packet'
import { answerPage, type PageConnection } from './page-connection'
import { createPageStream } from './page-stream'

/**
 * The page at the other end of the headset, over as many connections as it takes: the newest offer that is answered takes the place of the one before, and calls
 * do not notice. A page sends speech all the time, silence too; when nothing comes for two seconds it is lost, and so said.
 */
export interface PageEnd {
  connect(offerSdp: string): Promise<string | null>
  disconnect(): void
  view(): PageLink
  send(source: string, aLaw: Uint8Array, timestamp: number, missed: number, isNewStream: boolean): void
  counts(): { readonly toPage: number; readonly fromPage: number }
  stop(): void
}

export interface PageEndEvents {
  onChanged(page: PageLink): void
  /** Twenty milliseconds of A-law from the microphone. */
  onFrame(aLaw: Uint8Array): void
}

const lostAfterMs = 2_000
const watchEveryMs = 500
/** A page that goes on after a while is not made up for. */
const mostConcealedFrames = 5

export function createPageEnd(
  { clock, log, random }: { readonly clock: Clock; readonly log: Log; readonly random: () => number },
  events: PageEndEvents,
): PageEnd {
  let current: PageConnection | null = null
  let state: PageLink['state'] = 'none'
  let since = clock.now()
  let heardMs: number | null = null
  let offers = 0
  let adopted = 0
  const counts = { toPage: 0, fromPage: 0 }
  const stream = createPageStream(
    { sequence: Math.floor(random() * 30_000), timestamp: Math.floor(random() * 2 ** 31) },
    clock.monotonicMs(),
  )
  let cut = createCutter(events.onFrame)

  const enter = (next: PageLink['state']): void => {
    if (next === state) return
    state = next
    since = clock.now()
    log.info('page sound', { state })
    events.onChanged({ state, since })
  }
  const letGo = (): void => {
    current?.close()
    current = null
    heardMs = null
  }
  const stopWatch = clock.every(watchEveryMs, () => {
    if (state === 'connected' && heardMs !== null && clock.monotonicMs() - heardMs > lostAfterMs) enter('lost')
  })
  return {
    connect: async (offerSdp) => {
      offers += 1
      const number = offers
      // A bad offer takes nothing away from the connection that there is.
      const made = await answerPage(offerSdp, {
        onEnded: () => {
          if (number !== adopted) return
          letGo()
          enter('lost')
        },
        onSpeech: (aLaw, sequence) => {
          if (number !== adopted) return
          heardMs = clock.monotonicMs()
          counts.fromPage += 1
          if (state !== 'connected') enter('connected')
          cut(aLaw, sequence)
        },
      })
      if (!made) return null
      // A newer offer was answered while this one waited.
      if (number < adopted) {
        made.close()
        return made.answerSdp
      }
      letGo()
      adopted = number
      current = made
      cut = createCutter(events.onFrame)
      enter('connecting')
      return made.answerSdp
    },
    disconnect: () => {
      offers += 1
      adopted = offers
      letGo()
      enter('none')
    },
    view: () => ({ state, since }),
    send: (source, aLaw, timestamp, missed, isNewStream) => {
      if (!current) return
      const { sequence, timestamp: at, marker } = stream.place(source, timestamp, missed, isNewStream, clock.monotonicMs())
      counts.toPage += 1
      current.send(sequence, at, marker, aLaw)
    },
    counts: () => counts,
    stop: () => {
      stopWatch()
      offers += 1
      adopted = offers
      letGo()
    },
  }
}

/** Frames of 20 ms out of packets of any length; what was lost on the way becomes silence of its length. */
function createCutter(onFrame: (aLaw: Uint8Array) => void): (aLaw: Uint8Array, sequence: number) => void {
  let rest = Buffer.alloc(0)
  let newest: number | null = null
  return (aLaw, sequence) => {
    const step = newest === null ? 1 : sequenceDistance(sequence, newest)
    // Loopback does not reorder; what comes twice or late is dropped.
    if (step <= 0) return
    newest = sequence
    for (let lost = 1; lost < step && lost <= mostConcealedFrames; lost += 1) onFrame(new Uint8Array(frameSamples).fill(silenceOf.PCMA))
    if (rest.length === 0 && aLaw.length === frameSamples) return onFrame(aLaw)
    rest = Buffer.concat([rest, aLaw])
    while (rest.length >= frameSamples) {
      onFrame(rest.subarray(0, frameSamples))
      rest = rest.subarray(frameSamples)
    }
  }
}
