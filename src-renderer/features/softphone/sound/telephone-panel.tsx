import { App } from 'antd'
import { faultWords } from '#shared/domain/agent/answerability'
import { useBridge, useTopic } from '../../../bridge/react'
import { ActionButton } from '../../../ui/action-button'
import { Lamp } from '../../../ui/lamp'
import { Fact, SectionTitle } from '../../../ui/pane-header'
import { LoadingState } from '../../../ui/states'
import { useHeadsetButtons } from '../headset/headset-buttons-provider'
import { lineWords } from '../line-words'
import { LevelMeter } from './level-meter'
import { useSeatSound, useSoundState } from './seat-sound-provider'
import { SoundCheck } from './sound-check'
import { SoundSettings } from './sound-settings'
import type { DeviceInUse, SoundState } from './sound-state'
import './sound.css'

/** The telephone of this PC: what its line and its headset do, the check before the shift, and the devices. */
export function TelephonePanel() {
  const telephone = useTopic('telephone.changed')
  const sound = useSeatSound()
  const state = useSoundState()
  const { call } = useBridge()
  const { message } = App.useApp()
  if (!telephone) return <LoadingState what="话机" />
  const line = lineWords(telephone)
  async function reconnect(): Promise<void> {
    const asked = await call('telephone.reconnect', {})
    if (asked.ok) void message.info('正在重新注册线路。')
    else void message.error(asked.error.message)
  }
  return (
    <section className="ui-pane status-panel" aria-label="话机">
      <SectionTitle title="线路" meta={telephone.isDemonstration ? '演示交换机' : undefined}>
        <ActionButton size="small" reason={telephone.line === 'configured' ? null : '本坐席没有配置电话'} onClick={() => void reconnect()}>
          重新注册
        </ActionButton>
      </SectionTitle>
      <dl className="ui-facts">
        <Fact name="状态">
          <span className="ui-sync" title={line.hint}>
            <Lamp tone={line.tone} label="" />
            {line.words.replace(/^线路 /, '')}
          </span>
        </Fact>
        <Fact name="分机">
          {telephone.extension ?? '—'}
          {telephone.exchangeName !== null && `，${telephone.exchangeName}`}
        </Fact>
        {telephone.faults.map((fault) => (
          <Fact key={fault} name={faultWords[fault].name}>
            {faultWords[fault].mend}
          </Fact>
        ))}
      </dl>
      <SectionTitle title="耳机">{sound && <LevelMeter sound={sound} />}</SectionTitle>
      {state ? <HeadsetFacts state={state} /> : <p className="status-line">{withoutSound(telephone.line)}</p>}
      {sound && state && (
        <>
          <SectionTitle title="话机自检" meta="班前各按一次" />
          <SoundCheck sound={sound} state={state} />
        </>
      )}
      <SectionTitle title="设备与音量" meta="改了就存，只对本机" />
      <SoundSettings devices={state?.devices ?? { microphones: [], speakers: [] }} />
    </section>
  )
}

const withoutSound = (line: string): string =>
  line === 'configured' ? '本坐席的另一个窗口正在使用耳机；关掉那个窗口，这里自动接上。' : '本坐席没有配置电话，不占用话筒。'

const links = { up: '已连通', connecting: '连接中', down: '未连通，自动重连中', elsewhere: '另一个窗口在用' } as const

function HeadsetFacts({ state }: { readonly state: SoundState }) {
  const { link, error, microphone, speaker } = state
  return (
    <dl className="ui-facts">
      <Fact name="话音通路">
        <span className="ui-sync">
          <Lamp tone={link === 'up' ? 'green' : link === 'down' ? 'red' : 'late'} label="" />
          {links[link]}
          {error && link !== 'up' && `（${error.message}）`}
        </span>
      </Fact>
      <Fact name="话筒">{microphone.state === 'denied' ? '未允许使用' : inUse(microphone)}</Fact>
      <Fact name="听筒">{inUse(speaker)}</Fact>
      <HeadsetButtonsFact />
    </dl>
  )
}

const buttonNames = { hook: '接听挂机', mute: '静音', flash: '切换', drop: '拒接' } as const

/** With the keys that do the same, as long as there are no buttons. */
function HeadsetButtonsFact() {
  const headset = useHeadsetButtons()
  const { message } = App.useApp()
  const keys = '应答 F2，静音 F3，挂机按住 F12'
  if (!headset) return <Fact name="耳机按键">此窗口用不了：{keys}</Fact>
  const { buttons, state } = headset
  if (state.name !== null)
    return (
      <Fact name="耳机按键">
        {state.name}：{state.buttons.map((button) => buttonNames[button]).join('、')}。来电人在线时，三秒内连按两次才挂断
      </Fact>
    )
  const choose = async (): Promise<void> => {
    if (!(await buttons.choose())) void message.info('没有接入耳机按键。')
  }
  return (
    <Fact name="耳机按键">
      没有接入（{keys}）{' '}
      <ActionButton size="small" type="link" onClick={() => void choose()}>
        接入…
      </ActionButton>
    </Fact>
  )
}

const inUse = ({ label, isSubstitute }: DeviceInUse): string =>
  label === null ? '没有' : isSubstitute ? `${label}（选定的未插上，暂用此代替）` : label
