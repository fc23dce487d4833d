import { Button, Dropdown, type MenuProps } from 'antd'
import { Suspense, useEffect, useRef } from 'react'
import { useBridge } from '../../bridge/react'
import type { CaseFocus } from '../../features/cases/case-pane'
import { Kbd } from '../../ui/kbd'
import { LoadingState } from '../../ui/states'
import { Icon } from '../icons'
import { keysOf } from '../keyboard/keys'
import type { PaneSpec, ReferenceFocus } from '../panes'
import { ErrorBoundary } from './error-boundary'
import { useFrame } from './frame-context'

/** One place of the working area: the pane, its menu in the corner of the pane's own header, and the wall that keeps its faults inside. */
export function PaneFrame({ pane, place }: { readonly pane: PaneSpec; readonly place: 'main' | 'side' }) {
  const { focus, caseFocus } = useFrame()
  return (
    <div className={`pane-frame pane-frame-${place}`} data-pane={pane.id} tabIndex={-1}>
      <PaneBody pane={pane} focus={pane.id === 'reference' ? focus : undefined} caseFocus={pane.id === 'cases' ? caseFocus : undefined} />
      <PaneTools pane={pane} place={place} />
    </div>
  )
}

export function PaneBody({
  pane,
  focus,
  caseFocus,
}: {
  readonly pane: PaneSpec
  readonly focus?: ReferenceFocus | undefined
  readonly caseFocus?: CaseFocus | undefined
}) {
  const { call } = useBridge()
  const Content = pane.component
  return (
    <ErrorBoundary
      name={`「${pane.title}」`}
      scope="pane"
      onFault={(error, componentStack) =>
        void call('app.reportFault', {
          message: `${pane.id}: ${error.message}`.slice(0, 2000),
          stack: `${error.stack ?? ''}\n${componentStack}`.slice(0, 10_000),
        })
      }
    >
      <Suspense fallback={<LoadingState what={pane.title} />}>
        <Content {...(focus && { focus })} {...(caseFocus && { caseFocus })} />
      </Suspense>
    </ErrorBoundary>
  )
}

function PaneTools({ pane, place }: { readonly pane: PaneSpec; readonly place: 'main' | 'side' }) {
  const frame = useFrame()
  const isAlone = frame.layout.side === null
  const others = frame.panes.filter((each) => each.id !== pane.id)
  const items: MenuProps['items'] = [
    ...(others.length > 0
      ? [
          {
            key: 'beside',
            label: '在旁边打开',
            icon: <Icon name="beside" />,
            children: others.map((each) => ({ key: `beside:${each.id}`, label: each.title })),
          },
        ]
      : []),
    { key: 'popOut', label: '放到单独的窗口', icon: <Icon name="popOut" /> },
    ...(isAlone ? [] : [{ key: 'close', label: '关闭此窗格', icon: <Icon name="close" /> }]),
  ]
  function choose(key: string): void {
    const beside = others.find((each) => key === `beside:${each.id}`)
    if (beside) frame.openBeside(beside.id)
    else if (key === 'popOut') frame.popOut(pane.id)
    else frame.closePane(pane.id)
  }
  return (
    <div className="pane-tools">
      {isAlone && others.length > 0 && place === 'main' && (
        <Button type="text" size="small" title="并排另一个窗格" onClick={frame.toggleBeside}>
          <Icon name="beside" />
          <Kbd>{keysOf('workspace.toggleBeside')}</Kbd>
        </Button>
      )}
      <Dropdown trigger={['click']} placement="bottomRight" menu={{ items, onClick: ({ key }) => choose(key) }}>
        <Button type="text" size="small" aria-label={`「${pane.title}」窗格菜单`} title="窗格菜单">
          <Icon name="more" />
        </Button>
      </Dropdown>
      {place === 'side' && (
        <Button type="text" size="small" aria-label={`关闭「${pane.title}」`} title="关闭此窗格" onClick={() => frame.closePane(pane.id)}>
          <Icon name="close" />
        </Button>
      )}
    </div>
  )
}

/** Moves the keyboard into a pane when it was asked for by key or command: its list or first field, else the pane itself. */
export function useFocusPane(): (paneId: string) => void {
  const wanted = useRef<string>(undefined)
  useEffect(() => {
    if (wanted.current === undefined) return
    const frame = document.querySelector<HTMLElement>(`[data-pane="${wanted.current}"]`)
    wanted.current = undefined
    if (!frame || frame.contains(document.activeElement)) return
    const inside = frame.querySelector<HTMLElement>('textarea, input:not([type=radio]), [role="grid"], [tabindex="0"]')
    ;(inside ?? frame).focus({ preventScroll: true })
  })
  return (paneId) => {
    wanted.current = paneId
  }
}
