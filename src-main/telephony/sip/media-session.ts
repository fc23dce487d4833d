import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'

/**
 * What signalling needs from speech. The user agent describes media only by values that SDP can carry (RFC 4566, 3264, 4568) and never touches a
 * packet: whoever fits these ports opens the RTP socket, says where it listens, and is told what both sides agreed on.
 */
export interface MediaPort {
  /**
   * Opens the local end of a call's speech. `resumed` is what the negotiation had reached before the program died; the same address and port must
   * then be bound again, because the peer goes on sending there.
   */
  open(callId: string, resumed?: ResumedMedia): Promise<Result<MediaSession, AppError>>
}

export interface MediaSession {
  /** Where this end listens and what it can do, in order of preference. Read again before each offer or answer. */
  local(): LocalMedia
  /** Called after each finished offer/answer exchange, and for the early media of a forked call. `direction` is as seen from here. */
  apply(media: NegotiatedMedia): void
  /** Ends it; called exactly once, whatever happened to the call. */
  close(): void
}

/** RFC 3264 §5.1, as seen from the end that says it. */
export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

export interface AudioCodec {
  /** As registered for RTP, upper case: `PCMA`, `PCMU`. */
  readonly name: string
  readonly clockRate: number
  /** 0–127. Static numbers (RFC 3551 §6) keep their meaning. */
  readonly payloadType: number
  readonly parameters?: string
}

export interface LocalMedia {
  readonly address: string
  readonly port: number
  readonly codecs: readonly AudioCodec[]
  /** Payload type that this end offers for digits (RFC 4733), or null. */
  readonly telephoneEvent: number | null
  readonly packetMs: number
  readonly srtp: LocalSrtp
}

export interface LocalSrtp {
  /** `optional` offers both and takes either; `required` refuses plain RTP (RFC 4568). */
  readonly use: 'off' | 'optional' | 'required'
  /** Own keys, best first. */
  readonly keys: readonly SrtpKey[]
}

export interface SrtpKey {
  readonly tag: number
  /** RFC 4568 §6.2: `AES_CM_128_HMAC_SHA1_80`, `AES_CM_128_HMAC_SHA1_32`. */
  readonly suite: string
  /** Master key and salt, base64; 30 octets for the suites above. */
  readonly keySalt: string
}

export interface NegotiatedMedia {
  /** Where to send; null while the peer gave none (port 0, or address 0.0.0.0 of RFC 2543 hold). */
  readonly remote: { readonly address: string; readonly port: number; readonly rtcpPort: number } | null
  /** What to send. The peer may use the number that we offered for what it sends: `receivePayloadType`. */
  readonly codec: AudioCodec
  readonly receivePayloadType: number
  /** Payload type of digits to send, null when the peer cannot take them (RFC 4733 §2.4.1): then in band or by INFO. */
  readonly telephoneEvent: number | null
  readonly receiveTelephoneEvent: number | null
  readonly direction: MediaDirection
  readonly packetMs: number
  readonly srtp: { readonly local: SrtpKey; readonly remote: SrtpKey } | null
}

export interface ResumedMedia {
  readonly local: LocalMedia
  readonly negotiated: NegotiatedMedia | null
}
