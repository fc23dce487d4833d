/**
 * Speaks every line of the demonstration anew, with espeak-ng and sox (both of the system, neither needed to run the product): G.711 A-law, 8 kHz, mono,
 * silence cut off. Run after a sentence was changed.
 *   npx tsx scripts/write-demo-speech.ts
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lines, type Voice } from '../src-server/demo/exchange/parties/lines'

/** The voice that is called `cmn` reads pinyin as English in espeak-ng 1.51; this one reads characters as they are spoken. */
const language = 'cmn-latn-pinyin'
const voices: Readonly<Record<Voice, readonly string[]>> = {
  man: ['-v', `${language}+m3`, '-p', '42', '-s', '205'],
  oldMan: ['-v', `${language}+m1`, '-p', '30', '-s', '185'],
  woman: ['-v', `${language}+f2`, '-p', '55', '-s', '205'],
  girl: ['-v', `${language}+f4`, '-p', '68', '-s', '215'],
  announcer: ['-v', `${language}+f3`, '-p', '50', '-s', '195'],
}
const mostBytes = 1_500_000

const folder = join(import.meta.dirname, '../resources/demo/speech')
mkdirSync(folder, { recursive: true })
for (const name of readdirSync(folder)) if (!(name.replace(/\.wav$/, '') in lines)) rmSync(join(folder, name))
const spoken = join(tmpdir(), `demo-speech-${process.pid}.wav`)
for (const [id, { text, voice }] of Object.entries(lines)) {
  execFileSync('espeak-ng', [...voices[voice], '-w', spoken, text])
  const cut = ['silence', '1', '0.02', '0.5%', 'reverse', 'silence', '1', '0.02', '0.5%', 'reverse']
  execFileSync('sox', [spoken, '-r', '8000', '-c', '1', '-e', 'a-law', join(folder, `${id}.wav`), ...cut, 'norm', '-6'])
}
rmSync(spoken)
const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
console.log(`${Object.keys(lines).length} lines, ${bytes} bytes`)
if (bytes > mostBytes) process.exitCode = 1
