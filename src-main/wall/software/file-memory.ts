import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Log } from '#shared/base/log'
import type { WallMemory } from './software-wall'

/** What the software wall was told, in one small file. A file that cannot be read or written costs a line in the log: the wall then begins dark. */
export function createWallMemory(file: string, log: Log): WallMemory {
  return {
    read() {
      try {
        return JSON.parse(readFileSync(file, 'utf8')) as unknown
      } catch {
        return null
      }
    },
    write(value) {
      try {
        writeFileSync(`${file}.next`, JSON.stringify(value), { mode: 0o600 })
        renameSync(`${file}.next`, file)
      } catch (cause) {
        log.warn('software wall not kept', { cause })
      }
    },
  }
}
