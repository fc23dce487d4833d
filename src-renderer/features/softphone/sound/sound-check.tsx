import { App } from 'antd'
import { useState } from 'react'
import type { TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import type { CheckSteps } from '#shared/domain/call/seat-check'
import { browserClock } from '../../../bridge/browser-clock'
import { useBridge, useTopic } from '../../../bridge/react'
import { ActionButton } from '../../../ui/action-button'
import { Lamp } from '../../../ui/lamp'
import { lineWords } from '../line-words'
import type { SeatSound } from './seat-sound'
import type { SoundState } from './sound-state'

/** What the person said after hearing; a program cannot know. */
type Heard = 'untried' | 'trying' | 'asked' | 'good' | 'bad'

const trialMs = 3_000

/**
 * Before a shift: does the line stand, is the headset heard, is the microphone understood, does the exchange carry speech both ways, is the centre
 * there. Five lamps, a minute of work; what it came to is kept at the centre for the seat and the day.
 */
export function SoundCheck({ sound, state }: { readonly sound: SeatSound; readonly state: SoundState }) {
  const telephone = useTopic('telephone.changed')
  const connection = useTopic('connection.changed')
  const [speaker, setSpeaker] = useState<Heard>('untried')
  const [voice, setVoice] = useState<Heard>('untried')
  const { echo, answerEcho, dialEcho, trial } = useEcho(telephone)
  const line = lineWords(telephone)
  const inCall = telephone && telephone.calls.length > 0 ? '通话中不能试音' : null
  const noSpeaker = state.speaker.label === null ? '没有听筒' : inCall
  const noVoice = state.microphone.state === 'present' ? noSpeaker : state.microphone.state === 'denied' ? '未允许使用话筒' : '没有话筒'

  function trySpeaker(): void {
    sound.tryTone('speaker')
    setSpeaker('asked')
  }
  async function tryVoice(): Promise<void> {
    setVoice('trying')
    const said = await recordFor(sound.voice(), trialMs)
    if (!said) return setVoice('bad')
    await sound.playBack(said).catch(() => {})
    setVoice('asked')
  }
  return (
    <ul className="sound-check" aria-label="话机自检">
      <li>
        <Lamp tone={line.tone} label="" />
        <b>线路</b>
        <span title={line.hint}>{line.words.replace(/^线路 /, '')}</span>
      </li>
      <li>
        <Lamp tone={lampOf(speaker)} label="" />
        <b>听筒</b>
        <Answer heard={speaker} question="听到提示音了吗？" onAnswer={setSpeaker} bad="没听到：看音量和听筒设备">
          <ActionButton size="small" reason={noSpeaker} onClick={trySpeaker}>
            放提示音
          </ActionButton>
        </Answer>
      </li>
      <li>
        <Lamp tone={lampOf(voice)} label="" />
        <b>话筒</b>
        <Answer heard={voice} question="听清自己的话了吗？" onAnswer={setVoice} bad="没听清：看静音开关和话筒设备">
          <ActionButton size="small" reason={voice === 'trying' ? '正在录，请说话' : noVoice} onClick={() => void tryVoice()}>
            {voice === 'trying' ? '请说话…' : '说三秒再听'}
          </ActionButton>
        </Answer>
      </li>
      <li>
        <Lamp tone={lampOf(echo)} label="" />
        <b>回音</b>
        {telephone?.echoNumber == null ? (
          <span>交换机没有回音号，不试</span>
        ) : (
          <Answer
            heard={trial?.phase === 'talking' && echo === 'trying' ? 'asked' : echo}
            question="说几句，听到自己了吗？"
            onAnswer={answerEcho}
            bad="没听到：线路单通，请通知系统管理员"
          >
            <ActionButton size="small" reason={line.tone !== 'green' ? '线路不通' : (inCall ?? noVoice)} onClick={() => void dialEcho()}>
              {trial ? '正在拨…' : `拨 ${telephone.echoNumber}`}
            </ActionButton>
          </Answer>
        )}
      </li>
      <li>
        <Lamp tone={connection?.state === 'online' ? 'green' : 'red'} label="" />
        <b>中心</b>
        <span>{connection?.state === 'online' ? '已连' : '离线，记录先存本机'}</span>
      </li>
      <li className="sound-check-end">
        <KeepCheck
          steps={{
            line: line.tone === 'green' ? 'good' : 'bad',
            speaker: outcomeOf(speaker),
            microphone: outcomeOf(voice),
            echo: outcomeOf(echo),
            centre: connection?.state === 'online' ? 'good' : 'bad',
          }}
          isTried={speaker === 'good' || speaker === 'bad' || voice === 'good' || voice === 'bad'}
        />
      </li>
    </ul>
  )
}

const outcomeOf = (heard: Heard) => (heard === 'good' || heard === 'bad' ? heard : 'skipped')

/** The echo call: a call like any other, ended with the answer. */
function useEcho(telephone: TelephoneView | undefined) {
  const { call } = useBridge()
  const { message } = App.useApp()
  const [echo, setEcho] = useState<Heard>('untried')
  const trial = telephone?.calls.find(({ purpose }) => purpose === 'test')
  async function dialEcho(): Promise<void> {
    if (telephone?.echoNumber == null) return
    setEcho('trying')
    const dialled = await call('telephone.dial', { number: telephone.echoNumber, purpose: 'test' })
    if (dialled.ok) return
    setEcho('bad')
    void message.error(dialled.error.message)
  }
  function answerEcho(heard: Heard): void {
    setEcho(heard)
    if (trial) void call('telephone.hangUp', { callId: trial.callId, pressedMs: 0 })
  }
  return { echo, dialEcho, answerEcho, trial }
}

function KeepCheck({ steps, isTried }: { readonly steps: CheckSteps; readonly isTried: boolean }) {
  const { call } = useBridge()
  const { message } = App.useApp()
  async function keep(): Promise<void> {
    const kept = await call('telephone.keepCheck', { steps })
    if (kept.ok) void message.success('今天的自检已记下，值班长看得见。')
    else void message.error(kept.error.message)
  }
  return (
    <ActionButton size="small" type="primary" reason={isTried ? null : '先试听筒和话筒'} onClick={() => void keep()}>
      记下结果
    </ActionButton>
  )
}

const lampOf = (heard: Heard) => (heard === 'good' ? 'green' : heard === 'bad' ? 'red' : 'none')

function Answer(given: {
  readonly heard: Heard
  readonly question: string
  readonly bad: string
  readonly children: React.ReactNode
  onAnswer(heard: Heard): void
}) {
  const { heard, question, bad, children, onAnswer } = given
  return (
    <span className="sound-answer">
      {children}
      {heard === 'asked' && (
        <>
          <span>{question}</span>
          <ActionButton size="small" onClick={() => onAnswer('good')}>
            是
          </ActionButton>
          <ActionButton size="small" onClick={() => onAnswer('bad')}>
            否
          </ActionButton>
        </>
      )}
      {heard === 'good' && <span>正常</span>}
      {heard === 'bad' && <span>{bad}</span>}
    </span>
  )
}

/** Null: the browser cannot record this track. */
function recordFor(track: MediaStreamTrack, ms: number): Promise<Blob | null> {
  return new Promise((resolve) => {
    const parts: Blob[] = []
    try {
      const recorder = new MediaRecorder(new MediaStream([track]))
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
      recorder.addEventListener('stop', () => resolve(new Blob(parts, { type: recorder.mimeType })))
      recorder.addEventListener('error', () => resolve(null))
      recorder.start()
      browserClock.after(ms, () => recorder.state !== 'inactive' && recorder.stop())
    } catch {
      resolve(null)
    }
  })
}
