import { App } from 'antd'
import { useState } from 'react'
import type { SessionView } from '#shared/contracts/seat-api/views'
import { type RoleId, roles } from '#shared/domain/account/role'
import { useTopic } from '../../bridge/react'
import { LeadWords } from '../../features/softphone/bar/lead-words'
import { SoftphoneBar } from '../../features/softphone/bar/softphone-bar'
import { HeadsetButtonsProvider } from '../../features/softphone/headset/headset-buttons-provider'
import { SoftphoneProvider } from '../../features/softphone/softphone'
import { SeatSoundProvider } from '../../features/softphone/sound/seat-sound-provider'
import { type OpenTarget, OpenTargetProvider } from '../../ui/open-target'
import { CameraProvider } from '../camera-provider'
import { CommandLine } from '../commands/command-line'
import { KeyboardHelp } from '../keyboard/help'
import { type KeyHandlers, useKeyHandlers } from '../keyboard/keyboard'
import { MapProvider } from '../map-provider'
import { NoticeWatch } from '../notices/notice-watch'
import { LeavePostDialog } from '../session/leave-post-dialog'
import { RenewDialog } from '../session/renew-dialog'
import { Banners } from './banners'
import { FrameProvider, type Frame as FrameState } from './frame-context'
import { PanelSheet } from './panels'
import { QuickEntry } from './quick-entry'
import { Rail } from './rail'
import { StatusBar } from './status-bar'
import { TopBar, type TopBarProps } from './top-bar'
import { useFrameState } from './use-frame-state'
import { useOpenDesk } from './use-open-desk'
import { useTelephoneKeys } from './use-telephone-keys'
import { WindowTitle } from './window-title'
import { Workspace } from './workspace'

interface SeatFrameProps {
  readonly session: SessionView
  readonly agent: NonNullable<SessionView['agent']>
  readonly isLocked: boolean
}

/** The window of somebody signed in: every place that never moves, and the work in the middle. While locked it stays, unseen and unreachable. */
export function SeatFrame(props: SeatFrameProps) {
  return (
    <SeatSoundProvider>
      <SoftphoneProvider>
        <HeadsetButtonsProvider isLocked={props.isLocked}>
          <MapProvider>
            <CameraProvider>
              <Frame {...props} />
            </CameraProvider>
          </MapProvider>
        </HeadsetButtonsProvider>
      </SoftphoneProvider>
    </SeatSoundProvider>
  )
}

function Frame({ session, agent, isLocked }: SeatFrameProps) {
  const [isRenewing, setRenewing] = useState(false)
  const frame = useFrameState(agent.role)
  const open = (target: OpenTarget) => openTarget(frame, target)
  useFrameKeys(frame, !isLocked)
  useTelephoneKeys(!isLocked)
  useOpenDesk(frame, !isLocked)
  return (
    <FrameProvider value={frame}>
      <OpenTargetProvider value={open}>
        <WindowTitle pane={frame.panes.find((pane) => pane.id === frame.layout.main)?.title ?? ''} isLocked={isLocked} />
        <div className={isLocked ? 'frame frame-hidden' : 'frame'} inert={isLocked}>
          <LineBar
            onOpenLine={() => frame.openPanel(frame.panel === 'telephone' ? null : 'telephone')}
            onOpenCommandLine={() => frame.openOverlay('commandLine')}
            corner={
              <>
                <b>12319</b>
                <span title={roles[agent.role]}>{shortRoles[agent.role]}</span>
              </>
            }
          />
          <Rail />
          <div className="middle">
            <LeadWords />
            <Banners onOpenOutbox={() => frame.openPanel('outbox')} onRenew={() => setRenewing(true)} />
            <Workspace />
          </div>
          <StatusBar onOpen={frame.openPanel} />
          <PanelSheet panel={frame.panel} onClose={() => frame.openPanel(null)} />
          {frame.isQuickEntryOpen && <QuickEntry onClose={() => frame.openQuickEntry(false)} />}
        </div>
        {isRenewing && !isLocked && <RenewDialog session={session} onClose={() => setRenewing(false)} />}
        {!isLocked && frame.overlay === 'leavePost' && (
          <LeavePostDialog
            onHandOver={() => {
              frame.openOverlay(null)
              frame.openPane('handover')
            }}
            onClose={() => frame.openOverlay(null)}
          />
        )}
        {!isLocked && <NoticeWatch onOpen={open} />}
        <CommandLine isOpen={!isLocked && frame.overlay === 'commandLine'} onClose={() => frame.openOverlay(null)} />
        <KeyboardHelp isOpen={!isLocked && frame.overlay === 'help'} onClose={() => frame.openOverlay(null)} />
      </OpenTargetProvider>
    </FrameProvider>
  )
}

/** The top bar, with the telephone where this seat has one. */
function LineBar(bar: TopBarProps) {
  const telephone = useTopic('telephone.changed')
  const hasTelephone = telephone !== undefined && telephone.line !== 'unconfigured'
  return <TopBar {...bar} {...(hasTelephone && { softphone: (idle) => <SoftphoneBar telephone={telephone} idle={idle} /> })} />
}

/** The posts in at most four characters, for the corner. */
const shortRoles: Readonly<Record<RoleId, string>> = {
  ...roles,
  opinionMonitor: '舆情监控',
  wallOperator: '大屏操作',
  departmentOperator: '专业部门',
  collector: '采集员',
  admin: '系统管理',
}

function openTarget(frame: FrameState, target: OpenTarget): void {
  if (typeof target !== 'string') frame.openPane('cases', undefined, target)
  else if (target === 'quickEntry') frame.openQuickEntry(true)
  else if (isPane(target)) frame.openPane(target)
  else frame.openPanel(target)
}

const panesToOpen = ['registration', 'dutyLog', 'callLog', 'reference', 'administration', 'quality'] as const
const isPane = (target: string): target is (typeof panesToOpen)[number] => panesToOpen.some((pane) => pane === target)

function useFrameKeys(frame: FrameState, isActive: boolean): void {
  const { message } = App.useApp()
  const help = () => frame.openOverlay(frame.overlay === 'help' ? null : 'help')
  const panes: KeyHandlers = Object.fromEntries(frame.panes.map((pane) => [pane.key, () => frame.openPane(pane.id)]))
  useKeyHandlers(
    {
      ...panes,
      'help.open': help,
      'help.openUnlessTyping': help,
      'commandLine.open': () => frame.openOverlay(frame.overlay === 'commandLine' ? null : 'commandLine'),
      'quickEntry.open': () => {
        if (frame.quickEntryReason === null) frame.openQuickEntry(true)
        else void message.info(`${frame.quickEntryReason}。`)
      },
      'session.lock': frame.lock,
      'outbox.open': () => frame.openPanel(frame.panel === 'outbox' ? null : 'outbox'),
      'workspace.toggleBeside': frame.toggleBeside,
    },
    isActive,
  )
}
