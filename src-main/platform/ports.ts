import type { AppError } from '#shared/base/app-error'
import type { Clock, Ids, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import type { Result } from '#shared/base/result'
import type { Notice, PaneId } from '#shared/contracts/seat-api/views'

/**
 * What the core needs from the machine it runs on. `platform/` fits these for plain Node; the shells fit what differs between them (secrets,
 * windows); tests fit them with values they control.
 */
export interface Platform {
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly secrets: SecretStore
}

/** Short secrets (tokens, later SIP passwords), kept where the operating system keeps such things when it can. */
export interface SecretStore {
  readonly keptIn: 'osKeyStore' | 'file'
  get(name: string): Promise<string | undefined>
  set(name: string, secret: string): Promise<void>
  delete(name: string): Promise<void>
}

/** The key with which this seat signs its records, and the hash that goes with it. Ed25519; all text is taken in UTF-8. */
export interface SeatKeyPair {
  /** SHA-256 of `publicKey`. */
  readonly keyId: string
  /** SubjectPublicKeyInfo in base64. */
  readonly publicKey: string
  sha256(text: string): string
  sign(text: string): string
}

/** What the core asks of the shell around it. A shell answers for what it cannot do: nothing here throws. */
export interface Shell {
  readonly kind: 'electron' | 'browser'
  /** Opens a pane in its own window. `address` set: the shell cannot open windows, the page opens this address itself. */
  popOut(pane: PaneId): Promise<Result<{ readonly address: string | null }, AppError>>
  /** Shows a notice outside the window when no window has the focus; inside, the renderer shows it. */
  announce(notice: Notice): void
  /** Windows of a software wall. Absent: this shell has none, and a wall of that kind is not driven here. */
  readonly wallWindows?: WallWindows
}

/** Windows that each show a part of a software wall, by the number of their screen. */
export interface WallWindows {
  /** `display`: counted from 1, the seat's own first; null: whichever other there is. An ordinary window where there is none. */
  open(screen: number, display: number | null): { readonly display: string | null; readonly address: string | null }
  /** Whether there is such a display besides the seat's own. */
  hasDisplay(display: number | null): boolean
  /** `gone`: a window was closed, its page died or its display was unplugged; `displays`: one was added. */
  onChanged(listener: (change: { readonly kind: 'gone'; readonly screen: number } | { readonly kind: 'displays' }) => void): Stop
}

/** Configuration of one seat, parsed once at start. */
export interface SeatConfig {
  readonly version: string
  readonly seatNo: string
  /** Origin of the central server, e.g. `http://127.0.0.1:7319`; without a path. */
  readonly centralUrl: string
  /** Database, backups, logs and (when there is no key store) secrets live below it. */
  readonly dataFolder: string
  readonly suggestedAccountNo: string | null
  /** Minutes without a key or pointer until the seat locks; 0 = never. */
  readonly autoLockMinutes: number
  /**
   * The seat's line as IT wrote it: `exchange` (an exchange profile), `password`, `isDemonstration`. Unchecked: a mistake in it costs the telephone
   * and nothing else. Absent: this seat has no telephone.
   */
  readonly telephone?: unknown
  /** The wall that this workstation drives, as IT wrote it: see `docs/walls.md`. Unchecked, like `telephone`; absent: none. */
  readonly wall?: unknown
  /** Opens the database encrypted when a cipher-capable driver is installed; null = plain. */
  readonly databaseKey: string | null
}
