import { describe, expect, it } from 'vitest'
import { draftKeyOf } from '#main/workflows/drafts'
import { newNotes } from '#main/workflows/telephone/call-facts'
import { createHandOver } from '#main/workflows/telephone/hand-over'
import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { AgentSupervised, CallHandedOver } from '#shared/contracts/central-api/supervision'
import { appError } from '#shared/contracts/errors'
import { beginCall, type Call } from '#shared/domain/call/call'
import { draftKeyOfCall } from '#shared/domain/case/registration'
import { createFakeClock } from '../../../../fakes/fake-clock'
import { createKeptLog } from '../../../../fakes/kept-log'

const supervisionId = 's1'
const talking = (given: Partial<Call>): Call => ({
  ...beginCall({
    ...{ callId: 'c1', direction: 'incoming', purpose: 'hotline', startedAt: 0 },
    remote: { number: '+8613800138000', displayName: '张三', isWithheld: false },
  }),
  ...{ phase: 'talking', answeredAt: 1 },
  ...given,
})
const told = (state: AgentSupervised['state'], mode: AgentSupervised['mode'] = 'takeOver'): AgentSupervised => ({
  ...{ supervisionId, accountNo: '2001', byNo: '0101', byName: '周敏', at: 0, mode, state },
})

/** One seat with one call; `answer`: what the centre says. */
function seat(accountNo: string, call: Call, answer: Result<unknown, AppError> = ok({})) {
  const clock = createFakeClock(0)
  const drafts = new Map<string, string>()
  const sent: { readonly params: object; readonly body: Omit<CallHandedOver, 'supervisionId' | 'byNo' | 'byName'> }[] = []
  const raised: string[] = []
  const noted: object[] = []
  let calls = [call]
  const supervision = { supervisionId, mode: 'takeOver', accountNo: '2001', name: '王芳', seatNo: '02' } as const
  const handOver = createHandOver({
    store: {
      drafts: {
        get: (key: string) => (drafts.has(key) ? { body: drafts.get(key) ?? '', savedAt: 0 } : undefined),
        save: (key: string, body: string) => void drafts.set(key, body),
      } as never,
      transaction: <T>(work: () => T) => ok(work()),
    },
    central: {
      call: async (_: unknown, input: never) => {
        sent.push(input)
        return answer
      },
    } as never,
    notices: { raise: (_, { title }) => void raised.push(title), settle: () => {} },
    log: createKeptLog(),
    now: () => clock.now(),
    after: (ms, action) => clock.after(ms, action),
    desk: () =>
      ({
        telephone: () => ({ calls, isConference: false, focusId: null }),
        notesOf: () => ({ ...newNotes, supervision }),
        observe: (_: string, fact: object) => noted.push(fact),
        carry: (_: string, caseNo: string) => noted.push({ caseNo }),
        note: (_: string, more: object) => noted.push(more),
      }) as never,
    accountNo: () => accountNo,
  })
  const hangUp = () => {
    calls = []
  }
  return { handOver, clock, drafts, sent, raised, noted, hangUp }
}

describe('a call that is taken over', () => {
  it('takes along who calls, its case and the words so far, though it has left the seat by then', async () => {
    const agent = seat('2001', talking({ carried: { caseNo: '2026-0007', userToUser: null } }))
    agent.drafts.set(draftKeyOf('2001', draftKeyOfCall('c1')), JSON.stringify({ callId: 'c1', course: '路面塌了', photoIds: ['p1'] }))
    agent.handOver.follow(told('asked'))
    agent.hangUp()
    agent.handOver.follow(told('on'))
    const [{ body } = { body: undefined }] = agent.sent
    expect(agent.sent[0]?.params).toEqual({ accountNo: '0101', supervisionId })
    expect(body).toMatchObject({ number: '+8613800138000', displayName: '张三', caseNo: '2026-0007' })
    if (!body) throw new Error('nothing was sent')

    const lead = seat(
      '0101',
      talking({ callId: 'c2', direction: 'outgoing', remote: { number: '8002', displayName: null, isWithheld: false } }),
    )
    lead.handOver.expect('c2', supervisionId)
    lead.handOver.take({ supervisionId, byNo: '2001', byName: '王芳', ...body })
    expect(lead.noted).toMatchObject([
      { type: 'remoteChanged', remote: { number: '+8613800138000' } },
      { caseNo: '2026-0007' },
      { handedBy: '王芳' },
    ])
    // The photographs stay with who took them.
    const draft = JSON.parse(lead.drafts.get(draftKeyOf('0101', draftKeyOfCall('c2'))) ?? 'null')
    expect(draft).toEqual({ callId: 'c2', course: '路面塌了', photoIds: [] })
    await lead.clock.advance(20_000)
    expect(lead.raised).toEqual([])
  })

  it('says at both seats when it did not come', async () => {
    const agent = seat('2001', talking({}), err(appError('central/offline')))
    agent.handOver.follow(told('asked'))
    agent.handOver.follow(told('on'))
    await agent.clock.advance(0)
    expect(agent.raised).toEqual(['登记表没有送到值班长'])
    const lead = seat('0101', talking({ callId: 'c2', direction: 'outgoing' }))
    lead.handOver.expect('c2', supervisionId)
    await lead.clock.advance(6_000)
    expect(lead.raised).toEqual(['对方坐席的登记表没有一起过来'])
  })

  it('is told to nobody who only listens, nor taken from somebody else', () => {
    const agent = seat('2001', talking({}))
    agent.handOver.follow(told('on', 'listen'))
    expect(agent.sent).toEqual([])
    const lead = seat('0101', talking({ callId: 'c2', direction: 'outgoing' }))
    const handed = { number: '110', displayName: null, isWithheld: false, caseNo: null, draft: '{}' }
    lead.handOver.take({ supervisionId, byNo: '6666', byName: '生人', ...handed })
    lead.handOver.take({ supervisionId: 'other', byNo: '2001', byName: '王芳', ...handed })
    expect(lead.noted).toEqual([])
  })
})
