import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { CommandName } from '#shared/contracts/seat-api/table'
import type { Handover, HandoverFault, Step, StepWords } from '#shared/domain/shift/handover'
import { digestOf, foldHandover, takeStep } from '#shared/domain/shift/handover'
import { fakeFacts } from './fake-handover-facts'
import { type FakeHandlers, type FakeWorld, nextUuid } from './fake-world'

/** Handovers by the domain's own rules, from memory, with a digest that is none; roster, requests and attendance as a centre on its first day has them. */
type ShiftCommand = Extract<
  CommandName,
  | `handover.${string}`
  | `roster.${string}`
  | `shiftRequests.${string}`
  | `attendance.${string}`
  | 'admissions.create'
  | 'dutyLog.search'
  | 'dutyLog.verify'
  | 'dutyLog.archive'
>

/** As long as a digest, and different for different text: windows only show it. */
function fakeDigest(text: string): string {
  let hash = 7
  for (const letter of text) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 0xffffffff
  return hash.toString(16).padStart(8, '0').repeat(8)
}

export function fakeShift(world: FakeWorld): Pick<FakeHandlers, ShiftCommand> {
  const steps: Step[] = []
  const folded = (): Handover | undefined => foldHandover(steps, fakeDigest)
  const me = () => {
    const { agent } = world.state['session.changed']
    return { accountNo: agent?.accountNo ?? '0101', name: agent?.name ?? '', role: agent?.role ?? ('shiftLead' as const) }
  }
  let taker: ReturnType<typeof me> | undefined

  function act(words: StepWords, by = me()) {
    const at = world.options.now()
    const before = folded()
    const stamp = { ms: at, count: steps.length }
    const step: Step = { stepId: nextUuid(world), handoverId: before?.handoverId ?? nextUuid(world), by, seatNo: '02', at, stamp, words }
    const after = before ? takeStep(before, step, fakeDigest) : undefined
    if (after && !after.ok) return refused(after.error)
    steps.push(step)
    show()
    return ok({})
  }
  const refused = (fault: HandoverFault) => err(appError(fault))
  function show(): void {
    const handover = folded()
    const entered = handover && taker ? [{ handoverId: handover.handoverId, accountNo: taker.accountNo, name: taker.name }] : []
    const isWaiting = handover?.digest && handover.stage !== 'accepted'
    world.publish('handover.changed', {
      handovers: handover && handover.stage !== 'abandoned' ? [handover] : [],
      codes: handover && isWaiting ? [{ handoverId: handover.handoverId, code: '428019' }] : [],
      entered,
    })
  }
  return {
    'handover.begin'({ form }) {
      const shift = world.state['session.changed'].shift ?? { shiftId: 'none', name: '未选班次', startsAt: 0, endsAt: 0 }
      const facts = fakeFacts(world.options.now())
      act({ did: 'begin', form, shift, next: world.state['centre.changed'].centre?.shifts.at(-1) ?? null, previousId: null, facts })
      return ok({ handoverId: folded()?.handoverId ?? nextUuid(world) })
    },
    'handover.refresh': () => ok({}),
    'handover.noteItem'({ section, title, ownerName }) {
      const handover = folded()
      if (!handover) return refused('handover/unknown')
      const item = { itemId: `written/${nextUuid(world)}`, section, tone: 'amber' as const, title, detail: '交班人写明', ownerName }
      const items = [...handover.facts.items, { ...item, since: world.options.now(), dueAt: null, carried: 0 }]
      return act({ did: 'refresh', facts: { ...handover.facts, items } })
    },
    'handover.dropItem'({ itemId }) {
      const handover = folded()
      if (!handover) return refused('handover/unknown')
      return act({ did: 'refresh', facts: { ...handover.facts, items: handover.facts.items.filter((item) => item.itemId !== itemId) } })
    },
    'handover.seal'({ judgement, focus, reminder }) {
      act({ did: 'judge', judgement, focus, reminder })
      const handover = folded()
      return handover ? act({ did: 'seal', digest: digestNow(handover) }) : refused('handover/unknown')
    },
    'handover.enter'({ accountNo, password }) {
      if (password !== world.password) return err(appError('auth/wrongPassword', { remaining: 4 }))
      taker = { accountNo, name: '韩志远', role: 'shiftLead' }
      show()
      return ok({ name: taker.name })
    },
    'handover.point': ({ pointId, did, text }) =>
      act(did === 'read' || did === 'take' ? { did, pointId } : { did, pointId, text }, did === 'answer' ? me() : (taker ?? me())),
    'handover.accept': () => act({ did: 'accept', digest: folded()?.digest ?? '', via: 'sameSeat', code: null }, taker ?? me()),
    'handover.acceptByCode': () => refused('handover/wrongCode'),
    'handover.reply': () => ok({ reply: '730155' }),
    'handover.leave': ({ reason, consentBy }) => act({ did: 'leave', reason, consentBy }),
    'handover.leavePost': ({ reason, consentBy }) => act({ did: 'leave', reason, consentBy }),
    'handover.abandon': () => act({ did: 'abandon' }),
    'dutyLog.search': () => ok({ items: [], next: null }),
    'dutyLog.verify': () => ok({ proofs: [], unsealed: 0, at: world.options.now() }),
    'dutyLog.archive': ({ month }) =>
      ok({ month, at: world.options.now(), entries: [], keys: [], starts: [], handovers: [], proofs: [], unsealed: 0, records: [] }),
    'roster.people': () => ok({ items: [] }),
    'roster.read': () => ok({ patternId: 'twoShift', lines: [], isPublished: false }),
    'roster.write': () => ok({ faults: [] }),
    'admissions.create': ({ accountNo, until, reason }) =>
      ok({ admissionId: nextUuid(world), accountNo, until, reason, byNo: me().accountNo, byName: me().name, at: world.options.now() }),
    'shiftRequests.list': () => ok({ items: [] }),
    'shiftRequests.ask': () => err(appError('central/offline')),
    'shiftRequests.answer': () => err(appError('record/notFound')),
    'attendance.read': () => ok({ lines: [], rows: [] }),
    'attendance.correct': () => err(appError('central/offline')),
  }
}

function digestNow(handover: Handover): string {
  return digestOf(handover, fakeDigest)
}
