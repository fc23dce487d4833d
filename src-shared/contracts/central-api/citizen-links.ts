import { Type } from 'typebox'
import { EpochMs, Uuid } from '../common'
import { route } from './route'

/**
 * One-time links 一次性链接 by which a citizen sends pictures from their own telephone. The page behind one is no part of this table: whoever opens it
 * has no account, only the token; see `routes/citizen-page`.
 */
export const citizenPictures = { most: 6, mostBytes: 12_582_912, validMs: 24 * 3_600_000 } as const

export const citizenLinkRoutes = {
  'citizenLinks.create': route({
    method: 'POST',
    path: '/cases/{caseId}/citizenLinks',
    tag: 'cases',
    roles: ['intake', 'opinionMonitor', 'shiftLead'],
    summary: '给来电人一次性的传照片链接；口令只在这一次回答里',
    status: 201,
    idempotent: true,
    params: Type.Object({ caseId: Uuid }),
    /** `url`: by the centre's public address; null: it has none, and the seat builds it on the address by which it reaches the centre. */
    response: Type.Object({ path: Type.String(), url: Type.Union([Type.String(), Type.Null()]), expiresAt: EpochMs, most: Type.Integer() }),
    errors: ['record/notFound'],
  }),
} as const
