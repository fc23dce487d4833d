import { useState } from 'react'
import type { DutyLogArchive } from '#shared/contracts/central-api/duty-log'
import { roles } from '#shared/domain/account/role'
import { findingKinds } from '#shared/domain/duty-log/verify'
import type { Handover } from '#shared/domain/shift/handover'
import { mayCall } from '../../../bridge/permissions'
import { useTopic } from '../../../bridge/react'
import { saveBlob } from '../../../bridge/save-blob'
import { useFreshness } from '../../../bridge/use-freshness'
import { useNow } from '../../../bridge/use-now'
import { useQuery } from '../../../bridge/use-query'
import { ActionButton } from '../../../ui/action-button'
import { DataGrid, type GridColumn } from '../../../ui/data-grid'
import { Lamp } from '../../../ui/lamp'
import { MonthNav, monthByKey } from '../../../ui/month-nav'
import { PaneHeader, SectionTitle } from '../../../ui/pane-header'
import { StaleMark } from '../../../ui/stale-mark'
import { CodedError, EmptyState, LoadingState, NoPermission } from '../../../ui/states'
import { formatDate, formatDateTime } from '../../../ui/time-format'
import { MonthPaper } from './month-paper'

/** A month of the log and its handovers for the archive: proved seat by seat, saved as a file that proves itself, as Word, or printed. */
export function ArchiveTab() {
  const now = useNow(60_000)
  const { isLive, asOf, reason } = useFreshness()
  const role = useTopic('session.changed')?.agent?.role
  const centreName = useTopic('centre.changed')?.centre?.name ?? '监督指挥中心'
  const [month, setMonth] = useState(formatDate(now).slice(0, 7))
  const [isWriting, setWriting] = useState(false)
  const mayRead = mayCall('dutyLog.archive', role)
  const read = useQuery('dutyLog.archive', isLive && mayRead ? { month } : undefined)
  const archive = read.value?.month === month ? read.value : undefined
  const handovers = archive?.records ?? []
  if (!mayRead) return <NoPermission text={`您的岗位（${role ? roles[role] : '未签入'}）不查看归档；需要时请找值班长。`} />
  const findings = archive?.proofs.flatMap((proof) => proof.findings) ?? []
  const nothing =
    reason ?? (archive === undefined ? '正在读取。' : archive.entries.length + handovers.length === 0 ? '这个月没有内容。' : null)
  const fileName = `工作日志 ${month}`

  async function saveWord(): Promise<void> {
    if (!archive) return
    setWriting(true)
    const { monthWord } = await import('../word/month-word')
    saveBlob(await monthWord(archive, handovers, centreName), `${fileName}.docx`)
    setWriting(false)
  }
  function saveArchive(): void {
    if (!archive) return
    const { records: _folded, ...file } = archive
    saveBlob(new Blob([JSON.stringify(file)], { type: 'application/json' }), `${fileName}.json`)
  }
  return (
    <section
      className="ui-pane archive"
      aria-label="归档"
      onKeyDown={(event) => {
        const other = monthByKey(event.key, month)
        if (!other || event.ctrlKey || event.altKey) return
        event.preventDefault()
        setMonth(other)
      }}
    >
      <PaneHeader title="月归档">
        {!isLive && <StaleMark asOf={asOf} now={now} />}
        <MonthNav month={month} onChange={setMonth} />
        <ActionButton size="small" reason={nothing} onClick={saveArchive}>
          存档案文件
        </ActionButton>
        <ActionButton size="small" reason={nothing} loading={isWriting} onClick={() => void saveWord()}>
          存 Word
        </ActionButton>
        <ActionButton size="small" reason={nothing} onClick={() => window.print()}>
          打印或存 PDF
        </ActionButton>
      </PaneHeader>
      {read.error && <CodedError error={read.error} onRetry={read.reload} />}
      {archive === undefined ? (
        isLive ? (
          <LoadingState what={`${month} 的日志`} />
        ) : (
          <EmptyState text="归档在中心，连上后可取。" />
        )
      ) : (
        <>
          <p className="archive-verdict" role="status">
            <Lamp tone={findings.length > 0 ? 'red' : 'green'} label="" />
            <b>{findings.length > 0 ? `${findings.length} 处不符，请保留现场并通知系统管理员` : '各坐席的链完好：没有改动、删除、插入'}</b>
            <span className="ui-meta">
              {`日志 ${archive.entries.length} 条${archive.unsealed > 0 ? `（${archive.unsealed} 条没有封签）` : ''}，交接 ${handovers.length} 次，验于 ${formatDateTime(archive.at)}`}
            </span>
          </p>
          {findings.length > 0 && (
            <ul className="archive-findings" aria-label="不符之处">
              {findings.map((finding) => (
                <li key={`${finding.keyId}/${finding.position}/${finding.kind}`}>
                  <Lamp tone="red" label="" /> {seatOf(archive, finding.keyId)} 第 {finding.position} 条{findingKinds[finding.kind]}：
                  {finding.because}
                </li>
              ))}
            </ul>
          )}
          <div className="archive-columns">
            <div>
              <SectionTitle title="各坐席的链" />
              <DataGrid
                label="各坐席的链"
                columns={chainColumns}
                rows={archive.proofs}
                rowKey={({ keyId }) => keyId}
                isDimmed={!isLive}
                empty={<EmptyState text="这个月没有封签的日志。" />}
              />
            </div>
            <div>
              <SectionTitle title="本月交接" />
              <DataGrid
                label="本月交接"
                columns={handoverColumns}
                rows={handovers}
                rowKey={({ handoverId }) => handoverId}
                isDimmed={!isLive}
                empty={<EmptyState text="这个月没有交接。" />}
              />
            </div>
          </div>
          <p className="ui-meta archive-note">
            档案文件带着每条的封签、各坐席的公钥和上月末条的摘要；离开本中心也能由系统管理员用 verify-log 验证。
          </p>
          <MonthPaper archive={archive} handovers={handovers} centreName={centreName} />
        </>
      )}
    </section>
  )
}

type Proof = DutyLogArchive['proofs'][number]
const seatOf = (archive: DutyLogArchive, keyId: string): string => {
  const seatNo = archive.proofs.find((proof) => proof.keyId === keyId)?.seatNo
  return seatNo ? `坐席 ${seatNo}` : '未登记的密钥'
}

const chainColumns: readonly GridColumn<Proof>[] = [
  { key: 'seat', title: '坐席', width: '56px', render: ({ seatNo }) => seatNo ?? '未登记' },
  {
    key: 'state',
    title: '验证',
    width: '96px',
    render: ({ findings }) => (
      <>
        <Lamp tone={findings.length > 0 ? 'red' : 'green'} label="" /> {findings.length > 0 ? `${findings.length} 处不符` : '完好'}
      </>
    ),
  },
  { key: 'entries', title: '条', width: '48px', align: 'right', render: ({ entries }) => entries },
  { key: 'last', title: '末条', width: '48px', align: 'right', render: ({ last }) => last?.position ?? '—' },
  {
    key: 'hash',
    title: '末条摘要',
    width: 'minmax(0,1fr)',
    render: ({ last }) => <code className="ui-meta">{last?.hash.slice(0, 24) ?? ''}</code>,
  },
]

const handoverColumns: readonly GridColumn<Handover>[] = [
  { key: 'date', title: '日期', width: '84px', render: ({ shift }) => formatDate(shift.startsAt) },
  { key: 'shift', title: '班次', width: '64px', render: ({ shift }) => shift.name },
  { key: 'from', title: '交班', width: '72px', render: ({ outgoing }) => outgoing.name },
  { key: 'to', title: '接班', width: '72px', render: ({ accepted }) => accepted?.by.name ?? '—' },
  {
    key: 'state',
    title: '结果',
    width: 'minmax(0,1fr)',
    render: ({ stage, accepted, left, conflicts }) => (
      <>
        <Lamp tone={accepted ? 'green' : 'amber'} label="" />{' '}
        {accepted ? `${formatDateTime(accepted.at).slice(5)} 双签` : left ? '未接班而离岗' : stage === 'sealed' ? '待接班' : '未签字'}
        {conflicts.length > 0 && `，${conflicts.length} 处冲突`}
      </>
    ),
  },
]
