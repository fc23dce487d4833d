import type { AppError } from '#shared/base/app-error'
import type { EpochMs, Stop } from '#shared/base/clock'
import type { Stamp } from '#shared/base/hybrid-clock'
import type { Result } from '#shared/base/result'
import type { ActionInputSchema, CaseDetail, CaseRowSchema as CaseRow } from '#shared/contracts/case-shapes'
import type { Variant } from '#shared/contracts/central-api/attachments'
import type { DutyLogEntry } from '#shared/contracts/central-api/duty-log'
import type { Me, Tokens } from '#shared/contracts/central-api/sessions'
import type { InputOf, OutputOf, RouteName } from '#shared/contracts/central-api/table'
import type { ReferenceDocument, ReferenceKind, ReferenceManifestEntry } from '#shared/contracts/reference'
import type { StateOfTopic, TopicName } from '#shared/contracts/seat-api/table'
import type { DutyLogEntryView, OutboxView } from '#shared/contracts/seat-api/views'
import type { ServerEvent } from '#shared/contracts/server-events/table'
import type { HandoverStepSchema } from '#shared/contracts/shift-shapes'
import type { ActionId } from '#shared/domain/case/actions'
import type { FlowKind } from '#shared/domain/case/case-flow'
import type { ChainHead, SealedEntry } from '#shared/domain/duty-log/seal'
import type { CallerStore } from './callers/ports'
import type { CallStore } from './telephone/ports'

/**
 * What the workflows need from the rooms around them. `store`, `outbox` and `central` fit these by shape; `compose.ts` is where the compiler
 * checks the fit. All store calls are synchronous (better-sqlite3) and none opens a transaction of its own: a workflow shows its one
 * transaction by wrapping its calls in `Store.transaction`.
 */
export interface Store {
  /**
   * Runs `work` in one IMMEDIATE transaction; a throw rolls back. Never nested, never asynchronous. Full disk and read-only folder come back as
   * values. What it committed survives a power cut; `processDeath` asks for less (a kill, not a power cut) and does not wait for the disk: right
   * for drafts, and for snapshots and cursors that the centre can tell again.
   */
  transaction<T>(work: () => T, survives?: 'powerLoss' | 'processDeath'): Result<T, AppError>
  readonly drafts: DraftStore
  readonly settings: SettingStore
  readonly snapshots: SnapshotStore
  readonly reference: ReferenceStore
  readonly session: SessionStore
  readonly dutyLog: DutyLogStore
  readonly logChain: LogChainStore
  readonly handoverSteps: HandoverStepStore
  readonly caseFlow: CaseFlowStore
  readonly intents: IntentStore
  readonly cases: CaseStore
  readonly attachments: AttachmentStore
  readonly bulkJobs: BulkJobStore
  readonly calls: CallStore
  readonly callers: CallerStore
  readonly recordings: RecordingStore
  readonly eventCursor: { get(): number | undefined; set(seq: number): void }
  facts(): StoreFacts
}

export interface StoreFacts {
  readonly bytes: number
  readonly schemaVersion: number
  readonly isEncrypted: boolean
  readonly lastBackupAt: EpochMs | null
  readonly slowStatements: number
  /** How opening went: `recovered` names the damaged file kept aside and the time of the backup used. */
  readonly opening:
    | { readonly how: 'created' | 'opened' | 'migrated' }
    | { readonly how: 'recovered'; readonly keptAside: string; readonly backupAt: EpochMs | null; readonly salvaged: number }
}

/** What is being typed, by key; the workflow puts the account in the key. */
export interface DraftStore {
  get(key: string): { readonly body: string; readonly savedAt: EpochMs } | undefined
  list(prefix: string): readonly { readonly key: string; readonly body: string; readonly savedAt: EpochMs }[]
  save(key: string, body: string, savedAt: EpochMs): void
  discard(key: string): void
}

/** Small JSON values by name. */
export interface SettingStore {
  get(name: string): unknown
  set(name: string, value: unknown): void
}

/** The last answer of the centre about something, whole, for showing when the centre is away. */
export interface SnapshotStore {
  get(name: string): { readonly state: unknown; readonly readAt: EpochMs } | undefined
  put(name: string, state: unknown, readAt: EpochMs): void
}

export interface ReferenceStore {
  manifest(): { readonly entries: readonly ReferenceManifestEntry[]; readonly readAt: EpochMs | null }
  /** Replaces the list; documents whose entry vanished are removed. */
  replaceManifest(entries: readonly ReferenceManifestEntry[], readAt: EpochMs): void
  get(
    kind: ReferenceKind,
    id: string,
  ): { readonly entry: ReferenceManifestEntry; readonly document: ReferenceDocument; readonly readAt: EpochMs } | undefined
  put(entry: ReferenceManifestEntry, document: ReferenceDocument, readAt: EpochMs): void
}

/** The session that survives a restart, without its tokens (those are secrets). */
export interface StoredSession {
  readonly me: Me
  readonly isLocked: boolean
  readonly lockedAt: EpochMs | null
  readonly admittedBy: 'central' | 'offline'
  readonly needsSignIn: boolean
}

export interface SessionStore {
  get(): StoredSession | undefined
  put(session: StoredSession): void
  clear(): void
  /** For signing in and unlocking while the centre is away: a salted scrypt verifier of the password that the centre accepted last. */
  verifierOf(accountNo: string): { readonly verifier: string; readonly me: Me; readonly verifiedAt: EpochMs } | undefined
  rememberVerifier(accountNo: string, verifier: string, me: Me, verifiedAt: EpochMs): void
  lastAccountNo(): string | undefined
}

export interface DutyLogStore {
  insert(entry: DutyLogEntryView & { readonly shiftId: string | null; readonly sealed?: SealedPart }): void
  /** From an event or a list; an entry already known is completed with `receivedAt` and `sync: 'sent'`. */
  applyFromCentral(entry: DutyLogEntry): void
  setSync(entryId: string, sync: DutyLogEntryView['sync'], reason: string | null): void
  setText(entryId: string, text: string): void
  remove(entryId: string): void
  /** Newest first. */
  newest(limit: number): readonly DutyLogEntryView[]
  sealedSince(from: EpochMs): readonly SealedEntry[]
}

export type SealedPart = Required<Pick<DutyLogEntry, 'origin' | 'corrects' | 'links' | 'seal'>>

/** Where this seat's chain of the duty log ends; see `store/log-chain.ts`. */
export interface LogChainStore {
  head(keyId: string): ChainHead | undefined
  put(head: ChainHead): void
  newestStamp(): Stamp | undefined
}

export interface HandoverStepStore {
  /** False: it is known already. */
  insert(step: HandoverStepSchema): boolean
  of(handoverId: string): readonly HandoverStepSchema[]
  since(from: EpochMs): readonly HandoverStepSchema[]
}

/** Steps of cases as this seat heard them; see `store/case-flow.ts`. */
export interface CaseFlowStore {
  keep(seq: number, at: EpochMs, flows: readonly { readonly kind: FlowKind; readonly count: number }[]): void
  keepGap(seq: number, at: EpochMs): void
  since(
    fromSeq: number | null,
    fromAt: EpochMs,
  ): { readonly flows: readonly { readonly kind: FlowKind; readonly count: number }[]; readonly isWhole: boolean }
}

/** Rows and details of cases for one pair of eyes at a time (`scope`); see `store/cases.ts`. */
export interface CaseStore {
  scope(): string | undefined
  /** Forgets everything read in another scope; true when there was one. */
  enter(scope: string): boolean
  /** When every queue was last read to its end. */
  readAt(): EpochMs | null
  setReadAt(at: EpochMs | null): void
  rowsAfter(caseId: string, limit: number): readonly CaseRow[]
  putRow(row: CaseRow): void
  /** With detail and pictures; files of the pictures are removed after the commit. */
  removeRow(caseId: string): readonly PictureKey[]
  /** The row alone: it left the queues of this post. */
  dropRow(caseId: string): void
  /** Details of cases whose row is not held, with their pictures. */
  forgetUnheld(): readonly PictureKey[]
  detail(caseId: string): { readonly detail: CaseDetail; readonly readAt: EpochMs } | undefined
  putDetail(detail: CaseDetail, readAt: EpochMs): void
  caseOfAttachment(attachmentId: string): string | undefined
}

/** An attachment that was written here and is not at the centre yet. */
export interface KeptAttachment {
  readonly attachmentId: string
  readonly accountNo: string
  readonly purpose: string
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: number
  readonly received: number
  /** Null until every byte is here. */
  readonly sha256: string | null
  readonly createdAt: EpochMs
}

export interface AttachmentStore {
  insert(attachment: KeptAttachment): void
  get(attachmentId: string): KeptAttachment | undefined
  setReceived(attachmentId: string, received: number, sha256: string | null): void
  remove(attachmentId: string): void
  /** Writes behind what is there; the last piece gives the hash of the whole. Errors: `store/full`, `store/readOnly`. */
  write(attachment: KeptAttachment, bytes: Uint8Array): Promise<Result<{ readonly sha256: string | null }, AppError>>
  readPiece(attachmentId: string, offset: number, length: number): Promise<Uint8Array<ArrayBuffer> | undefined>
  readonly pictures: PictureStore
}

export interface PictureKey {
  readonly attachmentId: string
  readonly variant: Variant
}

export interface KeptPicture extends PictureKey {
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: number
}

/** A bounded cache of files read from the centre. Rows change in transactions; files are written before and removed after. */
export interface PictureStore {
  get(attachmentId: string, variant: Variant): KeptPicture | undefined
  insert(picture: KeptPicture, usedAt: EpochMs): void
  touch(attachmentId: string, variant: Variant, usedAt: EpochMs): void
  evict(): readonly PictureKey[]
  writeFile(key: PictureKey, bytes: Uint8Array): Promise<boolean>
  readFile(key: PictureKey): Promise<Uint8Array | undefined>
  removeFiles(keys: readonly PictureKey[]): void
  sweep(): void
}

export interface KeptBulkJob {
  readonly bulkId: string
  readonly accountNo: string
  readonly action: ActionId
  readonly input: ActionInputSchema
  readonly title: string
  readonly startedAt: EpochMs
  readonly state: 'running' | 'done' | 'cancelled' | 'interrupted'
}

export interface KeptBulkItem {
  /** Also the `Idempotency-Key`. */
  readonly key: string
  readonly caseId: string
  readonly caseNo: string
  readonly version: number
  /** `sent`: a request left and its answer is not here. */
  readonly state: 'waiting' | 'sent' | 'done' | 'refused'
  readonly reason: { readonly code: string; readonly message: string } | null
}

/** The copy of a recording at this seat; `accountNo` took the call. */
export interface KeptRecording {
  readonly recordingId: string
  readonly callId: string
  readonly accountNo: string | null
  readonly bytes: number
  readonly startedAt: EpochMs
  /** When the centre confirmed that it has all of it. */
  readonly sentAt: EpochMs | null
}

export interface RecordingStore {
  /** False: it is known already. */
  insert(copy: KeptRecording): boolean
  get(recordingId: string): KeptRecording | undefined
  setOwner(recordingId: string, accountNo: string): void
  list(): readonly KeptRecording[]
  setSent(recordingId: string, at: EpochMs): void
  remove(recordingId: string): void
}

export interface BulkJobStore {
  insert(job: KeptBulkJob, items: readonly KeptBulkItem[]): void
  jobsOf(accountNo: string): readonly KeptBulkJob[]
  items(bulkId: string): readonly KeptBulkItem[]
  setState(bulkId: string, state: KeptBulkJob['state']): void
  setItem(key: string, state: KeptBulkItem['state'], reason: KeptBulkItem['reason']): void
  interruptAll(): void
  remove(bulkId: string): void
}

/** A record on its way: one row, written in the same transaction as the record it belongs to. */
export interface Intent {
  /** Also the `Idempotency-Key`. */
  readonly intentId: string
  readonly kind: IntentKindName
  /** Intents of one subject leave in the order they were made; others do not wait for them. */
  readonly subject: string
  readonly accountNo: string
  /** What will be sent; JSON. */
  readonly body: unknown
  readonly createdAt: EpochMs
  readonly state: 'waiting' | 'parked'
  /** Sends begun. More than 0 while waiting means an answer was lost: it may have been done, so it can be neither edited nor withdrawn. */
  readonly attempts: number
  readonly nextAttemptAt: EpochMs | null
  readonly reason: { readonly code: string; readonly message: string } | null
}

/** Kinds of queued records; a later kind adds its name here and its row in `workflows/intent-kinds.ts`. */
export type IntentKindName =
  | 'dutyLog.append'
  | 'handover.step'
  | 'case.note'
  | 'case.register'
  | 'attachment.upload'
  | 'call.keep'
  | 'agent.interval'
  | 'seatCheck.keep'
  | 'patrol.keep'
  | 'quality.enter'
  | 'repair.step'
  | 'morale.report'
  | 'call.reveal'
  | 'recording.upload'
  | 'recording.play'

export interface IntentStore {
  append(intent: Intent): void
  get(intentId: string): Intent | undefined
  /** In the order they were made. */
  list(): readonly Intent[]
  /** Writes state, attempts, next try, reason and (after an edit) body and id. */
  update(intentId: string, change: Partial<Omit<Intent, 'kind' | 'subject' | 'accountNo' | 'createdAt'>>): void
  remove(intentId: string): void
}

/** What the outbox must know about one kind of record. Every function is synchronous and runs inside the outbox's transaction. */
export interface IntentKind {
  readonly title: string
  summary(body: unknown): string
  /** Subjects that must be through before this one leaves, besides its own: a note waits for the photos that it names. */
  waitsFor?(body: unknown): readonly string[]
  /** False: nobody takes one back. */
  readonly canWithdraw?: boolean | ((body: unknown) => boolean)
  editableText(body: unknown): string | null
  /** The body with another text, and the same change on the record itself. */
  edit(body: unknown, text: string): Result<unknown, AppError>
  /** The centre has it: complete the record. */
  delivered(body: unknown, answer: unknown): void
  /** The centre refused it for good: mark the record. */
  parked(body: unknown, reason: AppError): void
  /** Retried after parking: the record waits again. */
  requeued(body: unknown): void
  /** Taken back by its author: remove the record, give the text back as a draft. */
  withdrawn(body: unknown, accountNo: string): void
}

export interface Outbox {
  view(): OutboxView
  /** Looks for work now (after an append, on coming online, on a retry). */
  wake(): void
  /** Looks for work without hurrying what waits: something was appended, or what held records back is over. */
  lookAgain(): void
  retry(intentId: string): Result<void, AppError>
  edit(intentId: string, text: string): Result<void, AppError>
  withdraw(intentId: string): Result<void, AppError>
  /** Whether something of this account still waits; its credential is kept until then. */
  hasWaitingOf(accountNo: string): boolean
  onChanged(listener: () => void): Stop
  stop(): Promise<void>
}

/** Sends one intent with the credential of the account that made it. Errors with `retryable: true`, or of the kind `auth/*`, keep it waiting. */
export type Deliver = (intent: Intent) => Promise<Result<unknown, AppError>>

/** The typed client of the central API. */
export interface Central {
  /** Never rejects. `accountNo` chooses the credential; absent, the signed-in one. Live calls give up after `timeoutMs` (3 s unless said). */
  call<N extends RouteName>(
    name: N,
    input: InputOf<N> & {
      readonly idempotencyKey?: string
      readonly ifMatch?: number
      /** Only these octets of a file. */
      readonly range?: { readonly from: number; readonly until: number }
    },
    options?: { readonly accountNo?: string; readonly timeoutMs?: number },
  ): Promise<Result<OutputOf<N>, AppError>>
}

/** Access and refresh tokens by account, in the secret store; renewed by the client when they are about to expire. */
export interface Credentials {
  tokensOf(accountNo: string): Promise<Tokens | undefined>
  keep(accountNo: string, tokens: Tokens): Promise<void>
  forget(accountNo: string): Promise<void>
  setCurrent(accountNo: string | null): void
}

/** The event stream: one connection, resumed after the stored cursor. */
export interface EventStream {
  /** Starts (or restarts) listening as the signed-in account. */
  start(after: number | undefined): void
  /** Tries now instead of after the back-off. */
  retryNow(): void
  stop(): void
}

export type OnServerEvent = (event: ServerEvent) => void

/** Publishes a topic's whole state; the seat API gives it the next revision and keeps it for snapshots. */
export type Publish = <N extends TopicName>(topic: N, state: StateOfTopic<N>) => void
