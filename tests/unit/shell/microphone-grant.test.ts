import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { allowMicrophone, withMicrophone } from '#main/shell/browser/microphone-grant'
import { createKeptLog } from '../../fakes/kept-log'

const origin = 'http://127.0.0.1:34567'
const grant = { [`${origin},*`]: { setting: 1 } }

describe('the microphone of the browser shell', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seat-grant-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const kept = () => JSON.parse(readFileSync(join(folder, 'Default/Preferences'), 'utf8'))

  it('is allowed to this origin alone; what else the profile holds stays', () => {
    const old = {
      browser: { theme: 1 },
      profile: {
        name: 'x',
        content_settings: { exceptions: { sound: { a: 1 }, media_stream_mic: { 'http://127.0.0.1:1,*': { setting: 1 } } } },
      },
    }
    expect(withMicrophone(old, origin)).toEqual({
      browser: { theme: 1 },
      profile: { name: 'x', content_settings: { exceptions: { sound: { a: 1 }, media_stream_mic: grant } } },
    })
  })
  it('is allowed in a profile that is new, and in one whose preferences were cut off', () => {
    const log = createKeptLog()
    allowMicrophone(folder, origin, log)
    expect(kept().profile.content_settings.exceptions.media_stream_mic).toEqual(grant)
    writeFileSync(join(folder, 'Default/Preferences'), '{"profile": {"na')
    allowMicrophone(folder, origin, log)
    expect(kept().profile.content_settings.exceptions.media_stream_mic).toEqual(grant)
  })
})
