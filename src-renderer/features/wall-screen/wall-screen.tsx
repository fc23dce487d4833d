import { useEffect, useRef, useState } from 'react'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { unitsPerScreen } from '#shared/domain/wall/layout'
import { cellName } from '#shared/domain/wall/wall'
import { browserClock } from '../../bridge/browser-clock'
import { randomId } from '../../bridge/random-id'
import { useBridge, useTopic } from '../../bridge/react'
import { CameraPicture } from '../../ui/camera-picture'
import './wall-screen.css'

type View = NonNullable<StateOfTopic<'wallScreens.changed'>>
type Cell = View['cells'][number]

/** Twice within what the core takes for silence. */
const reportEveryMs = 2_000

/** One window of the software wall: its part of the wall, full, and word to the core of what is really painted. */
export function WallScreen({ screen }: { readonly screen: number }) {
  const view = useTopic('wallScreens.changed')
  const own = view?.screens.find((one) => one.screen === screen)
  useReports(screen, view ?? null)
  useEffect(() => {
    document.title = view ? `${view.name} 大屏窗口 ${screen}` : `大屏窗口 ${screen}`
  }, [view, screen])
  const fill = () => void document.documentElement.requestFullscreen().catch(() => undefined)
  if (!view || !own) return <p className="screen-dark">大屏窗口 {screen}：等待驱动坐席签入</p>
  if (!view.isOn) return <p className="screen-dark">已关屏</p>
  return (
    <main className="screen" onDoubleClick={fill} title={document.fullscreenElement ? '' : '双击或按 F11 全屏'}>
      {view.layout === null && <p className="screen-dark">{view.name} 已连接，等待上屏。双击或按 F11 全屏</p>}
      {view.layout?.tiles.map((tile) => {
        const part = own.part
        const share = (units: number, from: number, length: number) => `${((units / unitsPerScreen - from) / length) * 100}%`
        const cell = view.cells.find((one) => one.cell === tile.cell)
        return (
          <section
            key={tile.cell}
            className="screen-tile"
            aria-label={`格 ${cellName(tile.cell)}`}
            style={{
              left: share(tile.x, part.x, part.width),
              top: share(tile.y, part.y, part.height),
              width: share(tile.width, 0, part.width),
              height: share(tile.height, 0, part.height),
            }}
          >
            {cell && <Shown cell={cell} share={tile.width / unitsPerScreen / part.width} />}
            <b className="screen-no">{cellName(tile.cell)}</b>
          </section>
        )
      })}
      {view.isDemonstration && <span className="screen-demo">演示：画面由程序生成</span>}
    </main>
  )
}

/** Wider than this a tile takes the large picture. */
const smallPictureWidth = 640

function Shown({ cell, share }: { readonly cell: Cell; readonly share: number }) {
  const { content, facts } = cell
  if (!content) return <span className="screen-empty" />
  if (content.kind === 'camera')
    return (
      <CameraPicture
        cameraNo={content.id}
        quality={share * window.innerWidth > smallPictureWidth ? 'main' : 'sub'}
        title={content.title.replace(`${content.id} `, '')}
        isOnWall
      />
    )
  if (!facts) return <p className="screen-problem">{problemOf(cell)}</p>
  return (
    <div className="screen-facts">
      <h2>{facts.title}</h2>
      <dl>
        {facts.rows.map(({ name, value, tone }) => (
          <div key={name} className={`screen-${tone}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

const problemOf = ({ content, facts }: Cell): string | null => {
  if (content?.kind === 'map') return '软件大屏还不能显示地图'
  if (content?.kind === 'web') return '软件大屏还不能显示网页'
  return content && content.kind !== 'camera' && !facts ? '没有可以显示的内容' : null
}

/** After each paint, and every two seconds as a sign of life. */
function useReports(screen: number, view: View | null): void {
  const { call } = useBridge()
  const [runId] = useState(randomId)
  const latest = useRef(view)
  latest.current = view
  // biome-ignore lint/correctness/useExhaustiveDependencies: each order is reported once it is painted.
  useEffect(() => {
    const report = (isLeaving: boolean) => {
      const now = latest.current
      // Nobody is signed in who may drive it: nothing is shown and nothing is said.
      if (!now) return
      const cells = now.cells.map((cell) => ({
        cell: cell.cell,
        content: cell.content && { kind: cell.content.kind, id: cell.content.id },
        problem: problemOf(cell),
      }))
      void call('wallScreens.shown', { screen, runId, order: now.order, isLeaving, cells })
    }
    const painted = requestAnimationFrame(() => requestAnimationFrame(() => report(false)))
    const stop = browserClock.every(reportEveryMs, () => report(false))
    const leave = () => report(true)
    window.addEventListener('pagehide', leave)
    return () => {
      cancelAnimationFrame(painted)
      stop()
      window.removeEventListener('pagehide', leave)
    }
  }, [call, screen, runId, view])
}
