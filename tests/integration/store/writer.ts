/**
 * A program that writes drafts and intents as fast as it can and says on its output what was acknowledged; the test kills it. Arguments: the
 * database file, the backup folder, the number to start at.
 */
import { writeSync } from 'node:fs'
import { createLog } from '#main/platform/log'
import { createSystemClock } from '#main/platform/system-clock'
import { openStore } from '#main/store/open-store'
import { entry, intent } from './store-bench'

const [file = '', backupFolder = '', from = '0'] = process.argv.slice(2)
const opened = openStore({ file, backupFolder, key: null, clock: createSystemClock(), log: createLog({ level: 'silent' }) })
if (!opened.ok) throw new Error(opened.error.code)
const store = opened.value

for (let number = Number(from); ; number += 1) {
  const saved = store.transaction(() => store.drafts.save('A01/dutyLog', String(number), number), 'processDeath')
  const queued = store.transaction(() => {
    store.dutyLog.insert(entry(number))
    store.intents.append(intent(number))
  })
  // Straight to the pipe: what is buffered in this process would die with it, and then the test would check too little.
  if (saved.ok && queued.ok) writeSync(1, `${number}\n`)
}
