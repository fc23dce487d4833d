import { useMemo } from 'react'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { type DutyLogLink, linkKinds } from '#shared/domain/duty-log/seal'
import { mayCall } from '../../bridge/permissions'
import { useTopic } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'
import { useQuery } from '../../bridge/use-query'
import { formatTime } from '../../ui/time-format'

/** One thing that an entry can point at, with what is written beside its name. */
export interface LinkTarget extends DutyLogLink {
  readonly note: string
}

const perKind = 6

/** Cases by the centre's search; calls, cameras and seats from what this seat knows, also without the centre. */
export function useLinkTargets(typed: string): { readonly targets: readonly LinkTarget[]; readonly isSearching: boolean } {
  const role = useTopic('session.changed')?.agent?.role
  const { isLive } = useFreshness()
  const wanted = typed.trim().toLowerCase()
  const maySearch = role !== undefined && mayCall('cases.search', role) && isLive && wanted.length >= 2
  const found = useQuery('cases.search', maySearch ? { q: wanted } : undefined)
  const calls = useTopic('callLog.changed')?.recent
  const seats = useTopic('centre.changed')?.centre?.seats
  const cameras = useCameras()
  const targets = useMemo(() => {
    const fits = ({ label, note }: LinkTarget) => wanted === '' || `${label} ${note}`.toLowerCase().includes(wanted)
    const cases = (maySearch ? (found.value?.items ?? []) : []).map(
      (row): LinkTarget => ({ to: 'case', id: row.caseId, label: row.caseNo, note: `${row.subclassName} ${row.address}`.trim() }),
    )
    const others: readonly LinkTarget[] = [
      ...(calls ?? []).map((call): LinkTarget => {
        const number = call.number === null ? '未显号码' : masked(call.number)
        const way = call.direction === 'incoming' ? '来电' : '去电'
        return { to: 'call', id: call.callId, label: `${way} ${number}`, note: `${formatTime(call.startedAt)} 坐席 ${call.seatNo}` }
      }),
      ...(cameras ?? []).map((one): LinkTarget => ({ to: 'camera', id: one.cameraNo, label: `${one.cameraNo} ${one.name}`, note: '' })),
      ...(seats ?? []).map((seat): LinkTarget => ({ to: 'seat', id: seat.seatNo, label: `坐席 ${seat.seatNo}`, note: seat.name })),
    ].filter(fits)
    const first = (to: DutyLogLink['to']) => others.filter((target) => target.to === to).slice(0, perKind)
    return [...cases.slice(0, perKind), ...first('call'), ...first('camera'), ...first('seat')]
  }, [found.value, maySearch, calls, cameras, seats, wanted])
  return { targets, isSearching: maySearch && found.isLoading }
}

export const linkTitle = ({ to, label }: DutyLogLink): string => (label.startsWith(linkKinds[to]) ? label : `${linkKinds[to]} ${label}`)

/** An entry is read by many and for years: it names the number only so far that those who were there know it again. */
const masked = (number: string): string => (number.length < 8 ? number : `${number.slice(0, 3)}****${number.slice(-4)}`)

function useCameras(): ReferenceDocument<'cameras'>['cameras'] | undefined {
  const id = useTopic('reference.changed')?.entries.find((entry) => entry.kind === 'cameras')?.id
  const read = useQuery('reference.get', id === undefined ? undefined : { kind: 'cameras', id })
  return (read.value?.document as ReferenceDocument<'cameras'> | undefined)?.cameras
}
