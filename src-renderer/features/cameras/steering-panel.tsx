import { App, Button, Input, InputNumber } from 'antd'
import { type CameraSteering, secondsLeft } from '#shared/domain/camera/steering'
import { useNowAs } from '../../bridge/use-now'
import { ActionButton } from '../../ui/action-button'
import { Kbd } from '../../ui/kbd'
import { Lamp } from '../../ui/lamp'
import { SectionTitle } from '../../ui/pane-header'
import { pressOk } from '../../ui/press-ok'
import type { Steering } from './use-steering'

/** 云台: who has it and for how long, the keys to turn it, presets, home and tour. */
export function SteeringPanel({
  steering,
  accountNo,
  readOnly,
  onSave,
}: {
  readonly steering: Steering
  readonly accountNo: string
  readonly readOnly: string | null
  onSave(): void
}) {
  const { state, canTurn, problem } = steering
  if (!state) return <p className="desk-quiet">{problem?.message ?? '正在读取云台…'}</p>
  if (!canTurn) return <p className="desk-quiet">这路探头没有云台，或中心没有配置。滚轮放大画面，拖动移动。</p>
  return (
    <>
      <SectionTitle title="云台">
        <HandWords state={state} accountNo={accountNo} />
      </SectionTitle>
      {problem && <p className="desk-problem">{problem.message}</p>}
      <Pad steering={steering} readOnly={readOnly} />
      <p className="desk-quiet">方向键转动，+ − 变倍，拖画面、滚轮亦可；停手 15 秒让出，2 分钟后归位。</p>
      <Presets steering={steering} state={state} readOnly={readOnly} onSave={onSave} />
    </>
  )
}

function HandWords({ state, accountNo }: { readonly state: CameraSteering; readonly accountNo: string }) {
  const left = useNowAs(500, (now) => secondsLeft(state, now))
  const { hand } = state.session
  if (state.touring) return <span className="desk-hand">巡航中</span>
  if (!hand || left === 0) return <span className="desk-hand">空闲，一动即占用</span>
  return (
    <span className="desk-hand">
      <Lamp tone={hand.accountNo === accountNo ? 'green' : 'amber'} label="" />{' '}
      {hand.accountNo === accountNo ? '本人' : `${hand.name}（坐席 ${hand.seatNo}）`}
      ·优先级 {hand.priority}·剩 {left} 秒
    </span>
  )
}

const directions = [
  ['↖', -1, 1],
  ['↑', 0, 1],
  ['↗', 1, 1],
  ['←', -1, 0],
  ['⌂', 0, 0],
  ['→', 1, 0],
  ['↙', -1, -1],
  ['↓', 0, -1],
  ['↘', 1, -1],
] as const
const names: Readonly<Record<string, string>> = {
  ...{ '↖': '左上', '↑': '上', '↗': '右上', '←': '左', '⌂': '归位', '→': '右', '↙': '左下', '↓': '下', '↘': '右下' },
}
const speed = 0.5

function Pad({ steering, readOnly }: { readonly steering: Steering; readonly readOnly: string | null }) {
  const { steer } = steering
  const held = (pan: number, tilt: number, zoom: number) => ({
    onPointerDown: (event: React.PointerEvent) => {
      if (readOnly !== null) return
      event.currentTarget.setPointerCapture(event.pointerId)
      steer({ type: 'move', pan: pan * speed, tilt: tilt * speed, zoom: zoom * speed })
    },
    onPointerUp: () => readOnly === null && steer({ type: 'stop' }),
    onPointerCancel: () => readOnly === null && steer({ type: 'stop' }),
  })
  return (
    <div className="desk-pad" aria-disabled={readOnly !== null} title={readOnly ?? undefined}>
      <div className="desk-arrows">
        {directions.map(([sign, pan, tilt]) =>
          sign === '⌂' ? (
            <button key={sign} type="button" tabIndex={-1} aria-label="归位" onClick={() => readOnly === null && steer({ type: 'goHome' })}>
              ⌂
            </button>
          ) : (
            <button key={sign} type="button" tabIndex={-1} aria-label={`向${names[sign]}转`} {...held(pan, tilt, 0)}>
              {sign}
            </button>
          ),
        )}
      </div>
      <div className="desk-zoom">
        <button type="button" tabIndex={-1} aria-label="拉近" {...held(0, 0, 1)}>
          +
        </button>
        <span>变倍</span>
        <button type="button" tabIndex={-1} aria-label="拉远" {...held(0, 0, -1)}>
          −
        </button>
      </div>
    </div>
  )
}

function Presets({
  steering,
  state,
  readOnly,
  onSave,
}: {
  readonly steering: Steering
  readonly state: CameraSteering
  readonly readOnly: string | null
  onSave(): void
}) {
  const { steer } = steering
  const tour = state.presets.length > 1 ? { presets: state.presets.map(({ number }) => number).slice(0, 32), dwellMs: 15_000 } : null
  return (
    <>
      <SectionTitle title="预置位" meta={state.presets.length}>
        {readOnly === null && (
          <Button type="link" size="small" onClick={onSave}>
            存为预置位 <Kbd>S</Kbd>
          </Button>
        )}
      </SectionTitle>
      {state.presets.length === 0 && <p className="desk-quiet">还没有预置位；转到要看的地方，按 S 保存。</p>}
      <ul className="desk-presets">
        {state.presets.map(({ number, name, isLocked }) => (
          <li key={number}>
            <button
              type="button"
              tabIndex={-1}
              className="desk-preset"
              onClick={() => readOnly === null && steer({ type: 'goTo', number })}
            >
              <Kbd framed>{number}</Kbd>
              <span>{name}</span>
              {state.homePreset === number && <small>归位</small>}
            </button>
            {readOnly === null && (
              <>
                <button
                  type="button"
                  tabIndex={-1}
                  className="desk-small"
                  onClick={() => steer({ type: 'lockPreset', number, isLocked: !isLocked })}
                >
                  {isLocked ? '解锁' : '锁定'}
                </button>
                <button
                  type="button"
                  tabIndex={-1}
                  className="desk-small"
                  onClick={() => steer({ type: 'setHome', number: state.homePreset === number ? null : number })}
                >
                  {state.homePreset === number ? '不归位' : '设归位'}
                </button>
                <button type="button" tabIndex={-1} className="desk-small" onClick={() => steer({ type: 'removePreset', number })}>
                  删
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
      <div className="desk-row">
        {state.touring ? (
          <ActionButton size="small" reason={readOnly} onClick={() => steer({ type: 'stopTour' })}>
            停止巡航
          </ActionButton>
        ) : (
          <ActionButton
            size="small"
            reason={readOnly ?? (tour ? null : '至少存两个预置位才能巡航')}
            onClick={() => {
              steer({ type: 'setTour', tour })
              steer({ type: 'startTour' })
            }}
          >
            各预置位巡航
          </ActionButton>
        )}
        <ActionButton size="small" reason={readOnly} onClick={() => steer({ type: 'release' })}>
          让出
        </ActionButton>
      </div>
    </>
  )
}

/** Asks for number and name, and keeps where the camera looks now. */
export function useSavePreset({ state, steer }: Steering): () => void {
  const { modal, message } = App.useApp()
  const free =
    Array.from({ length: 255 }, (_, index) => index + 1).find((number) => !state?.presets.some((one) => one.number === number)) ?? 1

  return () => {
    let [number, name] = [free, '']
    void modal.confirm({
      title: '把现在的画面存为预置位',
      icon: null,
      okText: '保存',
      content: (
        <>
          <p>
            编号 <InputNumber min={1} max={255} defaultValue={number} onChange={(value) => (number = value ?? free)} />
          </p>
          <Input
            autoFocus
            placeholder="名称，如 路口东侧"
            maxLength={20}
            onPressEnter={pressOk}
            onChange={(event) => (name = event.target.value.trim())}
          />
        </>
      ),
      onOk: () => {
        if (name === '') {
          void message.warning('请填写名称。')
          return Promise.reject(new Error('no name'))
        }
        steer({ type: 'savePreset', number, name })
        return undefined
      },
    })
  }
}
