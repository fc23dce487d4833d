import type { GbPlatform, GbRefused } from '#shared/contracts/gb-shapes'
import { ActionButton } from '../../ui/action-button'
import { Lamp } from '../../ui/lamp'
import { formatMoment } from '../../ui/time-format'

/** What is typed into a device, and which devices were turned away lately, with the reason: that is what entering one takes. */
export function GbDoor({
  platform,
  refused,
  now,
  reason,
  onAdd,
}: {
  readonly platform: GbPlatform | null
  readonly refused: readonly GbRefused[]
  readonly now: number
  readonly reason: string | null
  onAdd(deviceId: string): void
}) {
  if (!platform)
    return (
      <p className="adm-gb-off">中心没有启用国标接入：请按 docs/cameras.md 写好配置，用 --gb28181 启动中心服务。已登记的设备仍列在下面。</p>
    )
  return (
    <div className="adm-gb-door">
      <dl>
        {(
          [
            ['SIP 服务器编码', platform.serverId],
            ['SIP 域', platform.domain],
            ['地址', platform.address],
            ['端口', `${platform.port}（UDP、TCP）`],
          ] as const
        ).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {!platform.hasGateway && (
          <div>
            <dt>流媒体网关</dt>
            <dd className="adm-gb-warn">
              <Lamp tone="amber" label="" /> 没有配置，能控制、看状态，看不了画面
            </dd>
          </div>
        )}
      </dl>
      {refused.length > 0 && (
        <ul aria-label="最近被拒的注册">
          {refused.slice(0, 3).map((one) => (
            <li key={`${one.deviceId} ${one.address}`}>
              <Lamp tone="amber" label="" />
              <span>
                <span className="adm-code">{one.deviceId}</span> 从 {one.address} 注册被拒：{whys[one.why]}
                <span className="ui-meta"> {formatMoment(one.at, now)}</span>
              </span>
              {one.why === 'unknown' && (
                <ActionButton size="small" reason={reason} onClick={() => onAdd(one.deviceId)}>
                  登记它
                </ActionButton>
              )}
            </li>
          ))}
          {refused.length > 3 && <li className="ui-meta">另有 {refused.length - 3} 台被拒</li>}
        </ul>
      )}
    </div>
  )
}

const whys: Readonly<Record<GbRefused['why'], string>> = { unknown: '没有登记', password: '口令不对', disabled: '已停用' }
