import type { LocalSrtp, NegotiatedMedia, SrtpKey } from '../../sip/media-session'
import { createSrtpReceiver, createSrtpSender, keySaltLength, type SrtpReceiver, type SrtpSender, srtpSuites } from '../rtp/srtp'

/**
 * The keys that one call offers, and the contexts that were agreed. Plain RTP passes only where plain RTP was agreed: keys that cannot be used
 * close the way. A renewed offer with the same keys changes nothing.
 */
export interface Secrecy {
  agree(media: NegotiatedMedia): void
  /** Null: it must not be sent. */
  protect(kind: 'rtp' | 'rtcp', bytes: Buffer, index: number): Buffer | null
  /** Null: not authentic, or plain where it must not be. */
  unprotect(kind: 'rtp' | 'rtcp', bytes: Buffer): Buffer | null
  /** Of the newest packet received; null: none, or plain. */
  receivedIndex(): number | null
  sentRtcpIndex(): number
}

export function offeredKeys(use: LocalSrtp['use'], randomBytes: (count: number) => Uint8Array): LocalSrtp {
  if (use === 'off') return { use, keys: [] }
  const keys = srtpSuites.map(
    (suite, at): SrtpKey => ({ tag: at + 1, suite, keySalt: Buffer.from(randomBytes(keySaltLength)).toString('base64') }),
  )
  return { use, keys }
}

export function createSecrecy(resumed: { readonly receivedIndex: number | null; readonly sentRtcpIndex: number } | null): Secrecy {
  let agreed: { readonly keys: string; readonly sender: SrtpSender; readonly receiver: SrtpReceiver } | null = null
  let isPlain = true
  let isFirst = true
  return {
    agree: ({ srtp }) => {
      isPlain = srtp === null
      if (!srtp) {
        agreed = null
        return
      }
      const { local, remote } = srtp
      const keys = [local.suite, local.keySalt, remote.suite, remote.keySalt].join()
      if (agreed?.keys === keys) return
      // Only the keys of the process before this one go on at its indexes.
      const before = isFirst ? resumed : null
      isFirst = false
      const sender = createSrtpSender(local.suite, local.keySalt, before?.sentRtcpIndex ?? 0)
      const receiver = createSrtpReceiver(remote.suite, remote.keySalt, before?.receivedIndex ?? null)
      agreed = sender && receiver ? { keys, sender, receiver } : null
    },
    protect: (kind, bytes, index) => {
      if (!agreed) return isPlain ? bytes : null
      return kind === 'rtp' ? agreed.sender.protectRtp(bytes, index) : agreed.sender.protectRtcp(bytes)
    },
    unprotect: (kind, bytes) => {
      if (!agreed) return isPlain ? bytes : null
      return kind === 'rtp' ? agreed.receiver.unprotectRtp(bytes) : agreed.receiver.unprotectRtcp(bytes)
    },
    receivedIndex: () => agreed?.receiver.newestIndex() ?? null,
    sentRtcpIndex: () => agreed?.sender.rtcpIndex() ?? 0,
  }
}
