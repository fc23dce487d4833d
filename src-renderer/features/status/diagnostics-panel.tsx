import { useTopic } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { useQuery } from '../../bridge/use-query'
import { ActionButton } from '../../ui/action-button'
import { Lamp } from '../../ui/lamp'
import { Fact, SectionTitle } from '../../ui/pane-header'
import { CodedError, LoadingState } from '../../ui/states'
import { formatBytes, formatDateTime, formatMoment } from '../../ui/time-format'
import './status.css'

/** Where things are on this PC and how they fare, for IT and the curious. It holds nothing about people. */
export function DiagnosticsPanel() {
  const diagnostics = useQuery('diagnostics.get', {})
  const now = useNow(60_000)
  const { isLive } = useFreshness()
  const { value } = diagnostics
  return (
    <section className={`ui-pane status-panel${diagnostics.isLoading && value ? ' ui-dimmed' : ''}`} aria-label="本机状态">
      <SectionTitle title="本机状态" meta={diagnostics.readAt === null ? undefined : `${formatMoment(diagnostics.readAt, now)} 取得`}>
        <ActionButton size="small" onClick={diagnostics.reload}>
          刷新
        </ActionButton>
      </SectionTitle>
      {diagnostics.error && <CodedError error={diagnostics.error} onRetry={diagnostics.reload} />}
      {value === undefined && diagnostics.isLoading && <LoadingState what="本机状态" />}
      {value && (
        <dl className="ui-facts">
          <Fact name="数据目录">
            <span className="status-path">{value.dataFolder}</span>
          </Fact>
          <Fact name="数据库">{`${formatBytes(value.database.bytes)}，第 ${value.database.schemaVersion} 版结构`}</Fact>
          <Fact name="加密">
            <Lamp tone={value.database.isEncrypted ? 'green' : 'none'} label="" /> {value.database.isEncrypted ? '已加密' : '未加密'}
          </Fact>
          <Fact name="最近备份">
            <Lamp tone={value.database.lastBackupAt === null ? 'amber' : 'green'} label="" />{' '}
            {value.database.lastBackupAt === null ? '还没有备份' : formatDateTime(value.database.lastBackupAt)}
          </Fact>
          <Fact name="慢语句（超过 40 毫秒）">{`${value.database.slowStatements} 次`}</Fact>
          <Fact name="密钥存放">{value.secretsKeptIn === 'osKeyStore' ? '系统钥匙串' : '受保护的本机文件'}</Fact>
          <Fact name="运行环境">
            {`Node ${value.runtime.node}${value.runtime.electron === null ? '' : `，Electron ${value.runtime.electron}`}，${value.runtime.platform}`}
          </Fact>
          <BaseMaps />
          <Fact name="中心地址">
            <Lamp tone={isLive ? 'green' : 'red'} label={isLive ? '已连接' : '离线'} />{' '}
            <span className="status-path">{value.centralUrl}</span>
          </Fact>
        </dl>
      )}
    </section>
  )
}

const standings = { live: ['green', '正常'], stale: ['late', '取不到，用缓存'], missing: ['amber', '取不到，缓存不全'] } as const

/** Base maps from elsewhere: whether they can be fetched, and what of this disk they take. In which coordinates they are the map checks. */
function BaseMaps() {
  const bases = useTopic('baseMaps.changed')
  if (!bases || bases.sources.length === 0) return <Fact name="外部底图">没有配置</Fact>
  const { cache, sources } = bases
  return (
    <>
      {sources.map(({ sourceId, name, state, problem }) => (
        <Fact key={sourceId} name={`外部底图 ${name}`}>
          <Lamp tone={standings[state][0]} label="" /> {`${standings[state][1]}${problem === null ? '' : `：${problem}`}`}
        </Fact>
      ))}
      <Fact name="底图缓存">{`${cache.tiles} 块，${formatBytes(cache.bytes)}，上限 ${formatBytes(cache.limitBytes)}；坐标自检在地图“底图与坐标”`}</Fact>
    </>
  )
}
