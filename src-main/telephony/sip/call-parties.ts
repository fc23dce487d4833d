/** Who is on the other end, and what travels with a call: the two things that signalling reads for the people above it. */
export interface RemoteParty {
  /** E.164-like (`+8613800138000`) when it can be, a short number (`110`, `1004`) as it came, null when withheld or not a number. */
  readonly number: string | null
  readonly displayName: string | null
  readonly isWithheld: boolean
  /** Where it came from: RFC 3325 assertions of the exchange are worth more than the caller's own From. */
  readonly source: 'assertedIdentity' | 'remotePartyId' | 'from' | 'dialled'
}

/** What travels with a call from seat to seat. */
export interface CallData {
  /** `X-Case-No`. */
  readonly caseNo: string | null
  /** RFC 7433, decoded from hex when it is text. */
  readonly userToUser: string | null
  /** Other headers that the exchange profile names, by the profile's key. */
  readonly extra: Readonly<Record<string, string>>
}
