import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Log } from '#shared/base/log'

/**
 * Lets the seat's page, by its exact origin, use the microphone in the seat's own browser profile without asking. A policy for it would need an
 * administrator, and a command-line switch would let in every origin. The browser reads its preferences when it starts.
 */
export function allowMicrophone(profileFolder: string, origin: string, log: Log): void {
  const file = join(profileFolder, 'Default', 'Preferences')
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const changed = `${file}.seat`
    writeFileSync(changed, JSON.stringify(withMicrophone(readJson(file), origin)), { mode: 0o600 })
    renameSync(changed, file)
  } catch (cause) {
    // The page then asks the person, and says so while it has no microphone.
    log.warn('microphone could not be allowed in advance', { cause })
  }
}

type Json = Readonly<Record<string, unknown>>

/** Preferences in which this origin, and no other, may use the microphone. Pure. 1 is Chromium's CONTENT_SETTING_ALLOW. */
export function withMicrophone(preferences: Json, origin: string): Json {
  const profile = objectOf(preferences.profile)
  const settings = objectOf(profile.content_settings)
  const exceptions = { ...objectOf(settings.exceptions), media_stream_mic: { [`${origin},*`]: { setting: 1 } } }
  return { ...preferences, profile: { ...profile, content_settings: { ...settings, exceptions } } }
}

const objectOf = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {})

/** A file that is not there yet, or was cut off when the power went: the browser would begin anew too. */
function readJson(file: string): Json {
  try {
    return objectOf(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return {}
  }
}
