import { Button, Segmented } from 'antd'
import { type KeyboardEvent, type PointerEvent, type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { Kbd } from '../kbd'
import { Lamp } from '../lamp'
import { formatClock } from '../time-format'
import { gapsOf, pausesOf, type SoundMark, wavePath } from './sound-marks'
import './sound-player.css'

/** How a form beside it plays the sound without leaving its own keys. */
export interface SoundHandle {
  toggle(): void
  step(ms: number): void
  moveTo(ms: number): void
  at(): number
}

export interface SoundPlayerProps {
  readonly ref?: Ref<SoundHandle> | undefined
  readonly src: string
  readonly durationMs: number
  /** Loudest sample of equal stretches, 0–1, for each side. */
  readonly peaks: { readonly left: readonly number[]; readonly right: readonly number[] }
  readonly marks: readonly SoundMark[]
  /** What the upper and the lower waveform are. */
  readonly sides: readonly [left: string, right: string]
  /** Something more important is heard: it stops, and cannot be begun. */
  readonly blockedReason: string | null
  readonly autoPlay?: boolean
  onFailed(): void
}

const stepMs = 5_000
const speeds = [0.75, 1, 1.25, 1.5, 2] as const
const [half, height] = [16, 64]

/** Two people's sound with its waveform: click or ← → to move, space to play, − + for the speed. What was not recorded is marked where it is missing. */
export function SoundPlayer({ ref, src, durationMs, peaks, marks, sides, blockedReason, autoPlay = false, onFailed }: SoundPlayerProps) {
  const audio = useRef<HTMLAudioElement>(null)
  const [atMs, setAtMs] = useState(0)
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<(typeof speeds)[number]>(1)
  const isBlocked = blockedReason !== null

  useEffect(() => {
    if (isBlocked) audio.current?.pause()
  }, [isBlocked])
  useEffect(() => {
    if (audio.current) audio.current.playbackRate = speed
  }, [speed])
  // The element tells its place four times a second: too coarse to be watched.
  useEffect(() => {
    if (!isPlaying) return
    let frame = 0
    const follow = () => {
      if (audio.current) setAtMs(audio.current.currentTime * 1_000)
      frame = requestAnimationFrame(follow)
    }
    frame = requestAnimationFrame(follow)
    return () => cancelAnimationFrame(frame)
  }, [isPlaying])

  function moveTo(ms: number): void {
    const wanted = Math.max(0, Math.min(durationMs, ms))
    setAtMs(wanted)
    if (audio.current) audio.current.currentTime = wanted / 1_000
  }
  function toggle(): void {
    const element = audio.current
    if (!element || isBlocked) return
    if (element.paused) void element.play().catch(() => undefined)
    else element.pause()
  }
  const placeMs = () => (audio.current ? audio.current.currentTime * 1_000 : atMs)
  useImperativeHandle(ref, () => ({ toggle, moveTo, step: (ms) => moveTo(placeMs() + ms), at: placeMs }))
  const faster = (by: 1 | -1) => setSpeed((before) => speeds[speeds.indexOf(before) + by] ?? before)
  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const acts: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => moveTo(atMs - stepMs),
      ArrowRight: () => moveTo(atMs + stepMs),
      Home: () => moveTo(0),
      End: () => moveTo(durationMs),
      ' ': toggle,
      '+': () => faster(1),
      '=': () => faster(1),
      '-': () => faster(-1),
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  return (
    <div className="ui-sound">
      {/* biome-ignore lint/a11y/useMediaCaption: telephone calls have no captions. */}
      <audio
        ref={audio}
        src={src}
        preload="auto"
        autoPlay={autoPlay && !isBlocked}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onLoadedMetadata={(event) => {
          event.currentTarget.playbackRate = speed
        }}
        onError={onFailed}
      />
      <div
        className="ui-sound-field"
        role="slider"
        aria-label="播放位置"
        aria-valuemin={0}
        aria-valuemax={Math.round(durationMs / 1_000)}
        aria-valuenow={Math.round(atMs / 1_000)}
        aria-valuetext={`${formatClock(atMs)}，共 ${formatClock(durationMs)}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <span className="ui-sound-sides" aria-hidden="true">
          <span>{sides[0]}</span>
          <span>{sides[1]}</span>
        </span>
        <Wave peaks={peaks} marks={marks} durationMs={durationMs} atMs={atMs} onMove={moveTo} />
      </div>
      <div className="ui-sound-line">
        <Button size="small" type="primary" disabled={isBlocked} onClick={toggle}>
          {isPlaying ? '暂停' : '播放'} <Kbd>空格</Kbd>
        </Button>
        <span className="ui-sound-clock">{`${formatClock(atMs)} / ${formatClock(durationMs)}`}</span>
        <span className="ui-spring" />
        <Segmented
          size="small"
          aria-label="速度"
          value={speed}
          options={speeds.map((value) => ({ value, label: `${value}×` }))}
          onChange={setSpeed}
        />
      </div>
      {isBlocked && <p className="ui-sound-words">{blockedReason}</p>}
      <MarkWords marks={marks} durationMs={durationMs} onMove={moveTo} />
    </div>
  )
}

interface WaveProps extends Pick<SoundPlayerProps, 'peaks' | 'marks' | 'durationMs'> {
  readonly atMs: number
  onMove(ms: number): void
}

function Wave({ peaks, marks, durationMs, atMs, onMove }: WaveProps) {
  const count = Math.max(1, peaks.left.length, peaks.right.length)
  const path = useMemo(() => wavePath(peaks.left, half, half - 2) + wavePath(peaks.right, height - half, half - 2), [peaks])
  const x = (ms: number) => (durationMs === 0 ? 0 : (Math.min(ms, durationMs) / durationMs) * count)
  function point(event: PointerEvent<SVGSVGElement>): void {
    if (event.buttons !== 1) return
    const { left, width } = event.currentTarget.getBoundingClientRect()
    onMove(((event.clientX - left) / width) * durationMs)
  }
  return (
    <svg
      className="ui-sound-wave"
      viewBox={`0 0 ${count} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      onPointerDown={point}
      onPointerMove={point}
    >
      {pausesOf(marks, durationMs).map(({ fromMs, untilMs }) => (
        <rect key={fromMs} className="ui-sound-pause" x={x(fromMs)} y={0} width={Math.max(1, x(untilMs) - x(fromMs))} height={height} />
      ))}
      <path className="ui-sound-rest" d={path} />
      <svg
        x={0}
        y={0}
        width={x(atMs)}
        height={height}
        viewBox={`0 0 ${Math.max(0.001, x(atMs))} ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path className="ui-sound-heard" d={path} />
      </svg>
      {gapsOf(marks).map((ms) => (
        <path key={ms} className="ui-sound-gap" d={`M${x(ms)} 0v${height}`} />
      ))}
      <path className="ui-sound-place" d={`M${x(atMs)} 0v${height}`} />
    </svg>
  )
}

/** The same in words: shapes alone tell nobody why it is silent there. */
function MarkWords({ marks, durationMs, onMove }: Pick<SoundPlayerProps, 'marks' | 'durationMs'> & { onMove(ms: number): void }) {
  const pauses = pausesOf(marks, durationMs).map(({ fromMs, untilMs }) => ({
    atMs: fromMs,
    words: `录音暂停 ${formatClock(fromMs)}–${formatClock(untilMs)}`,
  }))
  const gaps = gapsOf(marks).map((atMs) => ({ atMs, words: `${formatClock(atMs)} 前后程序重启，没有录到` }))
  if (pauses.length + gaps.length === 0) return null
  return (
    <p className="ui-sound-words">
      {[...pauses, ...gaps]
        .sort((one, other) => one.atMs - other.atMs)
        .map(({ atMs, words }) => (
          <button key={words} type="button" className="ui-link" onClick={() => onMove(atMs)}>
            <Lamp tone="none" label="" /> {words}
          </button>
        ))}
    </p>
  )
}
