import type { ReceiveTracker } from '../rtp/receive-tracker'
import { parseRtcp, type ReportBlock, roundTripOf, writeRtcp } from '../rtp/rtcp'

/** Reports of one call (RFC 3550 §6): what the far side says of our stream, and what we say of theirs. It opens no socket. */
export interface Reporting {
  take(bytes: Buffer, nowMs: number): void
  /** A compound packet of ours; `isBye` at the end. */
  report(nowMs: number, isBye?: boolean): Buffer
  peer(): { readonly lossRatio: number | null; readonly jitterMs: number | null; readonly roundTripMs: number | null }
}

export interface ReportingNeeds {
  readonly ssrc: number
  readonly tracker: ReceiveTracker
  /** RFC 7022 §4.2. */
  readonly name: string
  /** What was sent so far, and the timestamp of now. */
  sent(): { readonly packets: number; readonly octets: number; readonly timestamp: number }
}

const unitsPerMs = 8

export function createReporting({ ssrc, tracker, name, sent }: ReportingNeeds): Reporting {
  let peer: ReturnType<Reporting['peer']> = { lossRatio: null, jitterMs: null, roundTripMs: null }
  let lastReport: { readonly ntpMiddle: number; readonly atMs: number } | null = null
  const blockOf = (nowMs: number): ReportBlock | null => {
    const source = tracker.ssrc()
    if (source === null) return null
    const since = lastReport ? Math.round(((nowMs - lastReport.atMs) * 65_536) / 1_000) : 0
    return { ssrc: source, ...tracker.report(), lastReport: lastReport?.ntpMiddle ?? 0, delaySinceReport: since }
  }
  return {
    take: (bytes, nowMs) => {
      const report = parseRtcp(bytes)
      if (!report) return
      if (report.sender) lastReport = { ntpMiddle: report.sender.ntpMiddle, atMs: nowMs }
      const block = report.blocks.find((one) => one.ssrc === ssrc)
      if (!block) return
      const roundTripMs = roundTripOf(block, nowMs) ?? peer.roundTripMs
      peer = { lossRatio: block.lossRatio, jitterMs: block.jitter / unitsPerMs, roundTripMs }
    },
    report: (nowMs, isBye = false) => {
      const { packets, octets, timestamp } = sent()
      const sender = packets > 0 ? { atMs: nowMs, packets, octets, timestamp } : null
      return writeRtcp({ ssrc, sender, block: blockOf(nowMs), name, isBye })
    },
    peer: () => peer,
  }
}
