import { err, ok, type Result } from '#shared/base/result'
import type { MediaGateway } from './gateway'

/**
 * Adapter for gateways that are told by the HTTP interface of ZLMediaKit (`/index/api/openRtpServer`, `closeRtpServer`, `getMediaList`), which several
 * city gateways offer. Arguments go in the body: an address with the secret in it ends in somebody's access log.
 */
export interface ZlmSettings {
  /** Of the interface, e.g. `http://10.20.0.9:80`. */
  readonly api: string
  readonly secret: string
  /** Where devices reach the gateway. */
  readonly rtpAddress: string
  readonly rtpTransport: 'udp' | 'tcp'
  /** Where seats play a stream; `{stream}` stands for its name. */
  readonly play: string
}

const withinMs = 3_000
/** Streams of RTP belong to this application there. */
const application = 'rtp'

interface ZlmAnswer {
  readonly code?: unknown
  readonly msg?: unknown
  readonly port?: unknown
  readonly data?: unknown
}

export function createZlmGateway(settings: ZlmSettings, fetch: typeof globalThis.fetch): MediaGateway {
  async function ask(name: string, fields: Readonly<Record<string, string>>): Promise<Result<ZlmAnswer, string>> {
    let answer: ZlmAnswer
    try {
      const response = await fetch(new URL(`/index/api/${name}`, settings.api), {
        method: 'POST',
        body: new URLSearchParams({ secret: settings.secret, ...fields }),
        signal: AbortSignal.timeout(withinMs),
        redirect: 'error',
      })
      if (!response.ok) return err(`流媒体网关回答 ${response.status}`)
      answer = (await response.json()) as ZlmAnswer
    } catch {
      return err('连不上流媒体网关')
    }
    if (answer?.code === 0) return ok(answer)
    if (answer?.code === -100) return err('流媒体网关不接受密钥')
    return err(`流媒体网关没有照办（${String(answer?.msg ?? answer?.code ?? '回答看不懂').slice(0, 60)}）`)
  }
  return {
    transport: settings.rtpTransport,
    async open({ streamId }) {
      const tcpMode = settings.rtpTransport === 'tcp' ? '1' : '0'
      const answer = await ask('openRtpServer', { port: '0', tcp_mode: tcpMode, stream_id: streamId })
      if (!answer.ok) return answer
      const port = Number(answer.value.port)
      const isPort = Number.isInteger(port) && port > 0 && port < 65_536
      return isPort ? ok({ address: settings.rtpAddress, port }) : err('流媒体网关没有给出端口')
    },
    async close(streamId) {
      await ask('closeRtpServer', { stream_id: streamId })
    },
    async viewers(streamId) {
      const answer = await ask('getMediaList', { app: application, stream: streamId })
      if (!answer.ok) return answer
      // One entry for each protocol; each names the readers of all of them.
      const entries = Array.isArray(answer.value.data) ? (answer.value.data as readonly { totalReaderCount?: unknown }[]) : []
      return ok(entries.length === 0 ? null : Math.max(...entries.map((one) => Number(one?.totalReaderCount) || 0)))
    },
    playAddress: (streamId) => settings.play.replaceAll('{stream}', encodeURIComponent(streamId)),
  }
}
