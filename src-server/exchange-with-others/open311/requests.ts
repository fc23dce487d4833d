import type { AppError } from '#shared/base/app-error'
import { chinaOffsetMs, dayMs } from '#shared/base/china-time'
import { err, ok, type Result } from '#shared/base/result'
import type { CaseFacts } from '#shared/domain/case/facts'
import type { CaseRow } from '#shared/domain/case/row'
import { caseStates, isEnd } from '#shared/domain/case/states'
import { withoutNumbers } from '#shared/domain/case/visibility'
import type { CasePerson } from '../../store/case-columns'
import type { Partner } from '../../store/exchange-store'
import { listPublicCases, type PublicQuery } from '../../store/open311-store'
import { putCase } from '../../workflows/cases/register-case'
import type { SettingsNow } from '../../workflows/cases/settings'
import type { Services } from '../../workflows/services'
import { logExchange } from '../exchange-log'
import { partnerActor } from '../partners'
import { plainLine, plainWords } from '../plain-words'
import { placeOf } from '../receive-case'
import type { Fields } from './formats'

/**
 * Services and service requests of GeoReport v2, as this centre has them: a service is a subclass of the edition in force, a request is a case that may
 * be published. Of a request only class, address, state and times are told; what citizens wrote is not.
 */
export interface Fault {
  readonly status: 400 | 403 | 404 | 429 | 500
  readonly words: string
}
export type Asked = Readonly<Record<string, string | undefined>>
const fault = (status: Fault['status'], words: string) => err<Fault>({ status, words })

/** Component and event codes overlap, so the kind goes before the digits. */
const letters = { component: 'C', event: 'E' } as const
const codeOf = ({ kind, code }: { kind: keyof typeof letters; code: string }): string => `${letters[kind]}${code}`

export function listServices({ profile, editions }: SettingsNow): readonly Fields[] {
  const edition = editions.find(({ standard }) => standard === profile?.classification)
  return (edition?.subclasses ?? []).map((subclass) => ({
    service_code: codeOf(subclass),
    service_name: subclass.name,
    description: subclass.name,
    metadata: 'false',
    type: 'realtime',
    keywords: '',
    group: edition?.majorClasses.find(({ kind, code }) => kind === subclass.kind && code === subclass.code.slice(0, 2))?.name ?? '',
  }))
}

function subclassOf(serviceCode: string, settings: SettingsNow) {
  const edition = settings.editions.find(({ standard }) => standard === settings.profile?.classification)
  const subclass = edition?.subclasses.find((one) => codeOf(one) === serviceCode)
  return edition && subclass ? { standard: edition.standard, kind: subclass.kind, code: subclass.code } : undefined
}

const mostDays = 90
const mostRequests = 1_000

/** Errors: 400 for what cannot be read. Numbers, when given, are all that counts (specification, "service_request_id"). */
export function queryOf(asked: Asked, settings: SettingsNow, now: number): Result<PublicQuery, Fault> {
  const { service_request_id, service_code, start_date, end_date, status } = asked
  const everything: PublicQuery = { caseNos: null, subclasses: null, from: null, until: null, isOpen: null, limit: mostRequests }
  if (service_request_id !== undefined) return ok({ ...everything, caseNos: listOf(service_request_id).slice(0, mostRequests) })
  const [start, end] = [momentOf(start_date), momentOf(end_date)]
  if (start === 'unreadable' || end === 'unreadable') return fault(400, 'start_date and end_date must be W3C date times with a zone')
  const until = end ?? (start === null ? now : Math.min(now, start + mostDays * dayMs))
  const from = start ?? until - mostDays * dayMs
  if (until < from || until - from > mostDays * dayMs) return fault(400, `start_date to end_date may span at most ${mostDays} days`)
  const states = status === undefined ? ['open', 'closed'] : listOf(status)
  if (states.some((state) => state !== 'open' && state !== 'closed')) return fault(400, 'status must be open, closed or both')
  const subclasses = service_code === undefined ? null : listOf(service_code).flatMap((code) => subclassOf(code, settings) ?? [])
  return ok({ ...everything, subclasses, from, until, isOpen: new Set(states).size === 2 ? null : states[0] === 'open' })
}

const listOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** W3C note "Date and Time Formats" with seconds and a zone, as the specification wants. */
function momentOf(text: string | undefined): number | null | 'unreadable' {
  if (text === undefined) return null
  // A plus in a query that was not encoded arrives as a blank.
  const exact = text.replace(/ (\d{2}:\d{2})$/, '+$1')
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/.test(exact) ? Date.parse(exact) : Number.NaN
  return at >= 0 && at < 253_402_300_800_000 ? at : 'unreadable'
}

const timeText = (at: number): string => new Date(at + chinaOffsetMs).toISOString().replace(/\.\d{3}Z$/, '+08:00')

export async function findRequests(services: Services, query: PublicQuery): Promise<readonly Fields[]> {
  return (await listPublicCases(services.db, query)).map(requestOf)
}

const requestOf = (row: CaseRow): Fields => ({
  service_request_id: row.caseNo,
  status: isEnd(row.state) ? 'closed' : 'open',
  status_notes: caseStates[row.state].name,
  service_name: row.subclassName,
  service_code: row.subclassCode === '' ? '' : codeOf({ kind: row.kind, code: row.subclassCode }),
  description: null,
  agency_responsible: null,
  service_notice: null,
  requested_datetime: timeText(row.beganAt),
  updated_datetime: timeText(row.enteredAt),
  expected_datetime: null,
  address: withoutNumbers(row.address),
  address_id: null,
  zipcode: null,
  lat: null,
  long: null,
  media_url: null,
})

/** Registers a case as from a citizen's app and answers its number. */
export async function postRequest(services: Services, partner: Partner, asked: Asked): Promise<Result<string, Fault>> {
  const done = await services.transactor.inTransaction<Result<string, Fault>>(async (unit) => {
    const settings = await services.caseSettings.read(unit.trx)
    const read = readPost(asked, settings)
    if (!read.ok) return ok(read)
    const { position, facts, citizen } = read.value
    const put = await putCase(services, unit, {
      ...{ caseId: services.ids.uuid(), photoIds: [], citizen, by: partnerActor(partner), at: services.clock.now() },
      facts: { ...facts, ...placeOf(position, null) },
    })
    return put.ok ? ok(ok(put.value.caseNo)) : put
  })
  const result = done.ok ? done.value : faultOf(done.error)
  await logExchange(services, services.db, {
    ...{ partnerName: partner.name, direction: 'in', operation: 'open311Request', externalNo: null },
    ...{ caseNo: result.ok ? result.value : null, outcome: result.ok ? 'done' : 'refused', detail: result.ok ? '' : result.error.words },
  })
  return result
}

const faultOf = ({ code, message }: AppError) => fault(code === 'profile/unusable' ? 500 : 400, message)

interface Posted {
  readonly position: CaseFacts['position']
  readonly facts: Omit<CaseFacts, keyof ReturnType<typeof placeOf>>
  readonly citizen: CasePerson | null
}

function readPost(asked: Asked, settings: SettingsNow): Result<Posted, Fault> {
  const given = (name: string): string => asked[name]?.trim() ?? ''
  const subclass = subclassOf(given('service_code'), settings)
  if (given('service_code') === '') return fault(400, 'service_code was not provided')
  if (!subclass) return fault(404, 'service_code was not found')
  const position = positionOf(given('lat'), given('long'))
  if (position === 'unreadable') return fault(400, 'lat and long must be degrees of WGS 84')
  const address = plainLine(given('address_string'))
  if (position === null && address === '') return fault(400, 'lat and long, or address_string, must be provided')
  const phone = given('phone')
  if (phone !== '' && !/^[0-9+*#() -]{3,30}$/.test(phone)) return fault(400, 'phone must be a telephone number')
  if (given('description').length > 4_000) return fault(400, 'description must have at most 4000 characters')
  const name = plainLine(`${given('last_name')}${given('first_name')}`).slice(0, 40)
  const citizen: CasePerson | null = phone === '' ? null : { name, number: phone, gender: 'unknown' }
  const facts: Posted['facts'] = {
    source: 'citizenApp',
    ...{ kind: subclass.kind, standard: subclass.standard, subclassCode: subclass.code, subclassName: '', majorName: '' },
    ...{ description: describe(given('description'), given('media_url')), address: address.slice(0, 200) },
    ...{ isUrgent: false, isSensitive: false, namedAgents: [] },
    ...{ hasCitizen: citizen !== null, wantsReply: citizen !== null, mayNotBeCalled: citizen === null },
    ...{ cameraNo: null, external: null, instruction: null },
  }
  return ok({ position, facts, citizen })
}

function describe(words: string, mediaUrl: string): string {
  const link = plainLine(mediaUrl).slice(0, 500)
  return [plainWords(words), ...(link === '' ? [] : [`附件地址（未打开）：${link}`])].join('\n').trim()
}

function positionOf(lat: string, long: string) {
  if (lat === '' && long === '') return null
  if (![lat, long].every((text) => /^-?\d{1,3}(\.\d{1,15})?$/.test(text))) return 'unreadable'
  const position = { lng: Number(long), lat: Number(lat) }
  return Math.abs(position.lng) <= 180 && Math.abs(position.lat) <= 90 ? position : 'unreadable'
}
