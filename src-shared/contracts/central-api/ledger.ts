import { Type } from 'typebox'
import type { RoleId } from '../../domain/account/role'
import type { LedgerLine } from '../../domain/case/ledger'
import { ledgerResultIds } from '../../domain/case/ledger'
import { callClassIds } from '../../domain/case/reception'
import { caseSourceIds } from '../../domain/case/states'
import { EpochMs, orNull } from '../common'
import { Month } from './quality'
import { route } from './route'

/** 热线台账: numbers alone. A reader sees those of the cases that they may see. */
export const ledgerReaders: readonly RoleId[] = ['opinionMonitor', 'shiftLead', 'supervisor', 'commander', 'assistant', 'director']

const counts = (ids: readonly string[]) => Type.Object(Object.fromEntries(ids.map((id) => [id, Type.Integer()])))

export const LedgerLineSchema = Type.Unsafe<LedgerLine>(
  Type.Object({
    day: orNull(Type.String()),
    source: orNull(Type.Enum([...caseSourceIds])),
    cases: Type.Integer(),
    classes: counts(callClassIds),
    results: counts(ledgerResultIds),
    inTime: Type.Integer(),
    late: Type.Integer(),
    notDue: Type.Integer(),
  }),
)

export const ledgerRoutes = {
  'ledger.read': route({
    method: 'GET',
    path: '/ledger',
    tag: 'cases',
    roles: ledgerReaders,
    summary: '某月的热线台账：按日、来源数件数、诉求类别、结果、回复是否按时',
    query: Type.Object({ month: Month }, { additionalProperties: false }),
    response: Type.Object({ items: Type.Array(LedgerLineSchema), readAt: EpochMs }),
    errors: [],
  }),
} as const
