/**
 * RTCP (RFC 3550 §6) as far as two ends of a telephone call need it: sender and receiver reports with one block, the canonical name, and BYE.
 * Other packets are skipped. Parsing never throws.
 */
export interface ReportBlock {
  readonly ssrc: number
  /** Since the last report, 0–1. */
  readonly lossRatio: number
  readonly lost: number
  /** Extended highest sequence number received. */
  readonly highest: number
  /** In timestamp units. */
  readonly jitter: number
  /** Middle 32 bits of the NTP time of the last SR, and the delay since in 1/65536 s; both 0: none yet. */
  readonly lastReport: number
  readonly delaySinceReport: number
}

export interface SenderInfo {
  /** Middle 32 bits of the NTP time. */
  readonly ntpMiddle: number
  readonly packets: number
}

export interface RtcpReport {
  readonly ssrc: number
  /** Null: a receiver report. */
  readonly sender: SenderInfo | null
  readonly blocks: readonly ReportBlock[]
  readonly isBye: boolean
}

const [senderReport, receiverReport, description, bye] = [200, 201, 202, 203]
const mostPackets = 16

/** Null: no report in it, or not RTCP at all. */
export function parseRtcp(bytes: Buffer): RtcpReport | null {
  let report: RtcpReport | null = null
  let isBye = false
  let at = 0
  for (let count = 0; count < mostPackets && at + 8 <= bytes.length; count += 1) {
    if ((bytes[at] as number) >> 6 !== 2) return null
    const end = at + 4 * (bytes.readUInt16BE(at + 2) + 1)
    if (end > bytes.length) return null
    const type = bytes[at + 1]
    if (type === senderReport || type === receiverReport) report ??= readReport(bytes.subarray(at, end), type === senderReport)
    if (type === bye) isBye = true
    at = end
  }
  return report && { ...report, isBye }
}

function readReport(bytes: Buffer, isSender: boolean): RtcpReport | null {
  const start = isSender ? 28 : 8
  const count = (bytes[0] as number) & 31
  if (bytes.length < start + 24 * count) return null
  return {
    ssrc: bytes.readUInt32BE(4),
    sender: isSender ? { ntpMiddle: bytes.readUInt32BE(10), packets: bytes.readUInt32BE(20) } : null,
    blocks: Array.from({ length: count }, (_, index) => readBlock(bytes, start + 24 * index)),
    isBye: false,
  }
}

function readBlock(bytes: Buffer, at: number): ReportBlock {
  return {
    ssrc: bytes.readUInt32BE(at),
    lossRatio: (bytes[at + 4] as number) / 256,
    lost: bytes.readIntBE(at + 5, 3),
    highest: bytes.readUInt32BE(at + 8),
    jitter: bytes.readUInt32BE(at + 12),
    lastReport: bytes.readUInt32BE(at + 16),
    delaySinceReport: bytes.readUInt32BE(at + 20),
  }
}

export interface OwnReport {
  readonly ssrc: number
  /** Null while this end sends nothing: a receiver report then. */
  readonly sender: { readonly atMs: number; readonly timestamp: number; readonly packets: number; readonly octets: number } | null
  readonly block: ReportBlock | null
  /** Names no person and no machine (RFC 7022 §4.2). */
  readonly name: string
  readonly isBye?: boolean
}

/** A compound packet: report, canonical name, and BYE when it ends (§6.1). */
export function writeRtcp({ ssrc, sender, block, name, isBye = false }: OwnReport): Buffer {
  const report = Buffer.alloc((sender ? 28 : 8) + (block ? 24 : 0))
  head(report, block ? 1 : 0, sender ? senderReport : receiverReport, ssrc)
  if (sender) {
    const { seconds, fraction } = ntpOf(sender.atMs)
    report.writeUInt32BE(seconds, 8)
    report.writeUInt32BE(fraction, 12)
    report.writeUInt32BE(sender.timestamp >>> 0, 16)
    report.writeUInt32BE(sender.packets >>> 0, 20)
    report.writeUInt32BE(sender.octets >>> 0, 24)
  }
  if (block) writeBlock(report, sender ? 28 : 8, block)
  const text = Buffer.from(name, 'latin1')
  const sdes = Buffer.alloc(8 + 4 * Math.ceil((text.length + 3) / 4))
  head(sdes, 1, description, ssrc)
  sdes[8] = 1
  sdes[9] = text.length
  text.copy(sdes, 10)
  const parts = [report, sdes]
  if (isBye) {
    const end = Buffer.alloc(8)
    head(end, 1, bye, ssrc)
    parts.push(end)
  }
  return Buffer.concat(parts)
}

function head(bytes: Buffer, count: number, type: number, ssrc: number): void {
  bytes[0] = 0x80 | count
  bytes[1] = type
  bytes.writeUInt16BE(bytes.length / 4 - 1, 2)
  bytes.writeUInt32BE(ssrc >>> 0, 4)
}

function writeBlock(bytes: Buffer, at: number, block: ReportBlock): void {
  bytes.writeUInt32BE(block.ssrc >>> 0, at)
  bytes[at + 4] = Math.max(0, Math.min(255, Math.floor(block.lossRatio * 256)))
  bytes.writeIntBE(Math.max(-0x800000, Math.min(0x7fffff, block.lost)), at + 5, 3)
  bytes.writeUInt32BE(block.highest >>> 0, at + 8)
  bytes.writeUInt32BE(Math.round(block.jitter) >>> 0, at + 12)
  bytes.writeUInt32BE(block.lastReport >>> 0, at + 16)
  bytes.writeUInt32BE(block.delaySinceReport >>> 0, at + 20)
}

/** Seconds between 1900 and 1970 (RFC 5905). */
const ntpEpochS = 2_208_988_800

function ntpOf(ms: number): { seconds: number; fraction: number } {
  const whole = Math.floor(ms / 1_000)
  return { seconds: (whole + ntpEpochS) >>> 0, fraction: Math.floor(((ms - whole * 1_000) / 1_000) * 2 ** 32) >>> 0 }
}

/** Middle 32 bits of an NTP time: seconds modulo 65536, and 1/65536 s. */
export function ntpMiddleOf(ms: number): number {
  const { seconds, fraction } = ntpOf(ms)
  return (((seconds & 0xffff) << 16) | (fraction >>> 16)) >>> 0
}

/** §6.4.1: from a block about our stream that came at `nowMs`; null: the peer has seen no report of ours, or the numbers cannot be. */
export function roundTripOf(block: ReportBlock, nowMs: number): number | null {
  if (block.lastReport === 0) return null
  const units = (ntpMiddleOf(nowMs) - block.lastReport - block.delaySinceReport) >>> 0
  // A clock that was set meanwhile, or a peer that rounds, gives "negative" times: circle's upper half.
  if (units >= 0x80000000) return units > 0xffff_ff00 ? 0 : null
  const ms = (units * 1_000) / 65_536
  return ms < 30_000 ? ms : null
}
