import { App, Input, Segmented, Select } from 'antd'
import { useMemo, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { roles } from '#shared/domain/account/role'
import { dutyLogTextLimit } from '#shared/domain/duty-log/duty-log'
import { type Meeting, type MeetingKind, meetings, meetingText, readMeeting } from '#shared/domain/shift/meeting'
import { mayCall } from '../../../bridge/permissions'
import { useBridge, useTopic } from '../../../bridge/react'
import { useFreshness } from '../../../bridge/use-freshness'
import { useNow } from '../../../bridge/use-now'
import { useQuery } from '../../../bridge/use-query'
import { ActionButton } from '../../../ui/action-button'
import { DataGrid, type GridColumn } from '../../../ui/data-grid'
import { PaneHeader } from '../../../ui/pane-header'
import { StaleMark } from '../../../ui/stale-mark'
import { CodedError, EmptyState } from '../../../ui/states'
import { formatDay, formatTime } from '../../../ui/time-format'

interface Row {
  readonly entryId: string
  readonly writtenAt: number
  readonly authorName: string
  readonly meeting: Meeting
}

/** 班前会、班后会: written into the sealed log and read from it, also without the centre; years are in the log's own search. */
export function MeetingsTab() {
  const now = useNow(60_000)
  const { isLive, asOf } = useFreshness()
  const recent = useTopic('dutyLog.changed')?.entries
  const older = useQuery('dutyLog.search', isLive ? { kind: 'meeting', limit: 200 } : undefined)
  const rows = useMemo(() => {
    const found = new Map<string, Row>()
    for (const entry of [...(older.value?.items ?? []), ...(recent ?? [])]) {
      const meeting = entry.kind === 'meeting' ? readMeeting(entry.text) : undefined
      if (meeting) found.set(entry.entryId, { entryId: entry.entryId, writtenAt: entry.writtenAt, authorName: entry.authorName, meeting })
    }
    return [...found.values()].sort((a, b) => b.writtenAt - a.writtenAt)
  }, [recent, older.value])
  return (
    <section className="ui-pane meetings" aria-label="班会">
      <PaneHeader title="班前会、班后会" meta="由值班长组织，记入工作日志">
        {!isLive && <StaleMark asOf={asOf} now={now} />}
      </PaneHeader>
      <MeetingForm />
      {older.error && <CodedError error={older.error} onRetry={older.reload} />}
      <DataGrid
        label="班会"
        columns={columns}
        rows={rows}
        rowKey={({ entryId }) => entryId}
        groupOf={({ writtenAt }) => formatDay(writtenAt, now)}
        empty={<EmptyState text="还没有班会记录。开完会在上面写：谁到了、谁没到、传达了什么。" />}
      />
    </section>
  )
}

const columns: readonly GridColumn<Row>[] = [
  { key: 'at', title: '时刻', width: '56px', render: ({ writtenAt }) => formatTime(writtenAt) },
  { key: 'kind', title: '会', width: '64px', render: ({ meeting }) => <b>{meetings[meeting.kind]}</b> },
  { key: 'count', title: '到会', width: '48px', align: 'right', render: ({ meeting }) => meeting.present.length },
  { key: 'present', title: '到会的人', width: 'minmax(0,1fr)', render: ({ meeting }) => meeting.present.join('、') },
  { key: 'missing', title: '未到', width: '140px', render: ({ meeting }) => meeting.missing || <span className="ui-meta">无</span> },
  { key: 'told', title: '传达', width: 'minmax(0,1.6fr)', render: ({ meeting }) => <span title={meeting.told}>{meeting.told}</span> },
  { key: 'by', title: '记录人', width: '72px', render: ({ authorName }) => <span className="ui-meta">{authorName}</span> },
]

/** Who is signed in stands there already; who came besides is added, who is not there is taken out. */
function MeetingForm() {
  const { call } = useBridge()
  const { message } = App.useApp()
  const role = useTopic('session.changed')?.agent?.role
  const people = useTopic('onDuty.changed')?.people ?? []
  const [kind, setKind] = useState<MeetingKind>('before')
  const [chosen, setChosen] = useState<readonly string[]>()
  const [missing, setMissing] = useState('')
  const [told, setTold] = useState('')
  const [error, setError] = useState<AppError>()
  const [isBusy, setBusy] = useState(false)
  const present = chosen ?? people.map(({ name }) => name)
  const text = meetingText({ kind, present, missing, told })
  const reason = !mayCall('dutyLog.append', role)
    ? '您的岗位不写工作日志，只能查看。'
    : present.length === 0
      ? '先选到会的人。'
      : told.trim() === ''
        ? '先写传达了什么。'
        : [...text].length > dutyLogTextLimit
          ? `连到会的人一共不超过 ${dutyLogTextLimit} 字。`
          : null
  async function submit(): Promise<void> {
    if (reason !== null || isBusy) return
    setBusy(true)
    const answer = await call('dutyLog.append', { kind: 'meeting', text })
    setBusy(false)
    setError(answer.ok ? undefined : answer.error)
    if (!answer.ok) return
    void message.success(`${meetings[kind]}已记入工作日志。`)
    setChosen(undefined)
    setMissing('')
    setTold('')
  }
  return (
    <form
      className="visit-form meeting-form"
      aria-label="记班会"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !event.ctrlKey) return
        event.preventDefault()
        void submit()
      }}
    >
      <Segmented<MeetingKind>
        size="small"
        aria-label="哪个会"
        value={kind}
        onChange={setKind}
        options={(Object.keys(meetings) as MeetingKind[]).map((value) => ({ value, label: meetings[value] }))}
      />
      <Select
        className="meeting-present"
        size="small"
        mode="tags"
        aria-label="到会的人"
        placeholder="到会的人，已签入的先列上"
        value={[...present]}
        onChange={setChosen}
        options={people.map(({ name, role: post }) => ({ value: name, label: `${name} ${roles[post]}` }))}
        optionLabelProp="value"
      />
      <Input
        size="small"
        className="meeting-missing"
        aria-label="未到的人和原因"
        placeholder="未到的人和原因"
        maxLength={200}
        value={missing}
        onChange={(event) => setMissing(event.target.value)}
      />
      <Input.TextArea
        className="meeting-told"
        aria-label="传达"
        placeholder="传达、布置了什么，谁来办；一事一行"
        autoSize={{ minRows: 2, maxRows: 6 }}
        value={told}
        onChange={(event) => setTold(event.target.value)}
      />
      <ActionButton size="small" type="primary" keys="Ctrl+Enter" htmlType="submit" loading={isBusy} reason={reason}>
        记下
      </ActionButton>
      {error && <CodedError error={error} />}
    </form>
  )
}
