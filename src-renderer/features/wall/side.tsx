import { App, Button } from 'antd'
import { useState } from 'react'
import { cellName, type Rule, type Scene, sceneKeys, type Tour, type Wall } from '#shared/domain/wall/wall'
import { useNow } from '../../bridge/use-now'
import { ActionButton } from '../../ui/action-button'
import { Kbd } from '../../ui/kbd'
import { Lamp } from '../../ui/lamp'
import { SectionTitle } from '../../ui/pane-header'
import { EmptyState } from '../../ui/states'
import { formatMoment } from '../../ui/time-format'
import { RuleForm, ScheduleForm } from './rule-form'
import type { WallActions } from './use-wall-actions'

/** Scenes with their keys, tours with where they are, rules with what they hold. */
export function WallSide({
  wall,
  actions,
  readOnly,
  children,
}: {
  readonly children: React.ReactNode
  readonly wall: Wall
  readonly actions: WallActions
  readonly readOnly: string | null
}) {
  return (
    <aside className="wall-side" aria-label="场景与轮巡">
      <Scenes wall={wall} actions={actions} readOnly={readOnly} />
      <Tours wall={wall} actions={actions} readOnly={readOnly} />
      <Rules wall={wall} actions={actions} readOnly={readOnly} />
      {children}
    </aside>
  )
}

interface PartProps {
  readonly wall: Wall
  readonly actions: WallActions
  readonly readOnly: string | null
}

export function scenesInOrder(scenes: readonly Scene[]): readonly Scene[] {
  const place = ({ key }: Scene) => (key === null ? sceneKeys.length : sceneKeys.indexOf(key))
  return [...scenes].sort((a, b) => place(a) - place(b) || a.name.localeCompare(b.name, 'zh'))
}

function Scenes({ wall, actions, readOnly }: PartProps) {
  const now = useNow(30_000)
  const { modal } = App.useApp()
  const [timed, setTimed] = useState<Scene>()
  const newest = wall.scenes.reduce((latest, { recalledAt }) => Math.max(latest, recalledAt ?? 0), 0)
  return (
    <section>
      <SectionTitle title="场景" meta="按一键调用">
        {readOnly === null && (
          <Button type="link" size="small" onClick={actions.saveScene}>
            存为场景 <Kbd>Ctrl+S</Kbd>
          </Button>
        )}
      </SectionTitle>
      {wall.scenes.length === 0 && <EmptyState text="还没有场景；把大屏摆好，" keys="Ctrl+S" action="存为场景" />}
      <ul className="wall-scenes">
        {scenesInOrder(wall.scenes).map((scene) => (
          <li key={scene.sceneId} className={scene.recalledAt === newest && newest > 0 ? 'wall-scene wall-current' : 'wall-scene'}>
            <button
              type="button"
              tabIndex={-1}
              aria-disabled={readOnly !== null}
              title={readOnly ?? `调用场景 ${scene.name}`}
              onClick={() => readOnly === null && actions.recall(scene)}
            >
              <Kbd framed>{scene.key ?? '　'}</Kbd>
              <span className="wall-name">{scene.name}</span>
              <span className="wall-quiet">{scopeWords(scene)}</span>
              <span className="wall-quiet wall-when">
                {scheduleWords(scene) ?? (scene.recalledAt ? formatMoment(scene.recalledAt, now) : '')}
              </span>
            </button>
            {readOnly === null && (
              <button
                type="button"
                tabIndex={-1}
                className="wall-remove"
                aria-label={`场景 ${scene.name} 定时`}
                title="定时调用"
                onClick={() => setTimed(scene)}
              >
                ◷
              </button>
            )}
            {readOnly === null && (
              <button
                type="button"
                tabIndex={-1}
                className="wall-remove"
                aria-label={`删除场景 ${scene.name}`}
                onClick={() =>
                  void modal.confirm({
                    title: `删除场景“${scene.name}”？`,
                    content: '大屏上的画面不变。',
                    okText: '删除',
                    onOk: () => actions.remove('scene', scene.sceneId),
                  })
                }
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ul>
      {timed && (
        <ScheduleForm
          scene={timed}
          onSave={(scene) => actions.save({ kind: 'scene', scene }, scene.sceneId, `已保存“${scene.name}”的定时`)}
          onClose={() => setTimed(undefined)}
        />
      )}
    </section>
  )
}

function scopeWords({ layout, cells }: Scene): string {
  if (layout) return '整屏'
  const [first, last] = [cells[0], cells.at(-1)]
  if (!first || !last) return ''
  return first === last ? `格 ${cellName(first.cell)}` : `格 ${cellName(first.cell)}–${cellName(last.cell)}`
}

function scheduleWords({ schedule }: Scene): string | undefined {
  if (!schedule) return undefined
  const [hour, minute] = [Math.floor(schedule.minuteOfDay / 60), schedule.minuteOfDay % 60]
  return `定时 ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

function Tours({ wall, actions, readOnly }: PartProps) {
  const running = wall.tours.filter(({ run }) => run !== null)
  return (
    <section>
      <SectionTitle title="轮巡" meta={`${running.length} 进行`}>
        {readOnly === null && (
          <>
            <Button type="link" size="small" onClick={actions.newTour}>
              新建 <Kbd>N</Kbd>
            </Button>
            {running.length > 0 && (
              <Button type="link" size="small" onClick={actions.yieldTours}>
                全部让停 <Kbd>T</Kbd>
              </Button>
            )}
          </>
        )}
      </SectionTitle>
      {wall.tours.length === 0 && <EmptyState text="还没有轮巡；选中一格，" keys="N" action="新建" />}
      <ul className="wall-tours">
        {wall.tours.map((tour) => (
          <TourRow key={tour.tourId} tour={tour} actions={actions} readOnly={readOnly} isLost={wall.driver.status !== 'connected'} />
        ))}
      </ul>
    </section>
  )
}

function TourRow({ tour, actions, readOnly, isLost }: Omit<PartProps, 'wall'> & { readonly tour: Tour; readonly isLost: boolean }) {
  const now = useNow(1_000)
  const { run } = tour
  const left = run ? Math.max(0, Math.round((run.dueAt - now) / 1_000)) : 0
  const words =
    run === null ? '未启动' : isLost ? '大屏未连接，停着' : run.state === 'yielding' ? `让人工，剩 ${left} 秒` : `本站剩 ${left} 秒`
  const done = run ? ((run.index + 1) / tour.stops.length) * 100 : 0
  return (
    <li className="wall-tour">
      <Lamp tone={run === null ? 'none' : run.state === 'yielding' || isLost ? 'amber' : 'green'} label={run === null ? '未启动' : ''} />
      <span className="wall-name">{tour.name}</span>
      <span className="wall-quiet">
        格 {cellName(tour.cell)}·停 {tour.dwellMs / 1_000} 秒·{run ? run.index + 1 : 0}/{tour.stops.length}
      </span>
      <span className="wall-track" aria-hidden="true">
        <span style={{ width: `${done}%` }} />
      </span>
      <span className="wall-quiet">{words}</span>
      <span className="wall-tour-keys">
        <ActionButton size="small" reason={readOnly} onClick={() => actions.runTour(tour, run === null)}>
          {run === null ? '启动' : '停止'}
        </ActionButton>
        {readOnly === null && run === null && (
          <Button size="small" type="text" aria-label={`删除轮巡 ${tour.name}`} onClick={() => void actions.remove('tour', tour.tourId)}>
            删除
          </Button>
        )}
      </span>
    </li>
  )
}

function Rules({ wall, actions, readOnly }: PartProps) {
  const [edited, setEdited] = useState<Rule | 'new'>()
  return (
    <section>
      <SectionTitle title="规则" meta={`${wall.rules.filter(({ isEnabled }) => isEnabled).length} 启用`}>
        {readOnly === null && (
          <Button type="link" size="small" onClick={() => setEdited('new')}>
            新建
          </Button>
        )}
      </SectionTitle>
      <ul className="wall-tours">
        {wall.rules.map((rule) => {
          const held = wall.cells.filter(({ taken }) => taken?.ruleId === rule.ruleId)
          return (
            <li key={rule.ruleId} className="wall-rule">
              <Lamp tone={!rule.isEnabled ? 'none' : held.length > 0 ? 'amber' : 'green'} label={rule.isEnabled ? '启用' : '停用'} />
              <span className="wall-name">{rule.name}</span>
              <span className="wall-quiet">
                {held.length > 0
                  ? `占用格 ${held.map(({ cell }) => cellName(cell)).join('、')}`
                  : `格 ${rule.cells.map(cellName).join('、')}`}
              </span>
              {readOnly === null && (
                <span className="wall-rule-keys">
                  <button type="button" tabIndex={-1} onClick={() => setEdited(rule)}>
                    改
                  </button>
                  <button type="button" tabIndex={-1} onClick={() => void actions.remove('rule', rule.ruleId)}>
                    删
                  </button>
                </span>
              )}
            </li>
          )
        })}
      </ul>
      {edited && (
        <RuleForm
          wall={wall}
          rule={edited === 'new' ? null : edited}
          onSave={(rule) => actions.save({ kind: 'rule', rule }, rule.ruleId, `已保存规则“${rule.name}”`)}
          onClose={() => setEdited(undefined)}
        />
      )}
    </section>
  )
}
