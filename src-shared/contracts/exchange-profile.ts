import { type Static, Type } from 'typebox'

/**
 * How one city's exchange is spoken to: data, because exchanges differ and a new one must need no new program. The password is not in it; it lies in
 * the secret store. `docs/exchanges.md` gives profiles that were tried.
 */
const Host = Type.String({ minLength: 1, maxLength: 255, pattern: '^[A-Za-z0-9.:_\\[\\]-]+$' })
const HeaderName = Type.String({ pattern: "^[A-Za-z0-9!%*_+`'~.-]{1,64}$" })
const HeaderValue = Type.String({ maxLength: 512, pattern: '^[^\\r\\n\\u0000]*$' })
const Extension = Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\s@<>":;?]+$' })
const strict = { additionalProperties: false } as const

/** A supervisor's way into a call: digits before the seat's number, and headers, as the exchange wants them. `{seat}` stands for the number. */
export const SupervisionCode = Type.Object(
  {
    target: Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\s@<>":;?]*\\{seat\\}[^\\s@<>":;?]*$' }),
    headers: Type.Record(HeaderName, HeaderValue),
  },
  strict,
)

export const ExchangeProfile = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64 }),
    /** Right side of the seat's address: `sip:1004@domain`. */
    domain: Host,
    /** Extension of this seat, and the name it signs in with when that differs. */
    account: Extension,
    authorizationName: Type.Union([Type.String({ minLength: 1, maxLength: 128 }), Type.Null()]),
    displayName: Type.Union([Type.String({ maxLength: 64 }), Type.Null()]),
    /** `host` or `host:port` where requests go; null: the domain itself, by RFC 3263. */
    proxy: Type.Union([Host, Type.Null()]),
    transport: Type.Union([Type.Literal('UDP'), Type.Literal('TCP'), Type.Literal('TLS')]),
    /** Null: the address that the machine uses towards the exchange. */
    localAddress: Type.Union([Host, Type.Null()]),
    /** UDP: the port to bind, 0 = any. TCP: a listener for peers that connect to us, null = none. */
    localPort: Type.Union([Type.Integer({ minimum: 0, maximum: 65_535 }), Type.Null()]),
    /** PEM of the exchange's authority; null: the machine's own list. */
    trustedAuthorities: Type.Union([Type.String({ maxLength: 65_536 }), Type.Null()]),
    allowMd5: Type.Boolean(),
    registerForS: Type.Integer({ minimum: 20, maximum: 86_400 }),
    /** Period of OPTIONS to the exchange; 0 = never. */
    optionsEveryS: Type.Integer({ minimum: 0, maximum: 3_600 }),
    /** RFC 4028; 0 = not asked for. */
    sessionTimerS: Type.Union([Type.Literal(0), Type.Integer({ minimum: 90, maximum: 86_400 })]),
    /** RFC 3262: whether own ringing is sent reliably where the caller can. */
    reliableProvisional: Type.Boolean(),
    srtp: Type.Union([Type.Literal('off'), Type.Literal('optional'), Type.Literal('required')]),
    /** Where caller identity may be believed from: RFC 3325 headers count only when the exchange sets them. */
    trustsIdentityHeaders: Type.Boolean(),
    /** Area code of the city without its 0 (`451`), put before local numbers; null leaves them as they are. */
    areaCode: Type.Union([Type.String({ pattern: '^[1-9]\\d{1,2}$' }), Type.Null()]),
    /** Digits that the exchange wants before outside numbers, and puts before callers' (often `9` or `0`); empty = none. */
    outsidePrefix: Type.String({ pattern: '^\\d{0,4}$' }),
    /** Further headers that travel with a call: key in the program → header name. */
    dataHeaders: Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,31}$' }), HeaderName),
    supervision: Type.Record(Type.String({ pattern: '^[a-z][A-Za-z]{0,31}$' }), SupervisionCode),
    /** What is dialled to hear oneself, for the check before the shift; null: the exchange has no such number. */
    echoNumber: Type.Union([Type.String({ pattern: '^[0-9*#]{1,32}$' }), Type.Null()]),
    /** Where a citizen is asked how the service was, with `{call}` for the 15 digits that name the call; null: the exchange has no such announcement. */
    satisfactionTarget: Type.Union([Type.String({ maxLength: 24, pattern: '^[*#][0-9*#]{0,7}\\{call\\}$' }), Type.Null()]),
    /** How long an outgoing call may ring. */
    ringForS: Type.Integer({ minimum: 10, maximum: 300 }),
    /** Incoming calls beyond so many are answered busy. */
    mostCalls: Type.Integer({ minimum: 1, maximum: 16 }),
  },
  strict,
)
export type ExchangeProfile = Static<typeof ExchangeProfile>

/** What most exchanges take; a configuration names only what differs. */
export const usualProfile: Omit<ExchangeProfile, 'name' | 'domain' | 'account'> = {
  authorizationName: null,
  displayName: null,
  proxy: null,
  transport: 'UDP',
  localAddress: null,
  localPort: 0,
  trustedAuthorities: null,
  allowMd5: true,
  registerForS: 120,
  optionsEveryS: 15,
  sessionTimerS: 1_800,
  reliableProvisional: true,
  srtp: 'off',
  trustsIdentityHeaders: true,
  areaCode: null,
  outsidePrefix: '',
  dataHeaders: {},
  supervision: {},
  echoNumber: null,
  satisfactionTarget: null,
  ringForS: 120,
  mostCalls: 4,
}
