import { chinaDate } from '#shared/base/china-time'
import { err, ok } from '#shared/base/result'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import { type TelephoneSettings, usualTelephoneSettings } from '#shared/contracts/seat-api/telephone-views'
import { defaultAgentPolicy } from '#shared/domain/agent/state'
import { type Call, isWithCitizen, nothingCarried } from '#shared/domain/call/call'
import { isMissed } from '#shared/domain/call/ending'
import { supervisionModes } from '#shared/domain/call/supervision'
import { heardCalls, type Telephone } from '#shared/domain/call/telephone'
import type { Media, MediaEvent } from '../../telephony/media/media'
import type { UserAgentEvent } from '../../telephony/sip/user-agent'
import type { SeatContext } from '../context'
import type { Central } from '../ports'
import type { RecordingKeeper } from '../recordings/keep-recordings'
import { type AgentDesk, createAgentDesk } from './agent-desk'
import { type CallDesk, createCallDesk } from './call-desk'
import type { CallNotes, KeptCall } from './call-facts'
import { createCallLog } from './call-log'
import { createCallPlaces } from './call-places'
import { createTelephoneCommands } from './commands'
import { extensionsOf } from './directory'
import { createEffectRunner } from './effects'
import { createHand } from './hand'
import { createHandOver } from './hand-over'
import { hotlineSettingsOf } from './hotline-settings'
import { createLeadWords } from './lead-words'
import { createLine } from './line'
import type { OpenLine } from './ports'
import { createProofBook } from './proof'
import { createQualityWatch } from './quality-watch'
import type { TelephoneReports } from './reports'
import type { TelephoneService } from './service'
import { showTelephone } from './show'
import { createSupervisionDesk, type SupervisionDesk } from './supervision'
import { qualityOf, recordOf } from './views'

/** Puts the telephone of a seat together: line, calls, agent, log and proof. Each knows only what it is told here. */
export interface TelephoneParts
  extends Pick<SeatContext, 'config' | 'clock' | 'ids' | 'now' | 'store' | 'session' | 'publish' | 'notices' | 'log'> {
  /** Both null: this program has no sound, and the line stays closed. */
  readonly openLine: OpenLine | null
  readonly media: Media | null
  readonly reports: TelephoneReports
  readonly central: Central
  readonly recordings: Pick<RecordingKeeper, 'finished' | 'adopt' | 'tidy' | 'claim'>
}

/** Before the line has said at which address it is reached. */
const loopback = '127.0.0.1'
const settingsName = 'telephone.settings'
const agentName = 'telephone.agent'
const tickMs = 1_000
/** A part in a colleague's call ends by itself when the exchange has been away and silent for so long; a citizen's call is waited for. */
const cutAfterMs = 10_000

export function createTelephone(parts: TelephoneParts): TelephoneService {
  const { clock, ids, now, store, session, publish, notices, media, reports } = parts
  const log = parts.log.child({ part: 'telephone' })
  let lineReason: string | null = null
  let sound: 'good' | 'poor' = 'good'
  let lastEnded: ReturnType<typeof recordOf> = null

  const me = () => session.current()?.me
  const settings = (): TelephoneSettings => ({
    ...usualTelephoneSettings,
    // An older program may have kept fewer.
    ...(store.settings.get(settingsName) as Partial<TelephoneSettings> | undefined),
  })
  /** Whoever is here; before anybody is let in again after a restart, whoever took the call. */
  function author(callId: string) {
    const before = store.calls.live.get(callId, 'call') as KeptCall | undefined
    const { accountNo, name } = me() ?? before ?? { accountNo: null, name: null }
    return { seatNo: parts.config.seatNo, accountNo, name }
  }

  const proof = createProofBook(clock, () => media?.isUp() ?? false)
  const quality = createQualityWatch()
  const callLog = createCallLog({ store, now, publish, notices, log, queue: reports.queueCall, onQueued: reports.wake })

  const agent: AgentDesk = createAgentDesk({
    ids,
    now,
    seatNo: parts.config.seatNo,
    policy: () => {
      const { isWrapUpCodeCompulsory, wrapUpSeconds } = hotlineSettingsOf(store)
      return { ...defaultAgentPolicy, wrapUpMs: wrapUpSeconds * 1_000, isCodeCompulsory: isWrapUpCodeCompulsory }
    },
    read: () => store.settings.get(agentName),
    keep(kept, ended) {
      const written = store.transaction(
        () => {
          store.settings.set(agentName, kept)
          // A seat without a line takes no calls: of the time of an agent only leaving the post counts there.
          if (ended && (line.agent() || ended.reason === 'absence')) reports.queueInterval(ended)
        },
        ended ? 'powerLoss' : 'processDeath',
      )
      if (!written.ok) log.error('agent state not stored', { code: written.error.code })
      else if (ended) reports.wake()
    },
    onChanged() {
      show()
      tellAgent()
    },
  })
  const hand = createHand(now, () => {
    show()
    tellAgent()
  })
  const leadWords = createLeadWords({
    ...{ ids, now, store, notices },
    onChanged() {
      show()
      tellAgent()
    },
  })
  const places = createCallPlaces(() => tellAgent())
  function tellAgent(): void {
    const present = agent.state()
    const call = desk.telephone().calls.find(({ callId }) => callId === present.callId)
    reports.showAgent(present, call, {
      sound: call ? sound : null,
      hand: hand.raised(),
      unread: leadWords.unread().length,
      place: call ? places.of(call.callId) : null,
    })
  }
  const handOver = createHandOver({
    ...{ now, store, notices, log, central: parts.central },
    desk: () => desk,
    accountNo: () => me()?.accountNo,
    after: (ms, action) => clock.after(ms, action),
  })
  const supervision: SupervisionDesk = createSupervisionDesk({
    ...{ ids, now, store, notices, log, central: parts.central, handOver },
    profile: () => line.setup()?.profile,
    desk: () => desk,
    isCut(callId) {
      const registration = line.registration()
      const isAway = registration?.state !== 'registered' || registration.isAnswering === false
      return isAway && quality.isSilent(callId, cutAfterMs)
    },
    lose(callId) {
      desk.lose(callId)
      const agent = line.agent()
      agent
        ?.calls()
        .find(({ id }) => id === callId)
        ?.hangUp()
    },
    onChanged: show,
    after: (ms, action) => clock.after(ms, action),
  })
  const line = createLine({ openLine: parts.openLine, store, log, onEvent: (event) => take(event) })
  const desk: CallDesk = createCallDesk({
    clock,
    now,
    log,
    agent,
    run: createEffectRunner({
      line: line.agent,
      media: () => media,
      carriedBy: (callId) => desk.telephone().calls.find((call) => call.callId === callId)?.carried ?? nothingCarried,
      supervisionOf: (callId) => desk.notesOf(callId).supervision?.mode ?? null,
      notices,
      log,
    }),
    isAttended: () => session.current()?.isLocked === false,
    settings,
    extensions: () => extensionsOf(store),
    beep: () => media?.beep(),
    onChanged: (telephone) => callsChanged(telephone),
    onConnected({ callId }) {
      supervision.connected(callId)
      const mode = desk.notesOf(callId).supervision?.mode
      if (!mode || supervisionModes[mode].isRecorded) void record(callId)
    },
    onEnded: (call, notes) => ended(call, notes),
  })

  function show(): void {
    publish(
      'telephone.changed',
      showTelephone({
        line,
        lineReason,
        desk,
        agent,
        sound: proof.soundView(now() - clock.now()),
        offsetMs: now() - clock.now(),
        lastEnded,
        supervision,
        hand: hand.raised(),
        said: leadWords.unread(),
        hidesNumbers: hotlineSettingsOf(store).masksNumbers,
      }),
    )
  }

  function callsChanged(telephone: Telephone): void {
    places.keepOnly(telephone.calls.map(({ callId }) => callId))
    const heard = heardCalls(telephone)
    media?.join(heard.map(({ callId }) => callId))
    media?.setMuted(heard.some(({ isMuted }) => isMuted))
    const kept = store.transaction(() => {
      for (const call of telephone.calls) {
        const { accountNo, name } = author(call.callId)
        store.calls.live.put(call.callId, 'call', { call, notes: desk.notesOf(call.callId), accountNo, name } satisfies KeptCall)
      }
    }, 'processDeath')
    if (!kept.ok) log.error('calls not stored', { code: kept.error.code })
    if (telephone.calls.length > 0) lastEnded = null
    else reports.lineFree()
    show()
  }

  /** Both directions, always: the exchange announces it. A call goes on without when the disk cannot take it, and that is said. */
  async function record(callId: string): Promise<void> {
    if (!media) return
    const recordingId = desk.notesOf(callId).recordingId ?? ids.uuid()
    desk.note(callId, { recordingId })
    const begun = await media.startRecording(callId, recordingId)
    if (begun.ok) return desk.note(callId, { recording: 'on' })
    desk.note(callId, { recordingId: null, recording: 'off' })
    recordingFailed(callId, '这通电话没有录音', begun.error.message)
  }
  function recordingFailed(callId: string, title: string, text: string): void {
    notices.raise(`recording/${callId}`, { level: 'error', title, text, opens: null })
  }

  /** What was recorded here while nobody was signed in goes to the centre with whoever comes next: there the recording has a call, and both are found. */
  function claimCalls({ accountNo, name }: Pick<Me, 'accountNo' | 'name'>): void {
    for (const callId of parts.recordings.claim(accountNo)) {
      const record = store.calls.get(callId)
      if (record && record.accountNo === null) callLog.keep({ ...record, accountNo, name })
    }
  }

  /** What a dead process left is made whole, and everything that the centre does not have is on its way. */
  async function takeUpRecordings(except: readonly string[]): Promise<void> {
    await media?.recordings.repair(except)
    await parts.recordings.adopt()
    await parts.recordings.tidy()
  }

  function ended(call: Call, notes: CallNotes): void {
    const kept = recordOf(call, notes, author(call.callId), totals.get(call.callId) ?? null)
    totals.delete(call.callId)
    supervision.ended(call.callId, notes.supervision)
    if (!kept || !call.ending) return
    callLog.keep(kept)
    lastEnded = kept
    log.info('call ended', { callId: call.callId, endedBy: kept.endedBy, cause: kept.cause, sipStatus: kept.sipStatus, q850: kept.q850 })
    agent.observe({
      type: 'ended',
      callId: call.callId,
      wasAnswered: call.answeredAt !== null,
      isCitizen: isWithCitizen(call),
      isMissed: call.direction === 'incoming' && isMissed(call.ending),
    })
  }

  function take(event: UserAgentEvent): void {
    desk.take(event)
    if (event.type === 'registrationChanged') judge()
  }

  const totals = new Map<string, ReturnType<typeof qualityOf>>()
  function hear(event: MediaEvent): void {
    switch (event.type) {
      case 'pageChanged':
        judge()
        return
      case 'measured':
        quality.measured(event.callId, event.measure)
        showQuality()
        return
      case 'closed': {
        quality.closed(event.callId)
        showQuality()
        // Speech is closed before signalling says the end, or long after: then the record is completed.
        const isLive = desk.telephone().calls.some(({ callId }) => callId === event.callId)
        if (isLive) totals.set(event.callId, qualityOf(event.total))
        else callLog.addQuality(event.callId, qualityOf(event.total))
        return
      }
      case 'recordingChanged': {
        const { state, callId } = event.recording
        parts.recordings.finished(event.recording)
        desk.note(callId, { recording: state === 'recording' ? 'on' : state === 'paused' ? 'paused' : 'off' })
        return
      }
      case 'recordingFailed':
        desk.note(event.recording.callId, { recording: 'off' })
        recordingFailed(event.recording.callId, '这通电话的录音停了', event.error.message)
        return
      case 'digitReceived':
        return
    }
  }
  const lineCall = (callId: string) =>
    line
      .agent()
      ?.calls()
      .find(({ id }) => id === callId)
      ?.view()
  /** How the calls sound, for the windows each second, and for the lead when it changes. */
  function showQuality(): void {
    const view = quality.view(mutedCalls(), proof.isMicrophoneDead())
    publish('callQuality.changed', view)
    const next = view.calls.some(({ warnings }) => warnings.length > 0) ? 'poor' : 'good'
    if (next === sound) return
    sound = next
    tellAgent()
  }
  const mutedCalls = () =>
    new Set(desk.telephone().calls.flatMap(({ callId, isMuted, held }) => (isMuted || held !== 'none' ? [callId] : [])))

  /** Every second, and whenever something that counts has changed. A seat without a line is no fault of its own: it just has no telephone. */
  function judge(): void {
    const setup = line.setup()
    agent.judge(setup ? proof.faults(line.registration(), setup.profile.optionsEveryS) : [])
    // A fault that is mended does not bring back whoever left meanwhile.
    if (session.current()?.isLocked) agent.observe({ type: 'left' })
    show()
  }
  const stopTicks = clock.every(tickMs, () => {
    agent.observe({ type: 'tick' })
    supervision.tick()
    callLog.tick()
    judge()
  })
  const stopHearing = media?.onEvent(hear)

  return {
    commands: createTelephoneCommands({
      ...{ ids, now, store, media, log, line, desk, agent, callLog, supervision, hand, places, leadWords, notices, publish },
      seatNo: parts.config.seatNo,
      lineReason: () => lineReason,
      showNumber(callId) {
        const accountNo = me()?.accountNo
        const isHere = desk.telephone().calls.some((call) => call.callId === callId)
        if (!isHere || accountNo === undefined) return err(appError('call/unknown'))
        if (desk.notesOf(callId).isNumberShown) return ok(undefined)
        // What cannot be told is not shown.
        const told = store.transaction(() => reports.queueReveal({ callId, revealId: ids.uuid(), at: now() }, accountNo))
        if (!told.ok) return told
        reports.wake()
        desk.note(callId, { isNumberShown: true })
        return ok(undefined)
      },
      keepCheck(steps) {
        const accountNo = me()?.accountNo
        if (accountNo === undefined) return
        const kept = store.transaction(() =>
          reports.queueCheck({ checkId: ids.uuid(), day: chinaDate(now()), at: now(), steps }, accountNo),
        )
        if (!kept.ok) log.error('check not stored', { code: kept.error.code })
        else reports.wake()
      },
      report(input) {
        proof.report(input)
        judge()
      },
      saveSettings(next) {
        const saved = store.transaction(() => store.settings.set(settingsName, next), 'processDeath')
        if (saved.ok) media?.setGain(next.microphoneGain)
        return saved
      },
    }),
    restore() {
      media?.setGain(settings().microphoneGain)
      const kept = store.calls.live.list()
      const goOn = kept.flatMap(({ call, snapshot }) => (call && snapshot ? [call as KeptCall] : []))
      desk.restore(goOn)
      void takeUpRecordings(goOn.flatMap(({ notes }) => notes.recordingId ?? []))
      // Of a call that left no way to go on there is at least a record.
      const gone = kept.filter(({ call, snapshot }) => call && !snapshot).map(({ call }) => call as KeptCall)
      for (const { call, notes, accountNo, name } of gone) {
        const endedAt = now()
        const ending = {
          endedBy: 'program',
          cause: call.answeredAt === null ? 'failed' : 'interrupted',
          sipStatus: null,
          q850: null,
        } as const
        const row = recordOf({ ...call, phase: 'ended', endedAt, ending }, notes, { seatNo: parts.config.seatNo, accountNo, name }, null)
        if (row) callLog.keep(row)
      }
      publish('telephoneSettings.changed', settings())
      publish('callQuality.changed', { calls: [] })
      callLog.show()
      show()
    },
    configure(setup, reason) {
      lineReason = reason ?? null
      if (setup && media && !line.agent())
        line.open(setup, (callId, goesOn) => {
          if (!goesOn) return desk.lose(callId)
          // A call that rings has nothing to agree on: no event will say that it is taken up.
          desk.note(callId, { isResuming: lineCall(callId)?.isResuming ?? false })
          if (desk.notesOf(callId).recordingId !== null) void record(callId)
        })
      else if (setup && !media) lineReason = '本机的话音部件没有起来。'
      judge()
    },
    sessionChanged() {
      const present = session.current()
      const { phase } = agent.state()
      leadWords.follow(present?.me.accountNo ?? null)
      if (!present) {
        hand.lower()
        if (phase !== 'signedOut') agent.signOut()
        return
      }
      if (phase === 'signedOut') {
        claimCalls(present.me)
        const live = desk.telephone().calls.find(({ phase: callPhase }) => callPhase !== 'ringing')
        agent.signIn(present.me.accountNo, live?.callId ?? null)
        const ringing = desk.telephone().calls.find(({ phase: callPhase }) => callPhase === 'ringing')
        if (!live && ringing) agent.observe({ type: 'rang', callId: ringing.callId })
      }
      agent.observe({ type: present.isLocked ? 'left' : 'came' })
    },
    directed({ accountNo, byNo, byName, direction }) {
      if (me()?.accountNo !== accountNo) return
      if (direction.kind === 'notReady') agent.observe({ type: 'forcedByLead', accountNo: byNo, note: direction.note })
      else if (direction.kind === 'release') agent.observe({ type: 'releasedByLead' })
      else {
        hand.lower()
        leadWords.hear(byName, direction.words, accountNo)
      }
    },
    rated: () => callLog.show(),
    handedOver: handOver.take,
    supervised(told) {
      if (me()?.accountNo !== told.accountNo) return
      // Somebody came.
      if (supervision.told(told) && told.state === 'on') hand.lower()
      show()
    },
    speech() {
      const profile = line.setup()?.profile
      const address = line.agent()?.registration().localAddress ?? profile?.localAddress ?? loopback
      return { address, srtp: profile?.srtp ?? 'off' }
    },
    hasLine: () => line.setup() !== null,
    isInCall: () => desk.telephone().calls.length > 0,
    networkChanged: () => line.agent()?.refreshNetwork(),
    centreReached: () => reports.showAgain(),
    async stop() {
      stopTicks()
      stopHearing?.()
      desk.stop()
      await line.close()
    },
  }
}
