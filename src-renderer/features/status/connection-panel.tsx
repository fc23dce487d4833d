import { App } from 'antd'
import { useBridge, useLink, useTopic } from '../../bridge/react'
import { useNow } from '../../bridge/use-now'
import { ActionButton } from '../../ui/action-button'
import { Lamp, type LampTone } from '../../ui/lamp'
import { Fact, SectionTitle } from '../../ui/pane-header'
import { LoadingState } from '../../ui/states'
import { formatAge, formatDateTime, formatLength, formatOffset } from '../../ui/time-format'
import './status.css'

const marks: Record<'connecting' | 'online' | 'offline', readonly [LampTone, string]> = {
  connecting: ['amber', '正在连接中心'],
  online: ['green', '中心已连接'],
  offline: ['red', '中心离线'],
}

/** How this seat stands with the centre, since when and why, and what can still be done without it. */
export function ConnectionPanel() {
  const connection = useTopic('connection.changed')
  const link = useLink()
  const now = useNow(1000)
  const { call } = useBridge()
  const { message } = App.useApp()
  if (!connection) return <LoadingState what="连接状态" />
  const [tone, words] = marks[connection.state]

  async function retry(): Promise<void> {
    const answer = await call('connection.retry', {})
    if (answer.ok) void message.info('正在重试连接中心。')
    else void message.error(answer.error.message)
  }

  return (
    <section className="ui-pane status-panel" aria-label="与中心的连接">
      <SectionTitle title="与中心的连接">
        <ActionButton size="small" onClick={() => void retry()} reason={connection.state === 'online' ? '已连接，不需要重试。' : null}>
          立即重试
        </ActionButton>
      </SectionTitle>
      {link === 'closed' && (
        <p className="status-line">
          <Lamp tone="red" label="" /> 本窗口与本机程序断开，正在重连；下面是断开前的状态。
        </p>
      )}
      <dl className="ui-facts">
        <Fact name="状态">
          <span className="ui-sync">
            <Lamp tone={tone} label="" />
            {words}，已 {formatLength(now - connection.since)}
          </span>
        </Fact>
        <Fact name="起于">{formatDateTime(connection.since)}</Fact>
        {connection.reason !== null && <Fact name="原因">{connection.reason}</Fact>}
        <Fact name="最近听到中心">
          {connection.lastHeardAt === null
            ? '本次启动后还没有'
            : `${formatDateTime(connection.lastHeardAt)}（${formatAge(now - connection.lastHeardAt)}）`}
        </Fact>
        <Fact name="往返">{connection.roundTripMs === null ? '—' : `${connection.roundTripMs} 毫秒`}</Fact>
        <Fact name="时钟差">
          {connection.clockOffsetMs === null ? '尚未对时，按本机时钟' : `${formatOffset(connection.clockOffsetMs)}，已按中心校正`}
        </Fact>
        <Fact name="中心版本">{connection.serverVersion ?? '—'}</Fact>
      </dl>
      <SectionTitle title="离线时" meta="已填写的内容都在本机" />
      <ul className="status-offline">
        <li>
          <Lamp tone="green" label="可用" /> 记工作日志：先存本机，恢复后按顺序自动送达，不会重复
        </li>
        <li>
          <Lamp tone="green" label="可用" /> 查基础数据，看已取得的日志和在岗人员（注明截至时刻）
        </li>
        <li>
          <Lamp tone="green" label="可用" /> 锁定、解锁、签出；近 7 天在本机签入过的账号可签入
        </li>
        <li>
          <Lamp tone="lost" label="不可用" /> 账号、坐席、审计管理：须中心在线，不排队
        </li>
      </ul>
    </section>
  )
}
