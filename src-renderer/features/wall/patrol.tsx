import { App } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { PictureTruth } from '#shared/domain/camera/truth'
import {
  coverageOf,
  nextStop,
  reportsADay,
  roundAt,
  type StopResult,
  seenAfterMs,
  type ThemeId,
  themeIds,
  themes,
} from '#shared/domain/patrol/patrol'
import { browserClock } from '../../bridge/browser-clock'
import { useBridge, useTopic } from '../../bridge/react'
import type { Cameras } from '../../bridge/use-cameras'
import { useNow } from '../../bridge/use-now'
import { ActionButton } from '../../ui/action-button'
import { CameraDesk } from '../../ui/camera-picture'
import { Kbd } from '../../ui/kbd'
import { SectionTitle } from '../../ui/pane-header'
import { formatTime } from '../../ui/time-format'

/** The patrol of the present round 视频巡查: what of it is seen, and the next camera. */
export function usePatrol(cameras: Cameras) {
  const { call } = useBridge()
  const { message } = App.useApp()
  const now = useNow(15_000)
  const round = roundAt(now)
  const stops = useTopic('patrol.changed')?.stops ?? []
  const me = useTopic('session.changed')?.agent
  const all = cameras.groups?.flatMap((group) => group.cameras) ?? []
  const cameraNos = all.map(({ cameraNo }) => cameraNo)
  const [at, setAt] = useState<string>()
  const [looked, setLooked] = useState<readonly ThemeId[]>([])
  const camera = at === undefined ? undefined : cameras.find(at)

  function goOn(after: string | null): void {
    const next = nextStop(cameraNos, stops, round.roundId, after)
    if (next === undefined) void message.success(`${round.name}的探头都看过了。`)
    setAt(next)
  }
  /** True: written down. */
  async function keep(cameraNo: string, result: StopResult, liveMs: number, photoId: string | null): Promise<boolean> {
    const answer = await call('patrol.keep', {
      ...{ roundId: round.roundId, cameraNo, at: browserClock.now(), result, themes: [...looked] },
      ...{ liveMs: Math.min(3_600_000, Math.round(liveMs)), photoId },
    })
    if (!answer.ok) void message.error(answer.error.message)
    return answer.ok
  }
  return {
    round,
    coverage: coverageOf(cameraNos, stops, round.roundId),
    mine: stops.filter(({ byNo, result }) => byNo === me?.accountNo && result === 'problem').length,
    place: camera && cameraNos.indexOf(camera.cameraNo) + 1,
    camera,
    looked,
    setLooked,
    start: () => goOn(null),
    stop: () => setAt(undefined),
    goOn,
    keep,
  }
}

export type Patrol = ReturnType<typeof usePatrol>

export function PatrolSection({ patrol, readOnly }: { readonly patrol: Patrol; readonly readOnly: string | null }) {
  const { round, coverage, mine } = patrol
  const { total, seen, withoutPicture, tooShort, missed } = coverage
  const share = total === 0 ? 0 : (seen / total) * 100
  return (
    <section className="wall-patrol" aria-label="视频巡查">
      <SectionTitle title="视频巡查" meta={`${round.name} ${formatTime(round.from)}–${formatTime(round.until)}`} />
      <p>
        <b>{seen}</b> / {total} 有效 <span className="ui-spring" /> 覆盖 <b>{share.toFixed(1)}%</b>
      </p>
      <span className="wall-track" aria-hidden="true">
        <span style={{ width: `${share}%` }} />
      </span>
      <p className="wall-quiet">
        无画面 {withoutPicture}·看得太短 {tooShort}·未到 {missed.length - tooShort}
      </p>
      <p className="wall-quiet">
        本人今天上报 {mine}/{reportsADay}
        {mine < reportsADay ? `，差 ${reportsADay - mine} 条` : ''}
      </p>
      <ActionButton size="small" type="primary" keys="V" reason={readOnly ?? (total === 0 ? '没有探头' : null)} onClick={patrol.start}>
        {seen === 0 ? '开始巡查' : '继续巡查'}
      </ActionButton>
    </section>
  )
}

/** One stop: the camera large, how long it was really seen, and the keys that end it. */
export function PatrolStop({ patrol }: { readonly patrol: Patrol }) {
  const { camera } = patrol
  const truth = useRef<PictureTruth['kind']>('opening')
  const [liveMs, setLiveMs] = useState(0)
  const { message } = App.useApp()
  const isBusy = useRef(false)
  const cameraNo = camera?.cameraNo
  // biome-ignore lint/correctness/useExhaustiveDependencies: each camera is looked at anew.
  useEffect(() => {
    truth.current = 'opening'
    setLiveMs(0)
    let before = browserClock.monotonicMs()
    return browserClock.every(250, () => {
      const now = browserClock.monotonicMs()
      // Only what is live and in sight counts: a hidden window shows nobody anything.
      if (truth.current === 'live' && !document.hidden) setLiveMs((sum) => sum + now - before)
      before = now
    })
  }, [cameraNo])
  if (!camera) return null
  const hasPicture = truth.current === 'live' || truth.current === 'late'
  const missing = Math.ceil((seenAfterMs - liveMs) / 1_000)

  async function end(result: StopResult, photoId: string | null = null): Promise<void> {
    if (isBusy.current || cameraNo === undefined) return
    isBusy.current = true
    const isKept = await patrol.keep(cameraNo, result, liveMs, photoId)
    isBusy.current = false
    if (isKept && result !== 'problem') patrol.goOn(cameraNo)
  }
  function fine(): void {
    if (!hasPicture && liveMs < seenAfterMs) void end('noPicture')
    else if (missing > 0) void message.info(`再看 ${missing} 秒才算看过；K 跳过。`)
    else void end('fine')
  }
  function onKey(key: string): boolean {
    if (key === 'N') fine()
    else if (key === 'K') void end('skipped')
    else return false
    return true
  }
  return (
    <CameraDesk
      cameraNo={camera.cameraNo}
      title={camera.name}
      onKey={onKey}
      onClose={patrol.stop}
      onTruth={({ kind }) => (truth.current = kind)}
      onReported={(photoId) => void end('problem', photoId)}
    >
      <SectionTitle title={`第 ${patrol.place} 站`} meta={patrol.round.name}>
        <span className="wall-quiet">
          已看 {Math.floor(liveMs / 1_000)}/{seenAfterMs / 1_000} 秒
        </span>
      </SectionTitle>
      <div className="wall-patrol">
        <span className="wall-track" aria-hidden="true">
          <span style={{ width: `${Math.min(100, (liveMs / seenAfterMs) * 100)}%` }} />
        </span>
        <p className="wall-themes">
          {themeIds.map((id) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={patrol.looked.includes(id)}
                onChange={({ target }) =>
                  patrol.setLooked(target.checked ? [...patrol.looked, id] : patrol.looked.filter((one) => one !== id))
                }
              />
              {themes[id]}
            </label>
          ))}
        </p>
        <p className="wall-patrol-keys">
          <ActionButton size="small" keys="N" onClick={fine}>
            {hasPicture || liveMs >= seenAfterMs ? '无问题' : '无画面'}
          </ActionButton>
          <ActionButton size="small" keys="K" onClick={() => void end('skipped')}>
            跳过
          </ActionButton>
          <span className="wall-quiet">
            有问题按 <Kbd>Y</Kbd>
          </span>
        </p>
      </div>
    </CameraDesk>
  )
}
