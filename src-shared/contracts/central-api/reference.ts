import { Type } from 'typebox'
import { AnyReferenceDocument, ReferenceKindSchema, ReferenceManifestEntry } from '../reference'
import { route } from './route'

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
} as const
