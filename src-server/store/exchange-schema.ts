/** The tables of the exchange with other platforms, by the same column rules as those in `schema.ts`. */
export interface ExchangeTables {
  partner: PartnerRow
  exchange_case: ExchangeCaseRow
  exchange_outbox: ExchangeOutboxRow
  exchange_log: ExchangeLogRow
}

/** Another platform. Its key is known only by its hash; the secret must be known, because messages to it are signed with it. */
export interface PartnerRow {
  partner_id: string
  name: string
  key_hash: string
  signing_secret: string
  /** Where changes of its cases are sent; null when it asks by itself. */
  notify_url: string | null
  is_enabled: 0 | 1
  /** `,mayorMailbox,media,`: sources whose replies go to it though it hands over no cases; null: none. */
  reply_sources: string | null
  created_at: number
}

export interface ExchangeCaseRow {
  partner_id: string
  external_no: string
  case_id: string
  case_no: string
  received_at: number
  /** Last change of stage, or end. */
  changed_at: number
  closing_opinion: string | null
}

export interface ExchangeOutboxRow {
  /** `caseId.version`: the same change is the same delivery, however often it is sent. */
  delivery_id: string
  partner_id: string
  case_id: string
  version: number
  external_no: string
  case_no: string
  /** The very text that is signed and sent. */
  body: string
  created_at: number
  attempts: number
  /** Not tried before this; moved on while somebody is trying. */
  next_at: number
  state: string
  /** The reply itself, and not news of the case. */
  is_reply: 0 | 1
}

export interface ExchangeLogRow {
  entry_id: string
  at: number
  partner_name: string
  direction: string
  operation: string
  external_no: string | null
  case_no: string | null
  outcome: string
  detail: string
}
