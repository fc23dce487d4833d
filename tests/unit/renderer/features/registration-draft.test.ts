import { describe, expect, it } from 'vitest'
import { dueLater, faultsOf } from '../../../../src-renderer/features/cases/registration/registration-check'
import {
  draftOfCall,
  emptyRegistration,
  firstDraftOf,
  isUntouched,
  nextAfter,
  positionOf,
  type RegistrationDraft,
  registrationFromBody,
  toNote,
  toRegistration,
} from '../../../../src-renderer/features/cases/registration/registration-draft'

const edition = {
  standard: 'GB/T 47678.5-2026',
  replacedBy: null,
  majorClasses: [{ kind: 'component' as const, code: '01', name: '公用设施' }],
  subclasses: [{ kind: 'component' as const, code: '01002', name: '污水井盖' }],
}
const known = { editions: [edition], grids: new Set(['230108001001001']) }
const written = {
  ...emptyRegistration,
  source: 'hotline' as const,
  number: '13900000000',
  address: '友协大街与新疆二道街交口',
  course: '井盖裂了',
}
const fieldsOf = (draft: typeof emptyRegistration) => faultsOf(draft, known).map(({ field }) => field)

describe('what keeps a registration back', () => {
  it('asks for the source first and for nothing else before it', () => {
    expect(fieldsOf(emptyRegistration)).toEqual(['source'])
  })

  it('names what is missing in the order in which the form is read', () => {
    expect(fieldsOf({ ...emptyRegistration, source: 'hotline' })).toEqual(['number', 'address', 'course'])
    expect(fieldsOf({ ...emptyRegistration, source: 'leader' })).toEqual(['instructedBy', 'instruction', 'address', 'course'])
    expect(fieldsOf({ ...emptyRegistration, source: 'camera' })).toEqual(['cameraNo', 'address', 'course'])
    expect(fieldsOf({ ...emptyRegistration, source: 'cityPlatform' })).toEqual(['externalNo', 'address', 'course'])
    expect(fieldsOf(written)).toEqual([])
  })

  it('takes a caller without a number who does not want to be called', () => {
    expect(fieldsOf({ ...written, number: '' })).toEqual(['number'])
    expect(fieldsOf({ ...written, number: '', mayNotBeCalled: true })).toEqual([])
  })

  it('asks of an urgent one for class and place, and of any other only later', () => {
    expect(fieldsOf({ ...written, isUrgent: true })).toEqual(['subclassCode', 'gridCode'])
    expect(fieldsOf({ ...written, isUrgent: true, subclassCode: '01002', gridCode: '230108001001001' })).toEqual([])
    expect(dueLater(written)).toEqual(['小类', '网格或坐标'])
    expect(dueLater({ ...written, source: 'survey' })).toContain('照片')
  })

  it('says what is wrong with a code in the words of the domain', () => {
    const textOf = (draft: object) => faultsOf({ ...written, ...draft }, known)[0]?.text
    expect(textOf({ gridCode: '23010800100100' })).toContain('应为 15 位')
    expect(textOf({ gridCode: '230108001001999' })).toBe('没有这个单元网格，请核对。')
    expect(textOf({ gridCode: '230108001001001', communityCode: '230108002001' })).toBe('这个网格不在所选的社区。')
    expect(textOf({ componentCode: '230108' })).toContain('16 或 17 位')
    expect(textOf({ componentCode: '23010801999000001' })).toContain('没有小类 01999')
    expect(textOf({ componentCode: '23010801002000001', kind: 'component', subclassCode: '01003' })).toContain('不同')
    expect(textOf({ componentCode: '23010801002000001' })).toBeUndefined()
    expect(textOf({ position: '友协大街' })).toContain('经度, 纬度')
  })
})

describe('a draft', () => {
  it('reads positions as people copy them', () => {
    expect(positionOf('126.6317, 45.6058')).toEqual({ lng: 126.6317, lat: 45.6058 })
    expect(positionOf('东经126.6317 北纬45.6058')).toEqual({ lng: 126.6317, lat: 45.6058 })
    expect(positionOf('126.6317，45.6058')).toEqual({ lng: 126.6317, lat: 45.6058 })
    expect(positionOf('126.6317')).toBeUndefined()
    expect(positionOf('200, 45')).toBeUndefined()
  })

  it('sends a citizen only where one can be, and what a source asks for only with that source', () => {
    const { facts, citizen } = toRegistration({ ...written, cameraNo: '0417', instructedBy: '甲', externalNo: '7' })
    expect(citizen).toEqual({ name: '', number: '13900000000', gender: 'unknown' })
    expect([facts.cameraNo, facts.instruction, facts.external]).toEqual([null, null, null])
    const seen = toRegistration({ ...written, source: 'camera', cameraNo: '0417' })
    expect(seen.citizen).toBeNull()
    expect(seen.facts).toMatchObject({ cameraNo: '0417', hasCitizen: false, wantsReply: false })
  })

  it('comes back from what was sent as it was written', () => {
    const draft = {
      ...written,
      ...{ when: '今早', cause: '被压裂', position: '126.6, 45.6', gridCode: '230108001001001' },
      ...{ streetCode: '230108001', communityCode: '230108001001', isUrgent: true, namedAgents: ['0202'] },
    }
    expect(registrationFromBody(JSON.stringify(toRegistration(draft)))).toEqual(draft)
    expect(registrationFromBody(JSON.stringify(draft))).toEqual(draft)
  })

  it('of a call comes back with its call, its class and what was promised', () => {
    const draft: RegistrationDraft = {
      ...{ ...draftOfCall('00000000-0000-7000-8000-000000000007', '+8613900000000'), course: '井盖丢失', address: '友协大街' },
      ...{ callClass: 'report', urgency: 'grave', isUrgent: true, callerPlace: '在家', isConfidential: true },
      ...{ replyMethod: 'message', requirement: '拍近景' },
    }
    expect(registrationFromBody(JSON.stringify(toRegistration(draft)))).toEqual(draft)
    expect(isUntouched(draftOfCall('00000000-0000-7000-8000-000000000007', '+8613900000000'))).toBe(true)
    expect(isUntouched(draft)).toBe(false)
  })

  it('that joins a case needs only the word, and brings no number into its history', () => {
    const draft: RegistrationDraft = {
      ...{ ...draftOfCall('00000000-0000-7000-8000-000000000007', '+8613900000000'), callClass: 'complaint', course: '' },
      ...{ joinCaseId: '00000000-0000-7000-8000-000000000001', joinCaseNo: '20261121-0001' },
    }
    expect(faultsOf(draft, { editions: [], grids: new Set() }).map(({ field }) => field)).toEqual(['course'])
    const note = toNote({ ...draft, course: '还没人来，打我 13912345678' })
    expect(note).toMatchObject({ caseId: draft.joinCaseId, action: 'addOpinion', input: { noteKind: 'communication' } })
    expect(note.input.opinion).toBe('来电人再次来电（投诉）\n还没人来，打我 139****5678')
  })

  it('keeps the words of whatever else it finds', () => {
    expect(registrationFromBody('半句话').course).toBe('半句话')
    expect(registrationFromBody('{"source":"nowhere","course":7,"address":"某街"}')).toEqual({ ...emptyRegistration, address: '某街' })
  })

  it('goes on with the next one of the same survey, and begins anew otherwise', () => {
    const survey = { ...written, source: 'survey' as const, instructedBy: '井盖普查', subclassCode: '01002', subclassName: '污水井盖' }
    expect(nextAfter(survey)).toMatchObject({ source: 'survey', instructedBy: '井盖普查', subclassCode: '01002', address: '', course: '' })
    expect(nextAfter({ ...written, subclassCode: '01002' })).toEqual({ ...emptyRegistration, source: 'hotline' })
  })

  it('is worth keeping as soon as there is more than a source', () => {
    expect(isUntouched(firstDraftOf('intake'))).toBe(true)
    expect(isUntouched({ ...firstDraftOf('intake'), address: '某' })).toBe(false)
  })
})

describe('what stands on the net', () => {
  const post = { ...emptyRegistration, source: 'forum' as const, address: '友协大街', course: '网友发帖说井盖开裂' }
  const known = { editions: [], grids: new Set<string>() }
  it('is registered with its link and a picture of the page, and keeps both on the way back', () => {
    expect(faultsOf(post, known).map(({ field }) => field)).toEqual(['link', 'photoIds'])
    const whole = { ...post, link: 'https://bbs.example.invalid/t/1', photoIds: ['01890000-0000-7000-8000-000000000001'] }
    expect(faultsOf(whole, known)).toEqual([])
    const sent = toRegistration(whole)
    expect(sent.facts.external).toEqual({ platform: '', no: '', replyBy: null, link: whole.link })
    expect(registrationFromBody(JSON.stringify(sent))).toMatchObject({ source: 'forum', link: whole.link, photoIds: whole.photoIds })
  })
})
