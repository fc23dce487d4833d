import { Type } from 'typebox'
import { AnyReferenceDocument, ReferenceKindSchema, ReferenceManifestEntry } from '../reference'
import { route } from './route'

/** What a city keeps itself; the other kinds come with the product or from the survey. */
export const cityKinds = ['handbook', 'responsibility', 'centreProfile', 'departments', 'calendar'] as const

export const referenceRoutes = {
  'reference.manifest': route({
    method: 'GET',
    path: '/reference',
    tag: 'reference',
    roles: 'signedIn',
    summary: '基础数据目录（种类、版本、摘要）',
    response: Type.Object({ items: Type.Array(ReferenceManifestEntry) }),
    errors: [],
  }),
  'reference.get': route({
    method: 'GET',
    path: '/reference/{kind}/{id}',
    tag: 'reference',
    roles: 'signedIn',
    summary: '一份基础数据',
    params: Type.Object({ kind: ReferenceKindSchema, id: Type.String({ pattern: '^[a-z0-9._-]{1,60}$' }) }),
    response: Type.Object({ entry: ReferenceManifestEntry, document: AnyReferenceDocument }),
    errors: ['record/notFound'],
  }),
  'reference.save': route({
    method: 'PUT',
    path: '/reference/{kind}/{id}',
    tag: 'reference',
    roles: ['admin'],
    summary: '保存一份本市维护的基础数据（指挥手册、责任矩阵、中心配置、专业部门、工作日历）',
    idempotent: true,
    bodyLimitBytes: 8_388_608,
    params: Type.Object({ kind: Type.Enum([...cityKinds]), id: Type.String({ pattern: '^[a-z0-9._-]{1,60}$' }) }),
    body: Type.Object(
      {
        /** Hash of the document that was changed; null for a new one. */
        seenHash: Type.Union([Type.String({ maxLength: 100 }), Type.Null()]),
        /** Checked by the schema of its kind. */
        document: Type.Unknown(),
      },
      { additionalProperties: false },
    ),
    response: ReferenceManifestEntry,
    errors: ['record/stale', 'profile/unusable', 'reference/unusable'],
  }),
} as const
