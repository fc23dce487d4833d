import { Type } from 'typebox'
import { MoraleInput, moraleRoutes, moraleWriters } from '../../central-api/morale'
import { Uuid } from '../../common'
import { command } from '../command'
import { central } from '../shared-parts'

/** 思想动态: a record of this seat until the centre has it, and then the centre's alone. */
export const moraleCommands = {
  'morale.report': command({
    summary: '思想动态汇报，只给管理层看',
    allowed: moraleWriters,
    effect: 'queued',
    input: MoraleInput,
    output: Type.Object({ reportId: Uuid }),
    errors: ['store/full', 'store/readOnly'],
  }),
  'morale.list': command({
    summary: '看思想动态汇报',
    allowed: moraleWriters,
    effect: 'live',
    input: Type.Object({}, { additionalProperties: false }),
    output: moraleRoutes['moraleReports.list'].response,
    errors: [...central],
  }),
} as const
