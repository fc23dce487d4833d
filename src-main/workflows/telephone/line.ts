import type { Log } from '#shared/base/log'
import type { CallJournal, CallSnapshot } from '../../telephony/sip/call-snapshot'
import type { RegistrationView, UserAgent, UserAgentEvent } from '../../telephony/sip/user-agent'
import type { Store } from '../ports'
import type { LineSetup, OpenLine } from './ports'

/** The seat's line to its exchange: opened with a setup, registered as long as the program runs, and the calls of the last process taken up. */
export interface Line {
  agent(): UserAgent | null
  setup(): LineSetup | null
  registration(): RegistrationView | null
  /** Opens, registers and goes on with the calls that were kept; says of each whether it can. */
  open(setup: LineSetup, onResumed: (callId: string, goesOn: boolean) => void): void
  /** Without a word to the far sides of living calls: the next process goes on with them. */
  close(): Promise<void>
}

export interface LineParts {
  readonly openLine: OpenLine | null
  readonly store: Pick<Store, 'calls' | 'transaction'>
  readonly log: Log
  readonly onEvent: (event: UserAgentEvent) => void
}

export function createLine({ openLine, store, log, onEvent }: LineParts): Line {
  let agent: UserAgent | null = null
  let present: LineSetup | null = null
  const { live } = store.calls

  const kept = (work: () => void): void => {
    // A kill must not lose it and a power cut may: nobody waits for the disk between two messages of a call.
    const written = store.transaction(work, 'processDeath')
    if (!written.ok) log.error('call not kept for a restart', { code: written.error.code })
  }
  const journal: CallJournal = {
    write: (snapshot) => kept(() => live.put(snapshot.callId, 'snapshot', snapshot)),
    remove: (callId) => kept(() => live.clear(callId, 'snapshot')),
  }

  async function resume(snapshot: CallSnapshot): Promise<boolean> {
    const resumed = await agent?.resumeCall(snapshot)
    if (resumed?.ok) return true
    log.warn('call not resumed', { callId: snapshot.callId, code: resumed?.error.code })
    // What could not be taken up now is never taken up later: its far side is long gone by then.
    kept(() => live.remove(snapshot.callId))
    return false
  }

  return {
    agent: () => agent,
    setup: () => present,
    registration: () => agent?.registration() ?? null,
    open(setup, onResumed) {
      if (!openLine) return
      const snapshots = live.list().flatMap(({ snapshot }) => (isSnapshot(snapshot) ? [snapshot] : []))
      const opened = openLine(withPortOf(snapshots[0], setup), journal)
      agent = opened
      present = setup
      opened.onEvent(onEvent)
      opened.register()
      for (const snapshot of snapshots) void resume(snapshot).then((goesOn) => onResumed(snapshot.callId, goesOn))
    },
    async close() {
      const closing = agent
      agent = null
      present = null
      const how = closing?.calls().length ? 'abrupt' : 'politely'
      await closing?.stop(how)
    },
  }
}

const isSnapshot = (value: unknown): value is CallSnapshot =>
  typeof value === 'object' && value !== null && (value as CallSnapshot).version === 1

/** The far side goes on sending to the contact that it was told: over UDP the same port is bound again. */
function withPortOf(snapshot: CallSnapshot | undefined, setup: LineSetup): LineSetup {
  const port = Number(/:(\d{1,5})(?:;|$)/.exec(snapshot?.localContact ?? '')?.[1] ?? 0)
  const { profile } = setup
  if (port === 0 || profile.transport !== 'UDP' || profile.localPort) return setup
  return { ...setup, profile: { ...profile, localPort: port } }
}
