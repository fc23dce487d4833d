import type { LocalMedia, MediaPort, NegotiatedMedia, ResumedMedia } from '#main/telephony/sip/media-session'
import { ok } from '#shared/base/result'

/** Speech that is only described: keeps what each call agreed on, and whether it was closed. */
export interface FakeMedia extends MediaPort {
  readonly sessions: Map<string, FakeMediaSession>
  /** Set before a call to change what the end can do. */
  local: LocalMedia
}

export interface FakeMediaSession {
  local: LocalMedia
  readonly applied: NegotiatedMedia[]
  closed: number
  readonly resumed: ResumedMedia | undefined
}

export function createFakeMedia(address: string, port: number): FakeMedia {
  const sessions = new Map<string, FakeMediaSession>()
  const media: FakeMedia = {
    sessions,
    local: {
      address,
      port,
      codecs: [
        { name: 'PCMA', clockRate: 8_000, payloadType: 8 },
        { name: 'PCMU', clockRate: 8_000, payloadType: 0 },
      ],
      telephoneEvent: 101,
      packetMs: 20,
      srtp: { use: 'off', keys: [] },
    },
    open: async (callId, resumed) => {
      const session: FakeMediaSession = { local: resumed?.local ?? media.local, applied: [], closed: 0, resumed }
      sessions.set(callId, session)
      return ok({
        local: () => session.local,
        apply: (negotiated) => void session.applied.push(negotiated),
        close: () => {
          session.closed += 1
        },
      })
    },
  }
  return media
}
