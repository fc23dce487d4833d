import { first } from './0001-first'
import { cases } from './0002-cases'
import { telephone } from './0003-telephone'
import { recordings } from './0004-recordings'
import { callers } from './0005-callers'
import { shift } from './0006-shift'
import { callerPlaces } from './0007-caller-places'
import { caseFlow } from './0008-case-flow'
import type { Migration } from './migration'

/** All steps in order. A new one is a new file with the next number, added here. */
export const migrations: readonly Migration[] = [first, cases, telephone, recordings, callers, shift, callerPlaces, caseFlow]
