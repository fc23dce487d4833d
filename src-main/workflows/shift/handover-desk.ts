import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { Me } from '#shared/contracts/central-api/sessions'
import { hallLeads } from '#shared/contracts/central-api/shift'
import { appError } from '#shared/contracts/errors'
import type { HandoverStepSchema } from '#shared/contracts/shift-shapes'
import type { RoleId } from '#shared/domain/account/role'
import {
  digestOf,
  foldAll,
  foldHandover,
  type Handover,
  type HandoverFault,
  isRelieved,
  type Judgement,
  type Person,
  replyTo,
  type Step,
  type StepWords,
  spokenCode,
  takeStep,
} from '#shared/domain/shift/handover'
import type { HandoverFacts, HandoverForm, HandoverItem } from '#shared/domain/shift/handover-facts'
import { stepsOfLeaving } from '#shared/domain/shift/leave-post'
import { checkLocally } from '../check-locally'
import type { Passwords } from '../context'
import { draftKeyOf } from '../drafts'
import type { Central, Outbox, Publish, Store } from '../ports'
import type { SessionHolder } from '../session-holder'
import { isUnreachable } from '../unreachable'
import { caseFlow } from './case-flow'
import { type FactsContext, gatherFacts } from './handover-facts'
import type { HandoverCommands, HandoverDesk } from './handover-service'
import type { LogSealer } from './log-sealer'

export interface HandoverParts extends FactsContext {
  readonly store: Store
  readonly session: Pick<SessionHolder, 'current'>
  readonly sealer: LogSealer
  readonly outbox: Outbox
  readonly central: Central
  readonly passwords: Passwords
  readonly ids: { uuid(): string }
  readonly publish: Publish
  readonly seatNo: string
}

const shownMs = 3 * 86_400_000
const longestPull = 20
/** Posts that nobody leaves empty: a person who signed in there for a shift is relieved, or says why not. */
const relievedPosts: readonly RoleId[] = ['shiftLead']
const leadForms: readonly RoleId[] = hallLeads
const noJudgement: Judgement = { judgement: '', focus: '', reminder: '' }

export function createHandoverDesk(parts: HandoverParts): HandoverDesk {
  const { store, sealer, ids, now, publish, central, seatNo } = parts
  const { sha256 } = sealer
  /** Who proved with their password, at this seat, that they are the one to take over. */
  const entered = new Map<string, Person>()

  const recent = (): readonly Handover[] => foldAll(store.handoverSteps.since(now() - shownMs) as readonly Step[], sha256)
  const find = (handoverId: string): Handover | undefined => foldHandover(store.handoverSteps.of(handoverId) as readonly Step[], sha256)
  const person = (me: Me): Person => ({ accountNo: me.accountNo, name: me.name, role: me.role })

  function show(): void {
    const me = parts.session.current()?.me
    const handovers = me ? recent().filter(({ stage }) => stage !== 'abandoned') : []
    const codes = handovers.flatMap(({ handoverId, digest, stage }) => {
      return digest !== null && stage !== 'accepted' ? [{ handoverId, code: spokenCode('sealed', digest, '', sha256) }] : []
    })
    const here = [...entered].map(([handoverId, { accountNo, name }]) => ({ handoverId, accountNo, name }))
    publish('handover.changed', { handovers: [...handovers], codes, entered: here })
  }

  /** Checks the steps where they stand, writes them with their intents at once, and shows. */
  function write(
    handoverId: string,
    by: Person,
    all: readonly StepWords[],
    alongside: () => void = () => {},
  ): Result<Record<string, never>, AppError> {
    const accountNo = parts.session.current()?.me.accountNo ?? by.accountNo
    const written = store.transaction(() => {
      for (const words of all) {
        const at = now()
        const step = sealer.sign({ stepId: ids.uuid(), handoverId, by, seatNo, at, words: words as HandoverStepSchema['words'] })
        const before = find(handoverId)
        const after = before ? takeStep(before, step as Step, sha256) : undefined
        if (before ? after && !after.ok : words.did !== 'begin') throw new Refused(after && !after.ok ? after.error : 'handover/unknown')
        store.handoverSteps.insert(step)
        store.intents.append({
          ...{ intentId: ids.uuid(), kind: 'handover.step', subject: `handover/${handoverId}`, accountNo, body: step, createdAt: at },
          ...{ state: 'waiting', attempts: 0, nextAttemptAt: null, reason: null },
        })
      }
      alongside()
    })
    if (!written.ok) return written
    show()
    parts.outbox.wake()
    return ok({})
  }

  /** A refusal of the rules rolls back what was written before it. */
  function guarded(work: () => Result<Record<string, never>, AppError>, handoverId: string): Result<Record<string, never>, AppError> {
    try {
      return work()
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown
      const due = find(handoverId)?.points.filter(({ takenAt }) => takenAt === null).length
      return err(appError(thrown.fault, thrown.fault === 'handover/pointsDue' ? { count: due } : undefined))
    }
  }
  const act = (handoverId: string, by: Person, words: readonly StepWords[], alongside?: () => void) =>
    guarded(() => write(handoverId, by, words, alongside), handoverId)

  /** The last handover of the post that was sealed: its cut is where the next one goes on. */
  const previousOf = (form: HandoverForm, me: Me, except?: string): Handover | undefined =>
    recent().find(
      (one) =>
        one.handoverId !== except &&
        one.sealed !== null &&
        one.form === form &&
        (form === 'lead' || (one.outgoing.role === me.role && one.seatNo === seatNo)),
    )

  /** What other seats wrote meanwhile and this one has not heard. Without the centre, what is known here is what there is. */
  async function pullLog(from: number): Promise<void> {
    let after: string | undefined
    for (let page = 0; page < longestPull && parts.isOnline(); page++) {
      const read = await central.call('dutyLog.list', { query: { from, limit: 200, ...(after !== undefined && { after }) } })
      if (!read.ok) return
      store.transaction(() => {
        for (const entry of read.value.items) {
          store.dutyLog.applyFromCentral(entry)
          if (entry.seal) sealer.hear(entry.seal.stamp)
        }
      }, 'processDeath')
      if (read.value.next === null) return
      after = read.value.next
    }
  }

  async function facts(me: Me, form: HandoverForm, previous: Handover | undefined): Promise<HandoverFacts> {
    await pullLog((previous?.facts.cut.at ?? me.shift?.startsAt ?? now()) - 86_400_000)
    const gathered = gatherFacts(parts, me, form, previous)
    return form === 'lead' ? { ...gathered, flow: await caseFlow(parts, me, gathered.cut, previous) } : gathered
  }

  /** The first step: whose shift, who comes next, and the facts of this moment. */
  async function beginning(me: Me, form: HandoverForm): Promise<Extract<StepWords, { did: 'begin' }>> {
    const previous = previousOf(form, me)
    const shift = me.shift ?? { shiftId: 'none', name: '未选班次', startsAt: now(), endsAt: now() }
    const next = (parts.look('centre.changed')?.centre?.shifts ?? [])
      .filter(({ startsAt }) => startsAt >= shift.endsAt)
      .sort((a, b) => a.startsAt - b.startsAt)[0]
    const previousId = previous?.handoverId ?? null
    return { did: 'begin', form, shift, next: next ?? null, previousId, facts: await facts(me, form, previous) }
  }

  /** This person's handover of the shift they signed in for. */
  const currentOf = (me: Me): Handover | undefined =>
    recent().find(
      ({ outgoing, stage, shift }) =>
        outgoing.accountNo === me.accountNo && stage !== 'abandoned' && shift.shiftId === (me.shift?.shiftId ?? 'none'),
    )

  /** The same facts with something written beside them by hand. */
  async function changeItems(handoverId: string, me: Me, change: (items: readonly HandoverItem[]) => readonly HandoverItem[]) {
    const handover = find(handoverId)
    if (!handover) return err(appError('handover/unknown'))
    return act(handoverId, person(me), [{ did: 'refresh', facts: { ...handover.facts, items: change(handover.facts.items) } }])
  }

  const takerOf = (handoverId: string, me: Me): Person => {
    const handover = find(handoverId)
    return handover?.outgoing.accountNo === me.accountNo ? (entered.get(handoverId) ?? person(me)) : person(me)
  }

  const commands: HandoverCommands = {
    async 'handover.begin'({ form }, me) {
      const open = recent().find((one) => one.stage === 'drafting' && one.outgoing.accountNo === me.accountNo)
      if (open) return ok({ handoverId: open.handoverId })
      const handoverId = ids.uuid()
      const written = act(handoverId, person(me), [await beginning(me, form)])
      return written.ok ? ok({ handoverId }) : written
    },
    async 'handover.refresh'({ handoverId }, me) {
      const handover = find(handoverId)
      if (!handover) return err(appError('handover/unknown'))
      const fresh = await facts(me, handover.form, previousOf(handover.form, me, handoverId))
      const byHand = handover.facts.items.filter(({ itemId, carried }) => itemId.startsWith('written/') && carried === 0)
      return act(handoverId, person(me), [{ did: 'refresh', facts: { ...fresh, items: [...fresh.items, ...byHand] } }])
    },
    'handover.noteItem'({ handoverId, section, title, ownerName }, me) {
      const item: HandoverItem = {
        ...{
          itemId: `written/${ids.uuid()}`,
          section,
          tone: 'amber',
          title,
          detail: '交班人写明',
          ownerName,
          since: now(),
          dueAt: null,
          carried: 0,
        },
      }
      return changeItems(handoverId, me, (items) => [...items, item])
    },
    'handover.dropItem': ({ handoverId, itemId }, me) =>
      changeItems(handoverId, me, (items) => items.filter((item) => item.itemId !== itemId || !itemId.startsWith('written/'))),
    'handover.seal'({ handoverId, judgement, focus, reminder }, me) {
      const handover = find(handoverId)
      if (!handover) return err(appError('handover/unknown'))
      const judge: StepWords = { did: 'judge', judgement, focus, reminder }
      const digest = digestOf({ ...handover, words: { judgement, focus, reminder } }, sha256)
      return act(handoverId, person(me), [judge, { did: 'seal', digest }], () =>
        store.drafts.discard(draftKeyOf(me.accountNo, `handover/${handoverId}`)),
      )
    },
    async 'handover.enter'({ handoverId, accountNo, password }) {
      if (find(handoverId)?.outgoing.accountNo === accountNo) return err(appError('handover/ownAcceptance'))
      const vouched = await central.call('handovers.vouch', { params: { handoverId }, body: { accountNo, password } })
      if (vouched.ok) {
        entered.set(handoverId, { accountNo, name: vouched.value.name, role: (vouched.value.roles[0] ?? 'intake') as RoleId })
      } else {
        if (!isUnreachable(vouched.error)) return vouched
        const known = await checkLocally(parts, accountNo, password)
        if (!known.ok) return known
        entered.set(handoverId, { accountNo, name: known.value.name, role: known.value.role })
      }
      show()
      return ok({ name: entered.get(handoverId)?.name ?? accountNo })
    },
    'handover.point'({ handoverId, pointId, did, text }, me) {
      const by = did === 'answer' ? person(me) : takerOf(handoverId, me)
      const words: StepWords = did === 'read' || did === 'take' ? { did, pointId } : { did, pointId, text }
      return act(handoverId, by, [words])
    },
    'handover.accept'({ handoverId }, me) {
      const handover = find(handoverId)
      const by = takerOf(handoverId, me)
      const via = handover?.outgoing.accountNo === me.accountNo ? 'sameSeat' : 'centre'
      const accepted = act(handoverId, by, [{ did: 'accept', digest: handover?.digest ?? '', via, code: null }])
      if (accepted.ok) entered.delete(handoverId)
      return accepted
    },
    'handover.acceptByCode'({ handoverId, incomingNo, incomingName, reply }, me) {
      const handover = find(handoverId)
      if (!handover?.digest) return err(appError('handover/notSealed'))
      if (handover.outgoing.accountNo !== me.accountNo) return err(appError('handover/notYours'))
      if (reply !== spokenCode('reply', handover.digest, incomingNo, sha256)) return err(appError('handover/wrongCode'))
      const by: Person = { accountNo: incomingNo, name: incomingName, role: handover.outgoing.role }
      return act(handoverId, by, [
        { did: 'accept', digest: '', via: 'code', code: spokenCode('sealed', handover.digest, incomingNo, sha256) },
      ])
    },
    'handover.reply': ({ code }, me) => ok({ reply: replyTo(code, me.accountNo, sha256) }),
    'handover.leave': ({ handoverId, reason, consentBy }, me) => act(handoverId, person(me), [{ did: 'leave', reason, consentBy }]),
    async 'handover.leavePost'({ reason, consentBy }, me) {
      if (reason.trim() === '') return err(appError('handover/reasonMissing'))
      const present = currentOf(me)
      if (isRelieved(present)) return ok({})
      const form = leadForms.includes(me.role) ? 'lead' : 'post'
      const by = person(me)
      const going = present ?? { handoverId: ids.uuid(), by, seatNo, at: now(), begin: await beginning(me, form) }
      const key = draftKeyOf(me.accountNo, `handover/${going.handoverId}`)
      const kept = { ...(present?.words ?? noJudgement), ...(JSON.parse(store.drafts.get(key)?.body ?? '{}') as Partial<Judgement>) }
      const steps = stepsOfLeaving(going, kept, { reason, consentBy }, sha256)
      return act(going.handoverId, by, steps, () => store.drafts.discard(key))
    },
    'handover.abandon': ({ handoverId }, me) => act(handoverId, person(me), [{ did: 'abandon' }]),
  }

  return {
    commands,
    store(step) {
      if (store.handoverSteps.insert(step)) sealer.hear(step.stamp)
    },
    show,
    async catchUp() {
      const read = await central.call('handovers.list', { query: { from: now() - shownMs } })
      if (!read.ok) return
      store.transaction(() => {
        for (const step of read.value.steps) if (store.handoverSteps.insert(step)) sealer.hear(step.stamp)
      }, 'processDeath')
      show()
    },
    refusalToLeave(me) {
      // Who has to change their password first has done nothing here yet.
      if (me.mustChangePassword) return undefined
      const current = currentOf(me)
      const isDue = (relievedPosts.includes(me.role) && me.shift !== null) || current !== undefined
      return isDue && !isRelieved(current) ? appError('handover/unrelieved') : undefined
    },
  }
}

class Refused extends Error {
  constructor(readonly fault: HandoverFault) {
    super('refused by the rules of the handover')
  }
}
