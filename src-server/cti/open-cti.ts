import { createAmiCti } from './asterisk/ami'
import type { Cti, CtiParts } from './cti'
import { createEslCti } from './freeswitch/esl'
import type { CtiSettings } from './settings'

/** The adapter that the settings ask for; it connects by itself, and goes on trying. */
export function openCti(settings: CtiSettings, parts: CtiParts): Cti {
  return settings.kind === 'asterisk' ? createAmiCti(settings, parts) : createEslCti(settings, parts)
}
