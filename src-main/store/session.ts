import type { EpochMs } from '#shared/base/clock'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { Database } from './database'
import type { Facts } from './facts'

/** The session that survives a restart, without its tokens: those are secrets and live in the secret store. */
export interface StoredSession {
  readonly me: Me
  readonly isLocked: boolean
  readonly lockedAt: EpochMs | null
  readonly admittedBy: 'central' | 'offline'
  readonly needsSignIn: boolean
}

export interface Verified {
  readonly verifier: string
  readonly me: Me
  readonly verifiedAt: EpochMs
}

export interface Sessions {
  get(): StoredSession | undefined
  put(session: StoredSession): void
  clear(): void
  /** The salted verifier of the password that the centre accepted last; making and checking it is not done here. */
  verifierOf(accountNo: string): Verified | undefined
  rememberVerifier(accountNo: string, verifier: string, me: Me, verifiedAt: EpochMs): void
  /** The last person signed in here; survives `clear`. */
  lastAccountNo(): string | undefined
}

export function createSessions(database: Database, facts: Facts): Sessions {
  const get = database.prepare('SELECT body FROM session')
  const put = database.prepare(
    'INSERT INTO session (only_row, body) VALUES (1, ?) ON CONFLICT (only_row) DO UPDATE SET body = excluded.body',
  )
  const clear = database.prepare('DELETE FROM session')
  const verifierOf = database.prepare('SELECT verifier, me, verified_at AS verifiedAt FROM verifier WHERE account_no = ?')
  const remember = database.prepare(
    'INSERT INTO verifier (account_no, verifier, me, verified_at) VALUES (?, ?, ?, ?) ON CONFLICT (account_no) DO UPDATE SET verifier = excluded.verifier, me = excluded.me, verified_at = excluded.verified_at',
  )
  return {
    get: () => {
      const row = get.get() as { readonly body: string } | undefined
      return row && (JSON.parse(row.body) as StoredSession)
    },
    put: (session) => {
      put.run(JSON.stringify(session))
      facts.set('lastAccountNo', session.me.accountNo)
    },
    clear: () => void clear.run(),
    verifierOf: (accountNo) => {
      const row = verifierOf.get(accountNo) as { readonly verifier: string; readonly me: string; readonly verifiedAt: EpochMs } | undefined
      return row && { verifier: row.verifier, me: JSON.parse(row.me) as Me, verifiedAt: row.verifiedAt }
    },
    rememberVerifier: (accountNo, verifier, me, verifiedAt) => void remember.run(accountNo, verifier, JSON.stringify(me), verifiedAt),
    lastAccountNo: () => facts.get('lastAccountNo'),
  }
}
