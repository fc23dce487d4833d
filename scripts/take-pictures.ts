/**
 * Takes the pictures of the manual from the running program: a real centre with demonstration accounts, a real seat in the browser shell.
 *   npm run pictures [-- walk|map|shift|wall|desk|replies|quality|telephone …]
 * It writes docs/manual/pictures/ and fails when a picture, or all together, weigh more than a reader's patience. It compares nothing.
 */
import { join } from 'node:path'
import { buildAll } from './build'
import { createCamera } from './pictures/camera'
import { desk } from './pictures/desk'
import { writeEarlierEntries } from './pictures/earlier-entries'
import { maps } from './pictures/map'
import { quality } from './pictures/quality'
import { replies } from './pictures/replies'
import { shift } from './pictures/shift'
import { onStage } from './pictures/stage'
import { telephone } from './pictures/telephone'
import { walk } from './pictures/walk'
import { walls } from './pictures/wall'

const pictureLimitBytes = 150_000
const allLimitBytes = 4_000_000

await buildAll({ onlyIfStale: true })
const camera = createCamera(join(import.meta.dirname, '../docs/manual/pictures'))
const play =
  (walkThrough: Parameters<typeof onStage>[3], cases: 'open' | 'none' = 'open', speed = '0') =>
  () =>
    onStage(camera, { cases, speed }, async () => {}, walkThrough)
const stages: Readonly<Record<string, () => Promise<void>>> = {
  walk: () => onStage(camera, { cases: 'open', speed: '0' }, (central) => writeEarlierEntries(central, Date.now()), walk),
  map: play(maps),
  shift: play(shift),
  wall: play(walls),
  desk: play(desk),
  replies: play(replies),
  quality: play(quality, 'none'),
  // Somebody has to call.
  telephone: play(telephone, 'none', '1'),
}
const asked = process.argv.slice(2)
const failed: string[] = []
for (const [name, stage] of Object.entries(stages)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  // One that cannot be walked through keeps no other from being taken.
  await stage().catch((thrown: unknown) => {
    failed.push(name)
    console.error(`${name}: ${thrown instanceof Error ? thrown.stack : String(thrown)}`)
  })
}

const heavy = camera.taken.filter(({ bytes }) => bytes > pictureLimitBytes)
const allBytes = camera.taken.reduce((sum, { bytes }) => sum + bytes, 0)
for (const { name, bytes } of heavy) console.error(`${name}: ${bytes} bytes, more than ${pictureLimitBytes}`)
console.log(`${camera.taken.length} pictures, ${allBytes} bytes`)
if (failed.length > 0) console.error(`not taken: ${failed.join(', ')}`)
process.exitCode = failed.length > 0 || heavy.length > 0 || allBytes > allLimitBytes ? 1 : 0
