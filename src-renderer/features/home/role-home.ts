import type { RoleId } from '#shared/domain/account/role'

/**
 * What each post sees first, in which order and how wide: one row per post, nothing else. Sections show facts of this seat or the centre; a
 * post that may not read something has no section for it.
 */
export type HomeSection =
  | 'queues'
  | 'shift'
  | 'people'
  | 'agents'
  | 'seats'
  | 'dutyLog'
  | 'outbox'
  | 'station'
  | 'reference'
  | 'accounts'
  | 'audit'

export interface HomeColumn {
  /** Share of the width; the shares of a row need not add up to anything. */
  readonly share: number
  /** From top to bottom; the last one takes what height is left. */
  readonly sections: readonly HomeSection[]
}

export type SeatRole = Exclude<RoleId, 'collector'>

const outboxAndStation = ['outbox', 'station'] as const

/** Those who talk with citizens or work through lists write and read the log all day: it stands in the middle, the shift beside it. */
const logFirst: readonly HomeColumn[] = [
  { share: 44, sections: ['queues', 'shift', 'dutyLog'] },
  { share: 30, sections: ['people'] },
  { share: 26, sections: [...outboxAndStation, 'seats'] },
]

/** Those who answer for people look at people first. */
const peopleFirst: readonly HomeColumn[] = [
  { share: 36, sections: ['queues', 'shift', 'people'] },
  { share: 38, sections: ['agents', 'dutyLog'] },
  { share: 26, sections: [...outboxAndStation, 'seats'] },
]

/** Those who may not read the log: who is there, and how this seat stands. */
const withoutLog: readonly HomeColumn[] = [
  { share: 40, sections: ['shift', 'people'] },
  { share: 34, sections: ['seats'] },
  { share: 26, sections: ['station', 'reference'] },
]

export const roleHome: Readonly<Record<SeatRole, readonly HomeColumn[]>> = {
  intake: logFirst,
  shiftLead: peopleFirst,
  dispatcher: logFirst,
  supervisor: logFirst,
  opinionMonitor: logFirst,
  wallOperator: logFirst,
  presenter: withoutLog,
  commander: peopleFirst,
  assistant: peopleFirst,
  director: [
    { share: 36, sections: ['queues', 'shift', 'people'] },
    { share: 38, sections: ['agents', 'dutyLog', 'audit'] },
    { share: 26, sections: [...outboxAndStation, 'seats'] },
  ],
  departmentOperator: [{ share: 40, sections: ['queues', 'shift', 'people'] }, ...withoutLog.slice(1)],
  admin: [
    { share: 38, sections: ['accounts', 'seats'] },
    { share: 36, sections: ['audit'] },
    { share: 26, sections: [...outboxAndStation, 'reference'] },
  ],
}

export function homeOf(role: RoleId): readonly HomeColumn[] {
  return role === 'collector' ? withoutLog : roleHome[role]
}
