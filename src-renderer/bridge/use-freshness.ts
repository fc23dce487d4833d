import type { EpochMs } from '#shared/base/clock'
import { useLink, useTopic } from './react'

/** Whether what came from the centre is live, and if not, how old it is and why. */
export interface Freshness {
  readonly isLive: boolean
  /** The last moment at which the content was true; null when the centre was never heard. */
  readonly asOf: EpochMs | null
  /** Why nothing live can be done now; null when it can. */
  readonly reason: string | null
}

/** `readAt` is the age that the topic itself gives, used when the centre was not heard since the program started. */
export function useFreshness(readAt: EpochMs | null = null): Freshness {
  const connection = useTopic('connection.changed')
  const link = useLink()
  const asOf = connection?.lastHeardAt ?? readAt
  if (link === 'closed') return { isLive: false, asOf, reason: '本窗口与本机程序断开，正在重连；内容都在本机。' }
  if (!connection) return { isLive: false, asOf, reason: '正在读取与中心的连接状态。' }
  if (connection.state === 'online') return { isLive: true, asOf, reason: null }
  if (connection.state === 'connecting') return { isLive: false, asOf, reason: '正在连接中心，连上后可用。' }
  return { isLive: false, asOf, reason: '中心离线，这项操作需要中心在线；恢复后可用。' }
}
