/**
 * SIGKILL at a random moment while a shift is handed over, again and again on the same data folder: while words are typed, log entries written, the handover
 * sealed, points taken, the acceptance signed. Must hold after every restart: words older than a second are there; every step that was answered stands, and
 * what was not answered stands whole or not at all; nobody has half accepted; and the log of the centre verifies.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Handover } from '#shared/domain/shift/handover'
import { type CentralProcess, startCentral } from '../e2e/central-process'
import { createRandom } from './random'
import type { ChaosOptions } from './run'
import { Gone, startWindowlessSeat, type WindowlessSeat } from './windowless-seat'

const allowedLossMs = 1_000
const sentence = '午后回暖路面化冻积水投诉会上来派遣先盯排水联盟大街井盖未复位前经办人不下班盯到反馈'
const [outgoingNo, incomingNo] = ['0101', '0102']

/** What this side knows to have been answered, or asked and not answered, when the process was killed. */
interface Told {
  handoverId: string
  /** Text as typed, with the moment of each character, and how much of it a save was answered for. */
  typed: string
  times: number[]
  savedLength: number
  asked: 'nothing' | 'seal' | 'accept'
  sealed: Handover['words'] | undefined
  taken: Set<string>
  isAccepted: boolean
  entries: Set<string>
  doing: Phase
}
const targets: readonly Phase[] = ['type', 'type', 'log', 'seal', 'seal', 'take', 'accept', 'accept', 'begin']
type Phase = 'begin' | 'type' | 'log' | 'seal' | 'enter' | 'take' | 'accept'

export async function killWhileHandingOver({ rounds, seed }: ChaosOptions) {
  const random = createRandom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'seat-chaos-'))
  const central = await startCentral(join(folder, 'central'))
  const start = () => startWindowlessSeat({ centralUrl: central.url, dataFolder: join(folder, 'seat'), seatNo: '02' })
  const failures: string[] = []
  const killedWhile: Partial<Record<Phase, number>> = {}
  let told = fresh()
  let [worstLossMs, accepted] = [0, 0]
  let seat = await start()
  try {
    await signIn(seat, central)
    for (let round = 0; round < rounds; round++) {
      const killedAt = await workUntilKilled(seat, central, told, random, () => {
        accepted += 1
        told = { ...fresh(), entries: told.entries }
        return told
      })
      killedWhile[told.doing] = (killedWhile[told.doing] ?? 0) + 1
      seat = await start()
      const found = await whatIsLost(seat, told, killedAt)
      worstLossMs = Math.max(worstLossMs, found.lossMs)
      failures.push(...found.faults.map((fault) => `round ${round}, killed in ${told.doing}: ${fault}`))
      failures.push(...(await provenAtCentre(seat)).map((fault) => `round ${round}: ${fault}`))
      told = found.next
    }
    failures.push(...(await exactlyOnce(seat, told.entries)))
  } finally {
    await seat.kill()
    await central.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { failures, figures: { accepted, entries: told.entries.size, worstLossMs: Math.round(worstLossMs), allowedLossMs, killedWhile } }
}

const fresh = (): Told => ({
  ...{ handoverId: '', typed: '', times: [], savedLength: 0, asked: 'nothing', sealed: undefined },
  ...{ taken: new Set(), isAccepted: false, entries: new Set(), doing: 'begin' },
})

async function signIn(seat: WindowlessSeat, central: CentralProcess): Promise<void> {
  const now = Date.now()
  const shift = { shiftId: '2026-11-20/morning', name: '上午班', startsAt: now - 6 * 3_600_000, endsAt: now + 60_000 }
  await seat.must('session.signIn', { accountNo: outgoingNo, password: central.password, shift })
}

/** Goes on with the handover where it stands until the process is killed under it; begins the next one after each acceptance. */
async function workUntilKilled(seat: WindowlessSeat, central: CentralProcess, first: Told, random: () => number, next: () => Told) {
  const target = targets[Math.floor(random() * targets.length)]
  const delayMs = random() * 30
  let reached: () => void = () => {}
  // Where the phase does not come any more (it lies behind), the handover goes on to the next one and meets it there.
  const killed = new Promise<void>((resolve) => {
    reached = resolve
  }).then(async () => {
    await setTimeout(delayMs)
    const at = performance.now()
    await seat.kill()
    return at
  })
  const doing = (now: Told, phase: Phase) => {
    now.doing = phase
    if (phase === target) reached()
  }
  let told = first
  try {
    for (;;) {
      await handOver(seat, central, told, random, doing)
      told = next()
    }
  } catch (error) {
    if (error instanceof Gone) return killed
    throw error
  }
}

async function handOver(
  seat: WindowlessSeat,
  central: CentralProcess,
  told: Told,
  random: () => number,
  doing: (told: Told, phase: Phase) => void,
): Promise<void> {
  const state = async () => (await seat.look('handover.changed'))?.handovers.find(({ handoverId }) => handoverId === told.handoverId)
  if (told.handoverId === '') {
    doing(told, 'begin')
    const begun = await seat.must('handover.begin', { form: 'lead' })
    told.handoverId = begun.handoverId
  }
  const { handoverId } = told
  if (!told.sealed) {
    const length = 4 + Math.floor(random() * 12)
    for (let more = 0; more < length; more++) {
      doing(told, 'type')
      told.typed += sentence.charAt(Math.floor(random() * sentence.length))
      told.times.push(performance.now())
      const body = JSON.stringify({ judgement: told.typed, focus: '', reminder: '' })
      const savedLength = told.typed.length
      await seat.must('drafts.save', { key: `handover/${handoverId}`, body })
      told.savedLength = savedLength
      await setTimeout(5 + random() * 20)
    }
    doing(told, 'log')
    const text = `经办人在现场 ${handoverId.slice(-6)} ${Math.floor(random() * 1e9)}`
    await seat.must('dutyLog.append', { kind: 'event', text })
    told.entries.add(text)
    doing(told, 'seal')
    told.asked = 'seal'
    const words = { judgement: told.typed, focus: '', reminder: '' }
    await seat.must('handover.seal', { handoverId, ...words })
    told.sealed = words
    told.asked = 'nothing'
  }
  doing(told, 'enter')
  // A centre that a busy machine keeps from answering within its seconds is asked again, as a person does.
  while (!(await seat.call('handover.enter', { handoverId, accountNo: incomingNo, password: central.password })).ok) await setTimeout(100)
  for (const { pointId, takenAt } of (await state())?.points ?? []) {
    if (takenAt !== null) continue
    doing(told, 'take')
    await seat.must('handover.point', { handoverId, pointId, did: 'take', text: '' })
    told.taken.add(pointId)
  }
  doing(told, 'accept')
  told.asked = 'accept'
  await seat.must('handover.accept', { handoverId })
  told.isAccepted = true
}

/** Compares what stands after the restart with what was answered before the kill, and says from where to go on. */
async function whatIsLost(seat: WindowlessSeat, told: Told, killedAt: number) {
  const faults: string[] = []
  await seat.until('session.changed', ({ state }) => state === 'signedIn', 'the session comes back')
  const { handovers } = await seat.until('handover.changed', () => true, 'the handovers')
  for (const one of handovers) faults.push(...brokenRules(one))
  const found = handovers.find(({ handoverId }) => handoverId === told.handoverId)
  const open = handovers.find(({ stage, outgoing }) => stage !== 'accepted' && outgoing.accountNo === outgoingNo)
  if (told.handoverId !== '' && !found) faults.push('the handover is gone')
  if (told.sealed && found && (!found.sealed || found.words.judgement !== told.sealed.judgement)) faults.push('the signature is gone')
  for (const pointId of told.taken) {
    if (found?.points.find((point) => point.pointId === pointId)?.takenAt == null) faults.push(`point ${pointId} is no longer taken`)
  }
  if (told.isAccepted && found?.stage !== 'accepted') faults.push('the acceptance is gone')
  if (found?.stage === 'accepted' && told.asked !== 'accept') faults.push('accepted by nobody')
  if (found?.sealed && !told.sealed && told.asked !== 'seal') faults.push('sealed by nobody')
  const draft = await seat.must('drafts.get', { key: `handover/${told.handoverId || 'none'}` })
  const kept = found?.sealed ? found.words.judgement : draft.body === null ? '' : (JSON.parse(draft.body) as Handover['words']).judgement
  if (found?.sealed && draft.body !== null) faults.push('sealed, and the draft is still there')
  if (!told.typed.startsWith(kept)) faults.push(`typed «${told.typed}», found «${kept}»`)
  if (kept.length < told.savedLength) faults.push(`a save that was answered is lost: ${told.savedLength} characters, found ${kept.length}`)
  const firstLost = told.times[kept.length]
  const lossMs = firstLost === undefined ? 0 : killedAt - firstLost
  if (lossMs > allowedLossMs) faults.push(`lost ${lossMs.toFixed(0)} ms of typing`)
  return { faults, lossMs, next: goingOn(open, told, kept) }
}

/** What no handover may ever look like, whoever made it. */
function brokenRules({ handoverId, stage, sealed, digest, points, accepted, conflicts }: Handover): readonly string[] {
  const isTaken = points.every(({ takenAt }) => takenAt !== null)
  return [
    ...(conflicts.length > 0 ? [`${handoverId} has conflicts: ${conflicts.map(({ did, code }) => `${did} ${code}`).join(', ')}`] : []),
    ...((stage === 'accepted') !== (accepted !== null) ? [`${handoverId} is ${stage} and half accepted`] : []),
    ...(accepted && (!sealed || !digest || !isTaken) ? [`${handoverId} is accepted with points not taken`] : []),
  ]
}

function goingOn(open: Handover | undefined, told: Told, kept: string): Told {
  if (!open) return { ...fresh(), entries: told.entries }
  const taken = new Set(open.points.filter(({ takenAt }) => takenAt !== null).map(({ pointId }) => pointId))
  const now = performance.now()
  const [typed, times] = open.handoverId === told.handoverId ? [kept, [...kept].map(() => now)] : ['', []]
  return {
    ...{ ...fresh(), entries: told.entries, handoverId: open.handoverId, typed, times, savedLength: typed.length, taken },
    sealed: open.sealed ? open.words : undefined,
  }
}

/** Everything that was written has arrived, and whoever trusts nobody finds nothing wrong with it. */
async function provenAtCentre(seat: WindowlessSeat): Promise<readonly string[]> {
  await seat.until('outbox.changed', ({ waiting, parked }) => waiting + parked === 0, 'everything is sent')
  const { proofs } = await seat.must('dutyLog.verify', {})
  return proofs.flatMap(({ findings }) => findings.map(({ kind, position, because }) => `entry ${position} ${kind}: ${because}`))
}

async function exactlyOnce(seat: WindowlessSeat, wanted: ReadonlySet<string>): Promise<readonly string[]> {
  const counts = new Map<string, number>()
  for (let after: string | undefined; ; ) {
    const page = await seat.must('dutyLog.search', { limit: 200, ...(after !== undefined && { after }) })
    for (const { text } of page.items) counts.set(text, (counts.get(text) ?? 0) + 1)
    if (page.next === null) break
    after = page.next
  }
  return [...wanted].filter((text) => counts.get(text) !== 1).map((text) => `the centre has «${text}» ${counts.get(text) ?? 0} times`)
}
