import { describe, expect, it } from 'vitest'
import { onDutyAfter } from '#main/workflows/apply-server-event'
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
