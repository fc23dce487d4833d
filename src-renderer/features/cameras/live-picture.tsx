import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { browserClock } from '../../bridge/browser-clock'
import { useBridge } from '../../bridge/react'
import type { CameraPictureProps } from '../../ui/camera-picture'
import './cameras.css'
import { playPicture, type ShownPicture } from './play-picture'
import { TruthBadge } from './truth-badge'

/**
 * One camera, live, with the badge that says what its picture is worth. A hidden window plays nothing: what nobody sees costs the network and the
 * processor all the same.
 */
export function LivePicture({ cameraNo, quality, title, isOnWall = false, onTruth }: CameraPictureProps) {
  const bridge = useBridge()
  const video = useRef<HTMLVideoElement>(null)
  const tell = useRef(onTruth)
  tell.current = onTruth
  const [shown, setShown] = useState<ShownPicture>()
  const [attempt, setAttempt] = useState(0)
  const isVisible = useVisible()

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt begins anew.
  useEffect(() => {
    if (!isVisible) return undefined
    let stop: (() => void) | undefined
    let isOver = false
    void import('mpegts.js').then(({ default: player }) => {
      if (isOver || !video.current) return
      stop = playPicture({
        ...{ video: video.current, player, clock: browserClock },
        open: () => bridge.call(isOnWall ? 'wallScreens.watch' : 'cameras.watch', { cameraNo, quality }),
        leave: (watchId) => void bridge.call(isOnWall ? 'wallScreens.leave' : 'cameras.leave', { watchId }),
        onShown(next) {
          setShown(next)
          tell.current?.(next.truth)
        },
      })
    })
    return () => {
      isOver = true
      stop?.()
    }
  }, [bridge, cameraNo, quality, isOnWall, isVisible, attempt])

  const problem = shown?.problem
  const isStale = shown !== undefined && shown.truth.kind !== 'live' && shown.truth.kind !== 'late'
  return (
    <figure className={`camera-picture${isStale ? ' is-stale' : ''}`} aria-label={`探头 ${cameraNo} ${title}`}>
      <video ref={video} muted playsInline />
      {shown && <TruthBadge truth={shown.truth} now={browserClock.monotonicMs()} />}
      {problem && (
        <div className="camera-problem">
          <span>{problem.message}</span>
          {!problem.retryable && (
            <Button size="small" onClick={() => setAttempt(attempt + 1)}>
              再试一次
            </Button>
          )}
        </div>
      )}
      <figcaption>
        {cameraNo} {title}
      </figcaption>
    </figure>
  )
}

function useVisible(): boolean {
  const [isVisible, setVisible] = useState(() => !document.hidden)
  useEffect(() => {
    const look = () => setVisible(!document.hidden)
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return isVisible
}
