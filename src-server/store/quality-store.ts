import type { EpochMs } from '#shared/base/clock'
import type { CallRecord } from '#shared/contracts/call-shapes'
import type { RecordingOnFile } from '#shared/contracts/central-api/recordings'
import type { QualityFormDocument } from '#shared/contracts/quality-shapes'
import type { CaseRow } from '#shared/domain/case/row'
import type { Viewer } from '#shared/domain/case/visibility'
import type { QualityEntry } from '#shared/domain/quality/file'
import { visibleTo } from './case-conditions'
import type { Database, Statements } from './open-database'
import type { CallRow } from './schema'

/** Quality files, the calls they are about, and versions of the score form. Who may see or add what is decided elsewhere. */
type Reader = Database | Statements

/** A call that somebody took and spoke in. */
export type AnsweredCall = CallRecord & { readonly accountNo: string; readonly name: string; readonly answeredAt: EpochMs }

const asAnswered = ({ record, satisfaction }: Pick<CallRow, 'record' | 'satisfaction'>): AnsweredCall[] => {
  const call = { ...JSON.parse(record), satisfaction } as CallRecord
  const isWithCitizen = call.purpose === 'hotline' || call.purpose === 'callback'
  return isWithCitizen && call.answeredAt !== null && call.accountNo !== null ? [call as AnsweredCall] : []
}

/** Answered calls with citizens that began in this time, the oldest first. */
export async function listAnswered(db: Reader, from: EpochMs, until: EpochMs): Promise<readonly AnsweredCall[]> {
  const rows = await db
    .selectFrom('call_record')
    .select(['record', 'satisfaction'])
    .where('started_at', '>=', from)
    .where('started_at', '<', until)
    .where('answered_at', 'is not', null)
    .orderBy('started_at')
    .execute()
  return rows.flatMap(asAnswered)
}

export async function findAnswered(db: Reader, callIds: readonly string[]): Promise<readonly AnsweredCall[]> {
  if (callIds.length === 0) return []
  const rows = await db.selectFrom('call_record').select(['record', 'satisfaction']).where('call_id', 'in', callIds).execute()
  return rows.flatMap(asAnswered)
}

export type Peaks = RecordingOnFile['peaks']

/** Waveforms by recording, of those that were announced. A purged one keeps its own. */
export async function peaksOf(db: Reader, recordingIds: readonly string[]): Promise<ReadonlyMap<string, Peaks>> {
  if (recordingIds.length === 0) return new Map()
  const rows = await db.selectFrom('recording').select(['recording_id', 'peaks']).where('recording_id', 'in', recordingIds).execute()
  return new Map(rows.map((row) => [row.recording_id, JSON.parse(row.peaks) as Peaks]))
}

/** Files of calls that began in this time, by call; of one agent where one is named. */
export async function filesBetween(
  db: Reader,
  from: EpochMs,
  until: EpochMs,
  agentNo?: string,
): Promise<ReadonlyMap<string, readonly QualityEntry[]>> {
  let rows = db.selectFrom('quality_entry').select(['call_id', 'entry']).where('call_at', '>=', from).where('call_at', '<', until)
  if (agentNo !== undefined) rows = rows.where('agent_no', '=', agentNo)
  const files = new Map<string, QualityEntry[]>()
  for (const { call_id, entry } of await rows.orderBy('call_id').orderBy('seq').execute()) {
    files.set(call_id, [...(files.get(call_id) ?? []), JSON.parse(entry) as QualityEntry])
  }
  return files
}

export async function fileOf(db: Reader, callId: string): Promise<readonly QualityEntry[]> {
  const rows = await db.selectFrom('quality_entry').select('entry').where('call_id', '=', callId).orderBy('seq').execute()
  return rows.map(({ entry }) => JSON.parse(entry) as QualityEntry)
}

/** False when there is an entry with this id already. `seq`: its place in the file of its call. */
export async function addEntry(
  trx: Statements,
  call: AnsweredCall,
  entry: QualityEntry,
  seq: number,
  receivedAt: EpochMs,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('quality_entry')
    .values({
      ...{ entry_id: entry.entryId, call_id: call.callId, seq, agent_no: call.accountNo, call_at: call.startedAt },
      ...{ received_at: receivedAt, entry: JSON.stringify(entry) },
    })
    .onConflict((conflict) => conflict.column('entry_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** One that is there stays as it is. */
export async function keepForm(trx: Statements, form: QualityFormDocument): Promise<void> {
  await trx
    .insertInto('quality_form_version')
    .values({ form_id: form.formId, version: form.version, form: JSON.stringify(form) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function formVersions(db: Reader, formId: string, versions: readonly number[]): Promise<readonly QualityFormDocument[]> {
  if (versions.length === 0) return []
  const rows = await db
    .selectFrom('quality_form_version')
    .select('form')
    .where('form_id', '=', formId)
    .where('version', 'in', versions)
    .orderBy('version')
    .execute()
  return rows.map(({ form }) => JSON.parse(form) as QualityFormDocument)
}

export async function lastFormVersion(db: Reader, formId: string): Promise<number> {
  const row = await db
    .selectFrom('quality_form_version')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('form_id', '=', formId)
    .executeTakeFirst()
  return Number(row?.version ?? 0)
}

/** A report is written during its call or soon after: what is registered later is looked for by its number. */
const reportWithinMs = 12 * 3_600_000

/** The case that was registered from this call, or else the one that the call names; undefined also where the viewer may not see it. */
export async function reportOf(
  db: Reader,
  call: AnsweredCall,
  viewer: Viewer,
): Promise<{ readonly row: CaseRow; readonly description: string } | undefined> {
  const found = await db
    .selectFrom('case_record')
    .select(['row', 'beginning'])
    .where((eb) =>
      eb.or([
        eb('case_no', '=', call.caseNo ?? ''),
        eb.and([
          eb('began_at', '>=', call.startedAt),
          eb('began_at', '<', call.endedAt + reportWithinMs),
          eb('beginning', 'like', `%"callId":"${call.callId}"%`),
        ]),
      ]),
    )
    .where(visibleTo(viewer))
    .orderBy('began_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!found) return undefined
  const { facts } = JSON.parse(found.beginning) as { readonly facts: { readonly description: string } }
  return { row: JSON.parse(found.row) as CaseRow, description: facts.description }
}
