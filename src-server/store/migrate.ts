import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import * as frame from './migrations/0001-frame'
import * as attachments from './migrations/0002-attachments'
import * as cases from './migrations/0003-cases'
import * as caseLists from './migrations/0004-case-lists'
import * as exchange from './migrations/0005-exchange'
import * as calls from './migrations/0006-calls'
import * as recordings from './migrations/0007-recordings'
import * as callers from './migrations/0008-callers'
import * as field from './migrations/0009-field'
import * as geodata from './migrations/0010-geodata'
import * as shift from './migrations/0011-shift'
import * as wall from './migrations/0012-wall'
import * as seatChecks from './migrations/0013-seat-checks'
import * as knowledge from './migrations/0014-knowledge'
import * as workTelephone from './migrations/0015-work-telephone'
import * as cameraSteering from './migrations/0016-camera-steering'
import * as followUps from './migrations/0017-follow-ups'
import * as geoWriting from './migrations/0018-geo-writing'
import * as patrol from './migrations/0019-patrol'
import * as citizenLinks from './migrations/0020-citizen-links'
import * as logPhotos from './migrations/0021-log-photos'
import * as satisfaction from './migrations/0022-satisfaction'
import * as quality from './migrations/0023-quality'
import * as baseMapKeys from './migrations/0024-base-map-keys'
import * as gb28181 from './migrations/0025-gb28181'
import * as equipment from './migrations/0026-equipment'
import * as morale from './migrations/0027-morale'
import * as recordingHolds from './migrations/0028-recording-holds'
import * as replies from './migrations/0029-replies'
import * as missedCalls from './migrations/0030-missed-calls'
import type { CentralTables } from './schema'

/** Every step of the schema, in order; a step that has been released is never edited, the next one corrects it. */
const migrations: Readonly<Record<string, Migration>> = {
  '0001-frame': frame,
  '0002-attachments': attachments,
  '0003-cases': cases,
  '0004-case-lists': caseLists,
  '0005-exchange': exchange,
  '0006-calls': calls,
  '0007-recordings': recordings,
  '0008-callers': callers,
  '0009-field': field,
  '0010-geodata': geodata,
  '0011-shift': shift,
  '0012-wall': wall,
  '0013-seat-checks': seatChecks,
  '0014-knowledge': knowledge,
  '0015-work-telephone': workTelephone,
  '0016-camera-steering': cameraSteering,
  '0017-follow-ups': followUps,
  '0018-geo-writing': geoWriting,
  '0019-patrol': patrol,
  '0020-citizen-links': citizenLinks,
  '0021-log-photos': logPhotos,
  '0022-satisfaction': satisfaction,
  '0023-quality': quality,
  '0024-base-map-keys': baseMapKeys,
  '0025-gb28181': gb28181,
  '0026-equipment': equipment,
  '0027-morale': morale,
  '0028-recording-holds': recordingHolds,
  '0029-replies': replies,
  '0030-missed-calls': missedCalls,
}

/**
 * Brings the database to the schema of this program. Two processes may do so at once: Kysely's migrator holds an advisory lock on PostgreSQL
 * while it looks and works, so the second finds nothing left to do. Throws when a step fails; that step is rolled back.
 */
export async function migrate(db: Kysely<CentralTables>): Promise<readonly string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error !== undefined) throw new Error('central database could not be migrated', { cause: error })
  return results.filter((step) => step.status === 'Success').map((step) => step.migrationName)
}
