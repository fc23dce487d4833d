import { useMemo } from 'react'
import { shiftReaders } from '#shared/contracts/central-api/calls'
import type { RoleId } from '#shared/domain/account/role'
import type { Position } from '#shared/domain/geo/position'
import { useTopic, useTopicAs } from '../../bridge/react'

/** Calls that are being answered and whose report says where: told with the state of the seats, to those who answer for the shift. */
export interface ShownCall {
  readonly callId: string
  readonly position: Position
  readonly seatNo: string
  readonly name: string
  readonly answeredAt: number | null
}

export interface Calls {
  readonly shown: readonly ShownCall[]
  /** Answered at a seat, and nobody has said yet where. */
  readonly placeless: number
}

/** Undefined for posts that do not see what seats do. */
export function useCalls(): Calls | undefined {
  const view = useTopic('agents.changed')
  const role = useTopicAs('session.changed', (session) => session?.agent?.role)
  return useMemo(() => {
    if (!view || role === undefined || !(shiftReaders as readonly RoleId[]).includes(role)) return undefined
    const talking = view.agents.filter(({ phase, callId }) => phase === 'talking' && callId !== null)
    const shown = talking.flatMap(({ callId, place, seatNo, name, answeredAt }): readonly ShownCall[] =>
      place && callId !== null ? [{ callId, position: place, seatNo, name, answeredAt }] : [],
    )
    return { shown, placeless: talking.length - shown.length }
  }, [view, role])
}
