import type { Result } from '#shared/base/result'

/**
 * The media gateway: it takes a device's RTP/PS at a port that it opens for one stream, and gives the picture on over the protocols that seats play.
 * Errors are reasons in Chinese without a full stop.
 */
export interface MediaGateway {
  readonly transport: 'udp' | 'tcp'
  /** Where the device is to send. */
  open(ask: {
    readonly streamId: string
    readonly ssrc: string
  }): Promise<Result<{ readonly address: string; readonly port: number }, string>>
  /** Nothing more is expected of it; the stream may be gone already. */
  close(streamId: string): Promise<void>
  /** How many look at it now; null: nothing has come from the device, or no more does. */
  viewers(streamId: string): Promise<Result<number | null, string>>
  /** Where a seat plays it. */
  playAddress(streamId: string): string
}
