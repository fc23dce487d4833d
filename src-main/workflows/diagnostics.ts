import type { DiagnosticsView } from '#shared/contracts/seat-api/views'
import type { SeatContext } from './context'

/** What IT asks for on the telephone: where things are and how they fare. */
export function describeSeat(
  seat: Pick<SeatContext, 'store' | 'config' | 'secrets'>,
  runtime: DiagnosticsView['runtime'],
): DiagnosticsView {
  const { bytes, schemaVersion, isEncrypted, lastBackupAt, slowStatements } = seat.store.facts()
  return {
    dataFolder: seat.config.dataFolder,
    secretsKeptIn: seat.secrets.keptIn,
    database: { bytes, schemaVersion, isEncrypted, lastBackupAt, slowStatements },
    runtime,
    centralUrl: seat.config.centralUrl,
  }
}
