import type { DutyLogDraft } from '#shared/contracts/central-api/duty-log'
import type { Central, Deliver, Intent, IntentKindName } from './ports'

/**
 * Sends one queued record with the credential of whoever made it. The intent's id is the idempotency key, so however often an answer is lost,
 * the centre does it once. A row per kind; the compiler asks for a missing one.
 */
type Sender = (central: Central, intent: Intent, options: { readonly accountNo: string; readonly timeoutMs: number }) => ReturnType<Deliver>

/** Nobody waits in front of a queued record: a slow centre is given time rather than asked again. */
const deliveryTimeoutMs = 10_000

const senders: { readonly [N in IntentKindName]: Sender } = {
  'dutyLog.append': (central, intent, options) =>
    central.call('dutyLog.append', { body: intent.body as DutyLogDraft, idempotencyKey: intent.intentId }, options),
}

export function createDeliver(central: Central): Deliver {
  return (intent) => senders[intent.kind](central, intent, { accountNo: intent.accountNo, timeoutMs: deliveryTimeoutMs })
}
