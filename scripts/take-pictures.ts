/**
 * Takes the pictures of the manual from the running program: a real centre with demonstration accounts, a real seat in the browser shell.
 *   npm run pictures
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
await onStage(camera, { cases: 'open', speed: '0' }, (central) => writeEarlierEntries(central, Date.now()), walk)
await onStage(camera, { cases: 'open', speed: '0' }, async () => {}, maps)
await onStage(camera, { cases: 'open', speed: '0' }, async () => {}, shift)
await onStage(camera, { cases: 'open', speed: '0' }, async () => {}, walls)
await onStage(camera, { cases: 'open', speed: '0' }, async () => {}, desk)
await onStage(camera, { cases: 'open', speed: '0' }, async () => {}, replies)
await onStage(camera, { cases: 'none', speed: '0' }, async () => {}, quality)
// Somebody has to call.
await onStage(camera, { cases: 'none', speed: '1' }, async () => {}, telephone)

const heavy = camera.taken.filter(({ bytes }) => bytes > pictureLimitBytes)
const allBytes = camera.taken.reduce((sum, { bytes }) => sum + bytes, 0)
for (const { name, bytes } of heavy) console.error(`${name}: ${bytes} bytes, more than ${pictureLimitBytes}`)
console.log(`${camera.taken.length} pictures, ${allBytes} bytes`)
process.exitCode = heavy.length > 0 || allBytes > allLimitBytes ? 1 : 0
