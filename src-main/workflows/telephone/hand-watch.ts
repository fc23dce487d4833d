import type { AgentOnBoard } from '#shared/contracts/central-api/calls'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { Notices } from '../notices'

/** Tells a shift lead at once of a raised hand, once for each, until it is taken down. */
export interface HandWatch {
  follow(agent: AgentOnBoard, me: Pick<Me, 'accountNo' | 'role'>): void
  /** The person leaves; what was for them is taken back. */
  end(): void
}

export function createHandWatch(notices: Pick<Notices, 'raise' | 'settle'>): HandWatch {
  const told = new Map<string, number>()
  const keyOf = (accountNo: string) => `hand/${accountNo}`
  const settle = (accountNo: string): void => {
    if (told.delete(accountNo)) notices.settle(keyOf(accountNo))
  }
  return {
    follow({ accountNo, seatNo, name, hand }, me) {
      if (!hand) return settle(accountNo)
      if (me.role !== 'shiftLead' || accountNo === me.accountNo || told.get(accountNo) === hand.since) return
      told.set(accountNo, hand.since)
      notices.raise(keyOf(accountNo), {
        ...{ level: 'warning', opens: null, title: `${seatNo} 号坐席 ${name} 举手` },
        text: `${hand.reason}。在首页“坐席状态”里可以监听、密语或文字提示。`,
      })
    },
    end() {
      for (const accountNo of [...told.keys()]) settle(accountNo)
    },
  }
}
