import { App, InputNumber, Select, Slider, Switch } from 'antd'
import { useId } from 'react'
import type { DeviceChoice, TelephoneSettings } from '#shared/contracts/seat-api/telephone-views'
import { useBridge, useTopic } from '../../../bridge/react'
import { LoadingState } from '../../../ui/states'
import type { Devices } from './devices'

const systemDefault = ''

/** Devices, volumes and answering by itself, kept for this PC as they are changed. */
export function SoundSettings({ devices }: { readonly devices: Devices }) {
  const settings = useTopic('telephoneSettings.changed')
  const { call } = useBridge()
  const { message } = App.useApp()
  if (!settings) return <LoadingState what="话机设置" />
  async function save(change: Partial<TelephoneSettings>): Promise<void> {
    if (!settings) return
    const saved = await call('telephone.saveSettings', { ...settings, ...change })
    if (!saved.ok) void message.error(saved.error.message)
  }
  const { microphone, speaker, ringer, speakerVolume, ringerVolume, microphoneGain, improvesMicrophone } = settings
  return (
    <div className="sound-settings">
      <DeviceRow name="话筒" list={devices.microphones} value={microphone} onChange={(next) => void save({ microphone: next })} />
      <Loudness
        name="话筒增益"
        value={microphoneGain}
        most={2}
        reason="送给对方的大小"
        onChange={(next) => void save({ microphoneGain: next })}
      />
      <SwitchRow
        name="降噪"
        words="回声消除、降噪、自动增益；耳机自带时可关"
        isOn={improvesMicrophone}
        onChange={(next) => void save({ improvesMicrophone: next })}
      />
      <DeviceRow name="听筒" list={devices.speakers} value={speaker} onChange={(next) => void save({ speaker: next })} />
      <Loudness
        name="听筒音量"
        value={speakerVolume}
        most={1}
        reason="您听到的大小"
        onChange={(next) => void save({ speakerVolume: next })}
      />
      <DeviceRow name="响铃" list={devices.speakers} value={ringer} onChange={(next) => void save({ ringer: next })} />
      <Loudness
        name="响铃音量"
        value={ringerVolume}
        most={1}
        reason="来电铃声的大小"
        onChange={(next) => void save({ ringerVolume: next })}
      />
      <SwitchRow
        name="自动应答"
        words={settings.answersItself ? '振铃后' : '来电须按 F2 应答'}
        isOn={settings.answersItself}
        onChange={(next) => void save({ answersItself: next })}
      >
        {settings.answersItself && (
          <InputNumber
            aria-label="振铃多少秒后自动应答"
            size="small"
            min={0}
            max={10}
            step={1}
            suffix="秒"
            value={settings.answersItselfAfterMs / 1000}
            onChange={(seconds) => seconds !== null && void save({ answersItselfAfterMs: Math.round(seconds * 1000) })}
          />
        )}
      </SwitchRow>
    </div>
  )
}

interface DeviceRowProps {
  readonly name: string
  readonly list: readonly DeviceChoice[]
  readonly value: DeviceChoice | null
  onChange(next: DeviceChoice | null): void
}

function DeviceRow({ name, list, value, onChange }: DeviceRowProps) {
  const id = useId()
  const named = list.filter(({ deviceId }) => deviceId !== 'default')
  const isThere = value === null || named.some(({ deviceId, label }) => deviceId === value.deviceId || label === value.label)
  const current = named.find(({ deviceId }) => deviceId === value?.deviceId) ?? named.find(({ label }) => label === value?.label) ?? value
  const options = [
    { value: systemDefault, label: list.length === 0 ? '随系统（本机没有）' : '随系统' },
    ...named.map(({ deviceId, label }) => ({ value: deviceId, label: label || '未命名设备' })),
    ...(value && !isThere ? [{ value: value.deviceId, label: `${value.label}（未插上）` }] : []),
  ]
  return (
    <div className="sound-row">
      <label htmlFor={id}>{name}</label>
      <Select
        id={id}
        size="small"
        value={current?.deviceId ?? systemDefault}
        options={options}
        {...(!isThere && { status: 'warning' as const })}
        onChange={(deviceId) => {
          const chosen = named.find((device) => device.deviceId === deviceId)
          onChange(chosen ? { deviceId, label: chosen.label } : null)
        }}
      />
    </div>
  )
}

interface LoudnessProps {
  readonly name: string
  readonly value: number
  readonly most: number
  readonly reason: string
  onChange(next: number): void
}

function Loudness({ name, value, most, reason, onChange }: LoudnessProps) {
  return (
    <div className="sound-row">
      <span title={reason}>{name}</span>
      <Slider
        ariaLabelForHandle={name}
        min={0}
        max={most}
        step={0.05}
        defaultValue={value}
        onChangeComplete={onChange}
        tooltip={{ formatter: (share = 0) => `${Math.round(share * 100)}%` }}
      />
    </div>
  )
}

function SwitchRow(given: {
  readonly name: string
  readonly words: string
  readonly isOn: boolean
  readonly children?: React.ReactNode
  onChange(isOn: boolean): void
}) {
  return (
    <div className="sound-row">
      <span>{given.name}</span>
      <span className="sound-switch">
        <Switch size="small" aria-label={given.name} checked={given.isOn} onChange={given.onChange} />
        <span className="ui-meta">{given.words}</span>
        {given.children}
      </span>
    </div>
  )
}
