import { type Ref, useImperativeHandle, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { OutputOfCommand } from '#shared/contracts/seat-api/table'
import { mayHear } from '#shared/domain/call/recording'
import { useBridge, useTopic } from '../../bridge/react'
import { ActionButton } from '../../ui/action-button'
import { type SoundHandle, SoundPlayer } from '../../ui/sound/sound-player'
import { CodedError } from '../../ui/states'
import type { ListedCall } from './use-call-pages'

export type PlayedCall = Pick<ListedCall, 'callId' | 'recordingId' | 'accountNo' | 'recordingState'>

/** For a form beside it. `at` is null while nothing is opened. */
export interface PlaybackHandle {
  /** Opens the recording; one that is open is played or stopped. */
  play(): void
  step(ms: number): void
  moveTo(ms: number): void
  at(): number | null
}

/**
 * The recording of a call. Opening it is an act that the audit sees, so nothing is fetched before somebody asks. Who is on the telephone hears the citizen
 * and nothing else.
 */
export function Playback({ ref, call }: { readonly ref?: Ref<PlaybackHandle>; readonly call: PlayedCall }) {
  const player = useRef<SoundHandle>(null)
  const bridge = useBridge()
  const me = useTopic('session.changed')?.agent
  const isInCall = (useTopic('telephone.changed')?.calls.length ?? 0) > 0
  const [opened, setOpened] = useState<OutputOfCommand<'recordings.open'>>()
  const [error, setError] = useState<Pick<AppError, 'code' | 'message' | 'retryable'>>()
  const [isOpening, setOpening] = useState(false)
  const { callId, recordingId } = call
  const busy = isInCall ? '正在通话，结束后再听' : null
  const reason = busy ?? (me && mayHear(me, call.accountNo) ? stateReason(call) : '他人接听的电话，只有本人、值班长和质检岗位可以听')

  async function open(): Promise<void> {
    if (recordingId === null) return
    setOpening(true)
    const answer = await bridge.call('recordings.open', { callId, recordingId })
    setOpening(false)
    setError(answer.ok ? undefined : answer.error)
    setOpened(answer.ok ? answer.value : undefined)
  }
  useImperativeHandle(ref, () => ({
    play: () => (player.current ? player.current.toggle() : reason === null && void open()),
    step: (ms) => player.current?.step(ms),
    moveTo: (ms) => player.current?.moveTo(ms),
    at: () => player.current?.at() ?? null,
  }))
  if (recordingId === null) return null
  return (
    <section className="calls-playback" aria-label="录音">
      {opened ? (
        <SoundPlayer
          key={opened.playId}
          ref={player}
          src={`/recordings/${opened.playId}.wav`}
          durationMs={opened.durationMs}
          peaks={opened.peaks}
          marks={opened.marks}
          sides={['对方', '坐席']}
          blockedReason={busy}
          autoPlay
          onFailed={() => {
            setOpened(undefined)
            setError(broken)
          }}
        />
      ) : (
        <div className="calls-wrap-up-line">
          <ActionButton size="small" reason={reason} loading={isOpening} onClick={() => void open()}>
            收听录音
          </ActionButton>
          <span className="calls-quiet">每次收听都记入审计</span>
        </div>
      )}
      {error && <CodedError error={error} onRetry={() => void open()} />}
    </section>
  )
}

const broken = {
  code: 'recording/unknown',
  message: '录音放不出来：与中心或本机录音的连接断了，或已锁定过坐席。请重新打开。',
  retryable: true,
} as const

/** Only the centre says where a recording stands; of a seat's own call it is tried. */
function stateReason({ recordingState }: PlayedCall): string | null {
  if (recordingState === 'awaited' || recordingState === 'receiving') return '录音还在坐席本机，线路空闲时上传，请稍后再听'
  if (recordingState === 'purged') return '录音已过保存期限，按规定清除'
  return recordingState === 'refused' ? '录音没有通过核对，中心没有收下' : null
}
