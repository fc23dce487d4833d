import { Type } from 'typebox'
import { EpochMs } from '../common'
import { route } from './route'

export const operationRoutes = {
  'events.stream': route({
    method: 'GET',
    path: '/events',
    tag: 'events',
    roles: 'signedIn',
    produces: 'text/event-stream',
    summary: '服务器事件（SSE）。断线后带 Last-Event-ID 续传；序号太旧时先收到 stream.reset',
    response: Type.String(),
    errors: [],
  }),
  'health.get': route({
    method: 'GET',
    path: '/healthz',
    tag: 'operations',
    roles: 'public',
    summary: '存活与数据库可用',
    response: Type.Object({
      status: Type.Enum(['ok', 'failing']),
      database: Type.Enum(['sqlite', 'postgresql']),
      now: EpochMs,
      version: Type.String(),
    }),
    errors: ['central/fault'],
  }),
  'metrics.get': route({
    method: 'GET',
    path: '/metrics',
    tag: 'operations',
    roles: ['admin'],
    produces: 'text/plain',
    summary: 'Prometheus 指标',
    response: Type.String(),
    errors: [],
  }),
} as const
