import { err, ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { listAgents } from '../store/call-store'
import { audit } from './audit'
import type { Answer, Ask, Services } from './services'

/**
 * Live, and in this order: nobody hears a word of a colleague's call before the audit has its line. That it goes on is told again and again, and is
 * no news for the audit; that it ended is written even when the colleague has left meanwhile.
 */
export function reportSupervision(services: Services, ask: Ask<InputOf<'supervision.report'>>): Answer<OutputOf<'supervision.report'>> {
  const { accountNo, supervisionId } = ask.input.params
  const { mode, state } = ask.input.body
  return ask.transact(async (unit) => {
    const at = services.clock.now()
    const agent = (await listAgents(unit.trx, at)).find((one) => one.accountNo === accountNo)
    if (state === 'asked') {
      if (!agent) return err(appError('agent/notAtSeat'))
      if (agent.phase !== 'talking') return err(appError('agent/notTalking', { name: agent.name }))
    }
    const { accountNo: byNo, name: byName } = ask.actor
    if (state !== 'on')
      await audit(services, unit, ask.actor, {
        action: state === 'asked' ? `agent.${mode}` : 'agent.supervisionEnded',
        subject: accountNo,
        detail: { supervisionId, mode, ...(agent && { callId: agent.callId }) },
      })
    if (agent) unit.emit('agent.supervised', { supervisionId, accountNo, byNo, byName, at, mode, state }, { accounts: [accountNo] })
    return ok({})
  })
}

/** Straight on to the lead's seat, which takes it only for a call that it took over from this very person. */
export function handOverCall(services: Services, ask: Ask<InputOf<'supervision.handOver'>>): Answer<OutputOf<'supervision.handOver'>> {
  const { accountNo, supervisionId } = ask.input.params
  return ask.transact(async (unit) => {
    const lead = (await listAgents(unit.trx, services.clock.now())).find((one) => one.accountNo === accountNo && one.role === 'shiftLead')
    if (!lead) return err(appError('agent/notAtSeat'))
    const { accountNo: byNo, name: byName } = ask.actor
    const { caseNo, draft } = ask.input.body
    // Without the number and the words: who called and what was said stands with the call and the case.
    const detail = { supervisionId, caseNo, hasDraft: draft !== null }
    await audit(services, unit, ask.actor, { action: 'call.handed', subject: accountNo, detail })
    unit.emit('call.handed', { supervisionId, byNo, byName, ...ask.input.body }, { accounts: [accountNo] })
    return ok({})
  })
}
