import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { telephonePhoto } from '../fixtures/photos'
import type { CentralProcess } from './central-process'

/**
 * People of a case who do not sit at a workstation of the test: whoever wrote a call down at another seat, and collectors on the street. They talk to
 * the centre as their own programs do.
 */
export interface Field {
  /** Token of somebody who signs in now. */
  signIn(accountNo: string, seatNo?: string): Promise<string>
  call<T>(token: string, method: string, path: string, body?: unknown, version?: number): Promise<T>
  photo(token: string, purpose: string): Promise<string>
  /** A citizen's call, written down by the second intake. */
  register(change?: object, photoIds?: readonly string[]): Promise<Registered>
  /** What the collector found, with a photo. */
  report(collectorNo: string, caseId: string, action: 'reportVerification' | 'reportCheck', input: object): Promise<void>
  read(token: string, caseId: string): Promise<Detail>
  /** One step by somebody at another seat. */
  act(who: readonly [accountNo: string, seatNo: string], caseId: string, action: string, input: object): Promise<void>
  /** What a camera showed, on its way as far as asked. */
  fromCamera(until: 'preFiled' | 'dispatched', change?: object): Promise<Registered>
}

const second = { intake: ['0202', '11'], shiftLead: ['0102', '10'], dispatcher: ['0302', '09'] } as const

export interface Registered {
  readonly caseId: string
  readonly caseNo: string
  readonly version: number
  readonly state: string
}

export interface Detail {
  readonly row: Registered
  readonly history: readonly { readonly action: string; readonly by: { readonly accountNo: string; readonly role: string } }[]
}

export function inTheField(central: CentralProcess): Field {
  const sessions = new Map<string, string>()

  const field: Field = {
    async signIn(accountNo, seatNo) {
      const known = sessions.get(accountNo)
      if (known) return known
      const body = { accountNo, password: central.password, ...(seatNo ? { seatNo } : { role: 'collector' }) }
      const { tokens } = await field.call<{ tokens: { accessToken: string } }>('', 'POST', '/sessions', body)
      sessions.set(accountNo, tokens.accessToken)
      return tokens.accessToken
    },

    async call<T>(token: string, method: string, path: string, body?: unknown, version?: number): Promise<T> {
      const isBytes = body instanceof Uint8Array
      const answer = await fetch(`${central.url}/api/v1${path}`, {
        method,
        headers: {
          ...(token !== '' && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
          ...(method !== 'GET' && { 'idempotency-key': uuid() }),
          ...(version !== undefined && { 'if-match': `"${version}"` }),
        },
        ...(body !== undefined && { body: isBytes ? Buffer.from(body) : JSON.stringify(body) }),
      })
      const read = (await answer.json()) as T
      if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(read)}`)
      return read
    },

    async photo(token, purpose) {
      const bytes = await telephonePhoto()
      const attachmentId = uuid()
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const announced = { attachmentId, purpose, fileName: '现场.jpg', mediaType: 'image/jpeg', bytes: bytes.length, sha256 }
      await field.call(token, 'POST', '/attachments', announced)
      await field.call(token, 'PUT', `/attachments/${attachmentId}/content?offset=0`, bytes)
      return attachmentId
    },

    async register(change = {}, photoIds = []) {
      const token = await field.signIn(...second.intake)
      const facts = {
        ...{ source: 'hotline', kind: 'event', standard: 'GB/T 47678.5-2026', subclassCode: '06010', subclassName: '', majorName: '' },
        ...{
          description: '两个垃圾桶冒了，三天没清，占了半条人行道',
          address: '友协大街 76 号门前',
          position: { lng: 126.6301, lat: 45.6002 },
        },
        ...{ gridCode: null, communityCode: null, streetCode: null, componentCode: null, isUrgent: false, isSensitive: false },
        ...{
          namedAgents: [],
          hasCitizen: true,
          wantsReply: true,
          mayNotBeCalled: false,
          cameraNo: null,
          external: null,
          instruction: null,
        },
        ...change,
      }
      const citizen = facts.hasCitizen ? { name: '王小明', number: '13800001234', gender: 'male' } : null
      const draft = { caseId: uuid(), facts, citizen, photoIds, registeredAt: Date.now() }
      return field.call<Registered>(token, 'POST', '/cases', draft)
    },

    async report(collectorNo, caseId, action, input) {
      const token = await field.signIn(collectorNo)
      const { row } = await field.read(token, caseId)
      const photoIds = [await field.photo(token, action === 'reportCheck' ? 'check' : 'verification')]
      await field.call(token, 'POST', `/cases/${caseId}/actions/${action}`, { ...input, photoIds }, row.version)
    },

    async act([accountNo, seatNo], caseId, action, input) {
      const token = await field.signIn(accountNo, seatNo)
      const { row } = await field.read(token, caseId)
      await field.call(token, 'POST', `/cases/${caseId}/actions/${action}`, input, row.version)
    },

    async fromCamera(until, change = {}) {
      const token = await field.signIn(...second.intake)
      const photoIds = [await field.photo(token, 'report')]
      const made = await field.register({ source: 'camera', hasCitizen: false, wantsReply: false, ...change }, photoIds)
      await field.act(second.intake, made.caseId, 'preFile', { opinion: '三要素齐全' })
      if (until === 'preFiled') return made
      await field.act(second.shiftLead, made.caseId, 'file', { opinion: '同意立案' })
      const limit = { value: 4, unit: 'workingHour' }
      const send = { departmentCode: '104', departmentName: '', limit, opinion: '请清运', legalBasis: '市容和环境卫生管理条例' }
      await field.act(second.dispatcher, made.caseId, 'dispatch', send)
      return made
    },

    read: (token, caseId) => field.call<Detail>(token, 'GET', `/cases/${caseId}`),
  }
  return field
}
