import { App, Button, Modal, Progress, Segmented } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import { type QueueId, queueSpec } from '#shared/domain/case/queues'
import { caseSources } from '#shared/domain/case/states'
import type { Bridge } from '../../../bridge/bridge'
import { browserClock } from '../../../bridge/browser-clock'
import { useBridge } from '../../../bridge/react'
import { ActionButton } from '../../../ui/action-button'
import { CodedError } from '../../../ui/states'
import { formatBytes } from '../../../ui/time-format'
import { useCaseSettings } from '../use-case-settings'
import type { QueueFields } from './queue-filter'
import { shortStreet } from './row-words'

type Job = OutputOfCommand<'exports.create'>
type Filter = InputOfCommand<'exports.create'>['filter']
type Format = InputOfCommand<'exports.create'>['format']
type Failure = Parameters<typeof CodedError>[0]['error']

const pollMs = 1000

/** Exports what the view names, made by the centre (masked and watermarked there), and saves it as a file. Closing the box stops a running export. */
export function ExportBox(given: {
  readonly queue: QueueId
  readonly fields: QueueFields
  readonly reason: string | null
  onClose(): void
}) {
  const { queue, fields, reason, onClose } = given
  const bridge = useBridge()
  const { message } = App.useApp()
  const streets = useCaseSettings()?.streets
  const [format, setFormat] = useState<Format>('xlsx')
  const { job, failure, start, cancel } = useExport(bridge, (name) => void message.success(`${name} 已保存到下载文件夹。`))
  const isRunning = job?.state === 'running'
  const filter = exportFilter(queue, fields)

  function close(): void {
    if (isRunning) cancel()
    onClose()
  }

  return (
    <Modal open title="导出案卷" width={440} footer={null} onCancel={close} destroyOnHidden focusable={{ focusTriggerAfterClose: false }}>
      <dl className="cases-facts cases-export">
        <div>
          <dt>范围</dt>
          <dd>{filterWords(queue, fields, streets)}</dd>
        </div>
        <div>
          <dt>格式</dt>
          <dd>
            <Segmented<Format>
              size="small"
              aria-label="格式"
              value={format}
              disabled={isRunning}
              onChange={setFormat}
              options={[
                { value: 'xlsx', label: 'Excel 表格' },
                { value: 'csv', label: 'CSV' },
              ]}
            />
          </dd>
        </div>
      </dl>
      {leftOut(fields).length > 0 && <p className="cases-quiet">{`${leftOut(fields).join('、')}的筛选只在本机，不随导出。`}</p>}
      {failure && <CodedError error={failure} />}
      {job && <ExportProgress job={job} />}
      <p className="cases-export-foot">
        {isRunning ? (
          <Button onClick={cancel}>停止导出</Button>
        ) : (
          <ActionButton type="primary" reason={reason} onClick={() => void start(format, filter)} autoFocus>
            {job ? '再导出一次' : '开始导出'}
          </ActionButton>
        )}
      </p>
    </Modal>
  )
}

function ExportProgress({ job }: { readonly job: Job }) {
  const words: Readonly<Record<Job['state'], string>> = {
    running: `正在导出，${job.done} / ${job.total} 件`,
    done: `${job.fileName} 已导出，${job.total} 件${job.bytes === null ? '' : `，${formatBytes(job.bytes)}`}`,
    failed: job.failure ?? '导出没有成功，请再试一次。',
    cancelled: '已停止，没有生成文件',
  }
  return (
    <div role="status">
      <p>{words[job.state]}</p>
      {job.state === 'running' && (
        <Progress size="small" showInfo={false} percent={job.total === 0 ? 0 : Math.round((job.done / job.total) * 100)} />
      )}
    </div>
  )
}

function useExport({ call }: Bridge, onSaved: (fileName: string) => void) {
  const [job, setJob] = useState<Job>()
  const [failure, setFailure] = useState<Failure>()
  const isHere = useRef(true)
  const saved = useRef<string>(undefined)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the job; what is called when it is saved does not matter to it.
  useEffect(() => {
    if (!job) return
    if (job.state === 'done' && saved.current !== job.exportId) {
      saved.current = job.exportId
      void readAll(call, job).then((answer) => {
        if (!isHere.current) return
        if (answer.ok) {
          saveFile(job.fileName, answer.value)
          onSaved(job.fileName)
        } else setFailure(answer.error)
      })
    }
    if (job.state !== 'running') return
    return browserClock.after(pollMs, () => {
      void call('exports.get', { exportId: job.exportId }).then((answer) => {
        if (!isHere.current) return
        if (answer.ok) setJob(answer.value)
        else setFailure(answer.error)
      })
    })
  }, [job, call])

  return {
    job,
    failure,
    async start(format: Format, filter: Filter): Promise<void> {
      setFailure(undefined)
      const answer = await call('exports.create', { format, filter })
      if (answer.ok) setJob(answer.value)
      else setFailure(answer.error)
    },
    cancel(): void {
      if (!job) return
      setJob({ ...job, state: 'cancelled' })
      void call('exports.cancel', { exportId: job.exportId })
    },
  }
}

async function readAll(call: Bridge['call'], { exportId }: Job) {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let offset: number | null = 0
  while (offset !== null) {
    const answer: Awaited<ReturnType<typeof call<'exports.read'>>> = await call('exports.read', { exportId, offset })
    if (!answer.ok) return answer
    parts.push(Uint8Array.from(atob(answer.value.base64), (character) => character.charCodeAt(0)))
    offset = answer.value.next
  }
  return { ok: true as const, value: parts }
}

function saveFile(fileName: string, parts: readonly Uint8Array<ArrayBuffer>[]): void {
  const address = URL.createObjectURL(new Blob([...parts]))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // The download has its own hold on the data once it began.
  browserClock.after(pollMs, () => URL.revokeObjectURL(address))
}

export function exportFilter(queue: QueueId, { source, street }: QueueFields): Filter {
  return { queue, ...(source !== null && { sources: source }), ...(street !== null && { streetCode: street }) }
}

export function filterWords(queue: QueueId, { source, street }: QueueFields, streets: ReadonlyMap<string, string> | undefined): string {
  const parts = [source === null ? '' : caseSources[source].name, street === null ? '' : shortStreet(streets?.get(street) ?? street)]
  return [`${queueSpec(queue).title}队列`, ...parts.filter(Boolean)].join('，')
}

function leftOut(fields: QueueFields): readonly string[] {
  return [
    fields.lamps.length > 0 ? '灯' : '',
    fields.number.trim() !== '' ? '案卷号' : '',
    fields.subclass.trim() !== '' ? '小类' : '',
    fields.verification !== null ? '核实' : '',
    fields.address.trim() !== '' ? '位置' : '',
  ].filter(Boolean)
}
