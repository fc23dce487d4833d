import { Splitter } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { paneOf } from '../panes'
import { useFrame } from './frame-context'
import { PaneFrame } from './pane-frame'

/** The working area: one pane, or two with a line between them that mouse and arrow keys move. The new width is kept when the mouse lets go. */
export function Workspace() {
  const { layout, resizeSide } = useFrame()
  const [draggedShare, setDraggedShare] = useState<number>()
  const main = paneOf(layout.main)
  const side = layout.side === null ? undefined : paneOf(layout.side)
  const share = draggedShare ?? layout.sideShare
  const area = useKeyboardSplit(layout.sideShare, side !== undefined)

  function onSplitKey(event: KeyboardEvent): void {
    const isSeparator = event.target instanceof HTMLElement && event.target.getAttribute('role') === 'separator'
    if (!isSeparator || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return
    event.preventDefault()
    resizeSide(layout.sideShare + (event.key === 'ArrowLeft' ? 2 : -2))
  }
  function onResizeEnd(sizes: readonly number[]): void {
    setDraggedShare(undefined)
    if (side) resizeSide(shareOf(sizes))
  }

  return (
    <main className="workspace" ref={area} onKeyDown={onSplitKey}>
      <Splitter onResize={(sizes) => side && setDraggedShare(shareOf(sizes))} onResizeEnd={onResizeEnd}>
        <Splitter.Panel min="30%" {...(side && { size: `${100 - share}%` })}>
          {main && <PaneFrame key={main.id} pane={main} place="main" />}
        </Splitter.Panel>
        {side && (
          <Splitter.Panel min="15%" size={`${share}%`}>
            <PaneFrame key={side.id} pane={side} place="side" />
          </Splitter.Panel>
        )}
      </Splitter>
    </main>
  )
}

function shareOf([main = 1, side = 0]: readonly number[]): number {
  return (side / (main + side)) * 100
}

/** Ant Design's dragger follows the mouse only: it becomes reachable by Tab and says what it is (WAI-ARIA window splitter pattern). */
function useKeyboardSplit(sideShare: number, hasSide: boolean) {
  const area = useRef<HTMLElement>(null)
  useEffect(() => {
    const separator = area.current?.querySelector<HTMLElement>('[role="separator"]')
    if (!separator || !hasSide) return
    separator.tabIndex = 0
    separator.setAttribute('aria-label', `并排宽度，旁边占 ${sideShare}%，用左右键调整`)
  }, [sideShare, hasSide])
  return area
}
