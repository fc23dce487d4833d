import { App } from 'antd'
import { useRef, useState } from 'react'
import { cameraSteerers } from '#shared/contracts/central-api/cameras'
import { browserClock } from '../../bridge/browser-clock'
import { useBridge, useTopic } from '../../bridge/react'
import { useCameras } from '../../bridge/use-cameras'
import { ActionButton } from '../../ui/action-button'
import type { CameraDeskProps } from '../../ui/camera-picture'
import { useOpenTarget } from '../../ui/open-target'
import { PaneHeader } from '../../ui/pane-header'
import { formatDate, formatTimeWithSeconds } from '../../ui/time-format'
import './camera-desk.css'
import { LivePicture } from './live-picture'
import { reportProblem } from './report-problem'
import { takeSnapshot } from './snapshot'
import { SteeringPanel, useSavePreset } from './steering-panel'
import { truthWords } from './truth-badge'
import { useDeskKeys } from './use-desk-keys'
import { useHandOnPicture } from './use-hand-on-picture'
import { useSteering } from './use-steering'

/** One camera large: looked at closely, steered, its picture taken, and what is found on it made a case. */
export function CameraDesk({ cameraNo, title, children, onClose, onReported, onKey, onTruth }: CameraDeskProps) {
  const { call } = useBridge()
  const { message } = App.useApp()
  const agent = useTopic('session.changed')?.agent
  const camera = useCameras().find(cameraNo)
  const openTarget = useOpenTarget()
  const steering = useSteering(cameraNo)
  const hand = useHandOnPicture(steering)
  const figure = useRef<HTMLDivElement>(null)
  const [truth, setTruth] = useState('接入中')
  const isBusy = useRef(false)
  const savePreset = useSavePreset(steering)
  const readOnly = agent && cameraSteerers.includes(agent.role) ? null : '您的岗位不操作云台。'

  async function snapshot() {
    const video = figure.current?.querySelector('video')
    const takenAt = browserClock.now()
    const time = `${formatDate(takenAt)} ${formatTimeWithSeconds(takenAt)}`
    const taken = video ? await takeSnapshot(video, { cameraNo, title, takenAt, time, truth, by: agent?.name ?? '' }) : undefined
    if (!taken) void message.warning('现在没有画面可拍。')
    return taken
  }
  /** Kept where people keep files; nothing of it goes to the centre. */
  async function saveSnapshot(): Promise<void> {
    const taken = await snapshot()
    if (!taken) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(taken.file)
    link.download = taken.file.name
    link.click()
    browserClock.after(10_000, () => URL.revokeObjectURL(link.href))
    void message.success(`已拍：${taken.file.name}，校验 ${taken.sha256.slice(0, 12)}`)
  }
  /** A problem becomes a case with its picture, its camera and its place: what is left to say is what it is. */
  async function toCase(): Promise<void> {
    if (isBusy.current) return
    isBusy.current = true
    const taken = await snapshot()
    const done = await reportProblem(call, { cameraNo, title, camera, snapshot: taken, note: '' })
    isBusy.current = false
    if (!done.ok) return void message.error(done.error.message)
    onReported?.(done.value.photoId)
    if (openTarget) openTarget('registration')
    else void message.success('已存为登记草稿，请到“登记案卷”里填写。')
  }

  useDeskKeys(steering, (key) => {
    if (onKey?.(key)) return true
    if (key === 'Escape') onClose()
    else if (key === 'P') void saveSnapshot()
    else if (key === 'Y') void toCase()
    else if (key === 'H') steering.steer({ type: 'goHome' })
    else if (key === 'S' && steering.canTurn && readOnly === null) savePreset()
    else if (key === '0') hand.reset()
    else if (/^[1-9]$/.test(key) && steering.state?.presets.some(({ number }) => number === Number(key)))
      steering.steer({ type: 'goTo', number: Number(key) })
    else return false
    return true
  })

  const { x, y, scale } = hand.magnified
  return (
    <section className="desk" aria-label={`探头 ${cameraNo}`}>
      <PaneHeader title={`${cameraNo} ${title}`} meta={camera?.gridCodes[0] ?? ''}>
        <ActionButton size="small" keys="P" onClick={() => void saveSnapshot()}>
          快照
        </ActionButton>
        {scale > 1 && (
          <ActionButton size="small" keys="0" onClick={hand.reset}>
            放大 {scale.toFixed(1)} 倍，还原
          </ActionButton>
        )}
        <ActionButton size="small" type="primary" keys="Y" onClick={() => void toCase()}>
          有问题→案卷
        </ActionButton>
        <ActionButton size="small" keys="Esc" onClick={onClose}>
          返回
        </ActionButton>
      </PaneHeader>
      <div className="desk-body">
        <div
          ref={figure}
          className="desk-picture"
          style={{
            ['--desk-scale' as string]: scale,
            ['--desk-x' as string]: `${(0.5 - x) * scale * 100}%`,
            ['--desk-y' as string]: `${(0.5 - y) * scale * 100}%`,
          }}
          {...hand.handlers}
        >
          <LivePicture
            cameraNo={cameraNo}
            quality="main"
            title={title}
            onTruth={(next) => {
              setTruth(truthWords(next, browserClock.monotonicMs()))
              onTruth?.(next)
            }}
          />
        </div>
        <aside className="desk-side">
          {children}
          <SteeringPanel steering={steering} accountNo={agent?.accountNo ?? ''} readOnly={readOnly} onSave={savePreset} />
        </aside>
      </div>
    </section>
  )
}
