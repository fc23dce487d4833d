import { Type } from 'typebox'
import { Empty } from '../../common'
import { command } from '../command'
import { closed } from '../shared-parts'
import { AppView, DiagnosticsView } from '../views'

/** The program itself. */
export const programCommands = {
  'app.describe': command({
    summary: '本机程序与坐席',
    input: Empty,
    output: AppView,
    allowed: 'always',
    whileLocked: true,
    effect: 'read',
    errors: [],
  }),
  'app.reportFault': command({
    summary: '界面出错时记入本机日志',
    allowed: 'always',
    whileLocked: true,
    effect: 'local',
    errors: [],
    input: Type.Object({ message: Type.String({ maxLength: 2000 }), stack: Type.Optional(Type.String({ maxLength: 10_000 })) }, closed),
    output: Empty,
  }),
  'topics.snapshot': command({
    summary: '某个主题的当前状态与修订号',
    allowed: 'always',
    whileLocked: true,
    effect: 'read',
    errors: ['auth/signInRequired', 'auth/passwordMustChange', 'session/locked'],
    input: Type.Object({ topic: Type.String({ maxLength: 60 }) }, closed),
    output: Type.Object({ revision: Type.Integer(), state: Type.Unknown() }),
  }),
  'diagnostics.get': command({
    summary: '本机状态',
    input: Empty,
    output: DiagnosticsView,
    allowed: 'signedIn',
    effect: 'read',
    errors: [],
  }),
} as const
