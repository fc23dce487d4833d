import { Button, Progress } from 'antd'
import { useState } from 'react'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { useBridge, useTopic } from '../../../bridge/react'
import { Lamp, type LampTone } from '../../../ui/lamp'
import { lastDigits } from './row-words'

type Job = StateOfTopic<'bulk.changed'>['jobs'][number]

/** The batches of this seat, each a line: how far it is, what was refused and why, stop and dismiss. They go on when the pane is closed. */
export function BulkJobs({ onOpenCase }: { onOpenCase(caseId: string): void }) {
  const jobs = useTopic('bulk.changed')?.jobs
  if (!jobs || jobs.length === 0) return null
  return (
    <section className="cases-jobs" aria-label="批量进度">
      {jobs.map((job) => (
        <JobLine key={job.bulkId} job={job} onOpenCase={onOpenCase} />
      ))}
    </section>
  )
}

const stateLamps: Readonly<Record<Job['state'], LampTone>> = {
  running: 'none',
  waiting: 'late',
  done: 'green',
  cancelled: 'none',
  interrupted: 'amber',
}

function jobWords({ state, total, done, refused }: Job): string {
  const left = total - done - refused.length
  const figures = [`已办 ${done}`, refused.length > 0 ? `未被接受 ${refused.length}` : '', left > 0 ? `还剩 ${left}` : '']
    .filter(Boolean)
    .join('，')
  const words: Readonly<Record<Job['state'], string>> = {
    running: '正在办理',
    waiting: '中心连不上，连上后自动接着办',
    done: '办完了',
    cancelled: '已停止，没办的保持原样',
    interrupted: '程序曾退出，没办的保持原样',
  }
  return `${words[state]}：${figures}`
}

function JobLine({ job, onOpenCase }: { readonly job: Job; onOpenCase(caseId: string): void }) {
  const { call } = useBridge()
  const [areRefusalsShown, setRefusalsShown] = useState(false)
  const isGoing = job.state === 'running' || job.state === 'waiting'
  const handled = job.done + job.refused.length
  return (
    <>
      <div className="cases-job" role="status">
        <Lamp tone={job.refused.length > 0 && !isGoing ? 'amber' : stateLamps[job.state]} label="" />
        <b>{job.title}</b>
        <span>{jobWords(job)}</span>
        {isGoing && <Progress percent={job.total === 0 ? 0 : Math.round((handled / job.total) * 100)} size="small" showInfo={false} />}
        <span className="ui-spring" />
        {job.refused.length > 0 && (
          <Button size="small" type="text" aria-expanded={areRefusalsShown} onClick={() => setRefusalsShown(!areRefusalsShown)}>
            {areRefusalsShown ? '收起未接受的' : `看未接受的 ${job.refused.length} 件`}
          </Button>
        )}
        {isGoing ? (
          <Button size="small" onClick={() => void call('bulk.cancel', { bulkId: job.bulkId })}>
            停止
          </Button>
        ) : (
          <Button size="small" onClick={() => void call('bulk.dismiss', { bulkId: job.bulkId })}>
            收起
          </Button>
        )}
      </div>
      {areRefusalsShown && (
        <ul className="cases-refusals" aria-label="未接受的案卷">
          {job.refused.map(({ caseId, caseNo, message }) => (
            <li key={caseId}>
              <button type="button" className="ui-link" onClick={() => onOpenCase(caseId)}>
                {lastDigits(caseNo)}
              </button>
              <span>{message}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
