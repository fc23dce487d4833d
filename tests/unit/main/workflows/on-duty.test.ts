import { describe, expect, it } from 'vitest'
import { agentsAfter, onDutyAfter } from '#main/workflows/apply-server-event'
import type { AgentOnBoard } from '#shared/contracts/central-api/calls'
import { onDuty } from '../../../fakes/fake-central'

const opened = (payload: ReturnType<typeof onDuty>) => ({ seq: 1, name: 'session.opened' as const, at: 1, payload })

describe('who is on duty', () => {
  const people = [onDuty('0201', '02', 'a'), onDuty('0301', '05', 'b')]

  it('gains who opens a session, in the order of seats', () => {
    expect(onDutyAfter(people, opened(onDuty('0101', '03', 'c'))).map(({ seatNo }) => seatNo)).toEqual(['02', '03', '05'])
  })

  it('loses whose seat is taken over, and who moves to another seat', () => {
    expect(onDutyAfter(people, opened(onDuty('0101', '02', 'c'))).map(({ accountNo }) => accountNo)).toEqual(['0101', '0301'])
    expect(onDutyAfter(people, opened(onDuty('0201', '07', 'c'))).map(({ seatNo }) => seatNo)).toEqual(['05', '07'])
  })

  it('loses whose session is closed, and does not mind hearing it twice', () => {
    const closed = { seq: 1, name: 'session.closed' as const, at: 1, payload: { sessionId: 'a', at: 1, reason: 'signedOut' as const } }
    const once = onDutyAfter(people, closed)
    expect(once.map(({ sessionId }) => sessionId)).toEqual(['b'])
    expect(onDutyAfter(once, closed)).toEqual(once)
  })
})

describe('what agents do now', () => {
  const people = [onDuty('0201', '02', 'a'), onDuty('0301', '05', 'b')]
  const agent = (accountNo: string, seatNo: string, phase: AgentOnBoard['phase'] = 'ready'): AgentOnBoard => ({
    ...{
      accountNo,
      seatNo,
      phase,
      name: '某',
      role: 'intake',
      since: 1,
      at: 1,
      reason: null,
      isForced: false,
      callId: null,
      answeredAt: null,
    },
  })
  const changed = (payload: AgentOnBoard) => ({ seq: 1, name: 'agent.changed' as const, at: 1, payload })
  const agents = [agent('0201', '02'), agent('0301', '05')]

  it('is the last word of each, and goes with who leaves or is followed at the seat', () => {
    expect(agentsAfter(agents, people, changed(agent('0301', '05', 'talking'))).map(({ phase }) => phase)).toEqual(['ready', 'talking'])
    const closed = { seq: 1, name: 'session.closed' as const, at: 1, payload: { sessionId: 'a', at: 1, reason: 'signedOut' as const } }
    expect(agentsAfter(agents, people, closed).map(({ seatNo }) => seatNo)).toEqual(['05'])
    expect(agentsAfter(agents, people, opened(onDuty('0101', '02', 'c'))).map(({ accountNo }) => accountNo)).toEqual(['0301'])
  })
})
