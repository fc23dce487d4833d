import { type Static, Type } from 'typebox'
import { AccountNo, EpochMs, Name, plainText, Role, Uuid } from '../common'
import { route } from './route'

/**
 * 思想动态汇报: what a shift lead tells the managers about people at work (S1; 限管理层可见). It is no entry of the duty log: it is in no search, print, archive
 * or event, and no seat keeps it once it was sent. Managers read all of them, a shift lead what they wrote themselves.
 */
const closed = { additionalProperties: false } as const
export const moraleReaders = ['commander', 'assistant', 'director'] as const
export const moraleWriters = ['shiftLead', ...moraleReaders] as const
/** Line breaks are allowed in the words. */
const Words = Type.String({ minLength: 1, maxLength: 2000 })

const fields = {
  reportId: Uuid,
  /** Whom or what it is about; empty: the hall. */
  about: Type.String({ maxLength: 60, pattern: plainText }),
  text: Words,
  writtenAt: EpochMs,
}
export const MoraleReportDraft = Type.Object(fields, closed)
export type MoraleReportDraft = Static<typeof MoraleReportDraft>
export const MoraleReport = Type.Object({ ...fields, authorNo: AccountNo, authorName: Name, authorRole: Role, receivedAt: EpochMs })
export type MoraleReport = Static<typeof MoraleReport>
export const MoraleInput = Type.Object({ about: fields.about, text: Words }, closed)

export const moraleRoutes = {
  'moraleReports.append': route({
    method: 'POST',
    path: '/moraleReports',
    tag: 'shift',
    roles: moraleWriters,
    summary: '思想动态汇报：只给管理层看',
    status: 201,
    idempotent: true,
    bodyLimitBytes: 32_768,
    body: MoraleReportDraft,
    response: MoraleReport,
    errors: ['record/exists'],
  }),
  'moraleReports.list': route({
    method: 'GET',
    path: '/moraleReports',
    tag: 'shift',
    roles: moraleWriters,
    summary: '近一年的思想动态汇报，新的在前；值班长只见自己写的',
    response: Type.Object({ items: Type.Array(MoraleReport) }),
    errors: [],
  }),
} as const
