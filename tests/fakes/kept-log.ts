import type { Log, LogFields } from '#shared/base/log'

/** A log that keeps its lines for a test to read. */
export interface KeptLog extends Log {
  readonly lines: { readonly level: string; readonly message: string; readonly fields: LogFields }[]
}

export function createKeptLog(): KeptLog {
  const lines: KeptLog['lines'] = []
  const write =
    (level: string) =>
    (message: string, fields: LogFields = {}): void => {
      lines.push({ level, message, fields })
    }
  const log: KeptLog = {
    lines,
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: () => log,
  }
  return log
}
