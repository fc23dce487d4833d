import { header } from '../message/sip-message'
import { type CallCore, laterInCall } from './call-core'
import { endsByOutcome, sendInDialog } from './in-dialog'
import { renegotiate } from './renegotiate'
import { contactHeader } from './send-accept'
import { restartSessionTimer } from './session-clock'
import { leastIntervalS, timerOfResponse, timerRequest } from './session-timer'

/** UPDATE where the peer takes it, because it moves no media (§7.4); else a re-INVITE. */
export function refreshSession(core: CallCore, leastS = leastIntervalS): void {
  if (!core.peerTakesUpdate) return void renegotiate(core)
  const asked = timerRequest(core.services.profile, core.sessionTimer, leastS)
  const headers = [contactHeader(core), ...asked, { name: 'supported', value: 'timer' }].map(({ name, value }) => [name, value] as const)
  sendInDialog(
    core,
    'UPDATE',
    { headers },
    {
      onOutcome: (outcome) => {
        if (core.state === 'ended') return
        const response = outcome.kind === 'response' ? outcome.response : null
        if (response && response.status < 300) return restartSessionTimer(core, timerOfResponse(response, asked))
        const wantedS = Number(response && header(response, 'min-se'))
        if (response?.status === 422 && wantedS > leastS) {
          core.sessionTimer = core.sessionTimer && { ...core.sessionTimer, intervalS: wantedS }
          return refreshSession(core, wantedS)
        }
        if (endsByOutcome(core, outcome)) return
        // Refused (an exchange that allows UPDATE in its Allow only), crossed or not sent: a re-INVITE before the interval is over.
        if (response && [405, 488, 501].includes(response.status)) core.peerTakesUpdate = false
        laterInCall(core, 2_000 + Math.round(core.services.random() * 2_000), () => refreshSession(core, leastS))
      },
    },
  )
}
