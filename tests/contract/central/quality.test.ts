import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import type { CallRecord } from '#shared/contracts/call-shapes'
import type { QualityFormDocument, QualityRow } from '#shared/contracts/quality-shapes'
import type { Reception } from '#shared/domain/case/reception'
import type { EntryContent } from '#shared/domain/quality/file'
import { itemsOf } from '#shared/domain/quality/form'
import type { ItemAnswer, Sheet } from '#shared/domain/quality/sheet'
import { callRecordOf } from '../../fixtures/calls'
import { draft, type Person, person, productReference, register } from '../../fixtures/cases'
import type { TestCentral } from '../../fixtures/central'
import { readEvents } from '../../fixtures/event-reader'
import { beginRecording, recordingOf } from '../../fixtures/recordings'
import { onEveryDatabase } from './databases'

const file = productReference.find(({ id, document }) => id === 'hotline' && (document as { kind: string }).kind === 'qualityForm')
const form = file?.document as QualityFormDocument

const sheetOf = (changes: Readonly<Record<string, ItemAnswer['result']>> = {}, formVersion = 1): Sheet => ({
  formVersion,
  answers: itemsOf(form).map(({ itemId, points, isVeto }) => ({
    ...{ itemId, result: changes[itemId] ?? (isVeto ? 'kept' : points), remark: itemId in changes ? '见录音' : '', atMs: null },
  })),
  words: '',
})

onEveryDatabase('quality of calls', (start) => {
  const begin = async () => {
    const central = await start({ referenceFiles: productReference })
    const [agent, other] = [await person(central, '2001', 'intake'), await person(central, '2002', 'intake')]
    const [lead, supervisor, director] = [
      await person(central, '3001', 'shiftLead'),
      await person(central, '4001', 'supervisor'),
      await person(central, '5001', 'director'),
    ]
    return { central, agent, other, lead, supervisor, director }
  }
  const now = (central: TestCentral) => central.central.services.clock.now()
  const month = (central: TestCentral) => new Date(now(central) + 8 * 3_600_000).toISOString().slice(0, 7)
  const take = async (central: TestCentral, who: Person, given: Partial<CallRecord> = {}) => {
    const [answeredAt, endedAt] = [now(central) - 60_000, now(central) - 1_000]
    const record = callRecordOf({ callId: systemIds.uuid(), startedAt: answeredAt - 4_000, answeredAt, endedAt, ...given })
    const { status } = await central.call('calls.keep', {
      ...{ token: who.token, params: { callId: record.callId }, body: record, key: systemIds.uuid() },
    })
    expect(status).toBe(200)
    return record
  }
  const enter = (central: TestCentral, who: Person, callId: string, content: EntryContent) =>
    central.call('quality.enter', {
      ...{ token: who.token, params: { callId, entryId: systemIds.uuid() }, key: systemIds.uuid() },
      body: { content, at: now(central) },
    })
  const open = (central: TestCentral, who: Person, callId: string) => central.call('quality.open', { token: who.token, params: { callId } })
  const list = async (central: TestCentral, who: Person): Promise<QualityRow[]> =>
    (await central.call('quality.list', { token: who.token, query: { month: month(central) } })).body.items

  it('are drawn, scored once by somebody else, told to the agent, appealed against and decided', async () => {
    const { central, agent, other, lead, supervisor } = await begin()
    const { callId } = await take(central, agent)
    await take(central, agent, { answeredAt: null, cause: 'abandoned', answeredBy: null })
    await take(central, agent, { purpose: 'internal' })
    expect(await list(central, lead)).toMatchObject([{ callId, state: 'toScore', isDrawn: true, total: null }])
    const origin = await central.listen()
    const [mine, theirs] = [await readEvents(origin, agent.token), await readEvents(origin, other.token)]
    const score: EntryContent = { kind: 'score', sheet: sheetOf({ manner: 4 }) }
    expect((await enter(central, agent, callId, score)).body).toMatchObject({ code: 'quality/ownCall' })
    expect((await enter(central, other, callId, score)).body).toMatchObject({ code: 'quality/notReviewer' })
    expect((await enter(central, lead, callId, { ...score, sheet: sheetOf({}, 7) })).body).toMatchObject({ code: 'quality/formUnknown' })
    const half = { ...sheetOf(), answers: sheetOf().answers.slice(3) }
    expect((await enter(central, lead, callId, { kind: 'score', sheet: half })).body).toMatchObject({ code: 'quality/incomplete' })
    expect((await enter(central, lead, callId, score)).body).toMatchObject({ total: 94, isVetoed: false, byNo: '3001' })
    expect((await enter(central, supervisor, callId, score)).body).toMatchObject({ code: 'quality/alreadyScored' })
    const { payload, seq } = await mine.find(({ name }) => name === 'quality.changed')
    expect(payload).toMatchObject({ callId, kind: 'score', isForAgent: true, total: 94 })
    await theirs.waitUntil(() => theirs.ids.some((id) => id >= seq))
    expect(theirs.events.filter(({ name }) => name === 'quality.changed')).toEqual([])
    for (const reader of [mine, theirs]) reader.close()
    // The agent reads the own file and nobody else's.
    expect((await open(central, agent, callId)).body).toMatchObject({ row: { total: 94, state: 'scored' }, entries: [{ kind: 'score' }] })
    expect((await open(central, other, callId)).status).toBe(404)
    expect((await central.call('quality.mine', { token: agent.token })).body.items).toMatchObject([{ callId, total: 94 }])
    expect((await central.call('quality.mine', { token: other.token })).body.items).toEqual([])
    const appeal: EntryContent = { kind: 'appeal', reason: '已用礼貌用语，见 0:20' }
    expect((await enter(central, agent, callId, appeal)).status).toBe(200)
    expect((await enter(central, agent, callId, appeal)).body).toMatchObject({ code: 'quality/appealedOnce' })
    const decision: EntryContent = { kind: 'decide', sheet: sheetOf({ manner: 9 }), reason: '重听后改判' }
    expect((await enter(central, lead, callId, decision)).body).toMatchObject({ code: 'quality/notYours' })
    expect((await enter(central, supervisor, callId, decision)).body).toMatchObject({ total: 99 })
    const { entries } = (await open(central, agent, callId)).body
    expect(entries.map(({ kind, total }: { kind: string; total: number }) => [kind, total])).toEqual([
      ...[
        ['score', 94],
        ['appeal', null],
        ['decide', 99],
      ],
    ])
  })

  it('of broken sound are passed over with the evidence, cannot be scored, and are counted apart', async () => {
    const { central, agent, lead } = await begin()
    const bad = { mosMean: 2.2, mosWorst: 1, lossRatio: 0.11, jitterMs: 20, roundTripMs: 40 }
    const lossy = await take(central, agent, { quality: bad })
    // The waveform of the recording says that the citizen heard nothing: it is here before the sound itself.
    const recordingId = systemIds.uuid()
    const silent = await take(central, agent, { recordingId })
    const spoken = Array.from({ length: 50 }, () => 0.2)
    const peaks = { left: spoken, right: spoken.map(() => 0) }
    const bytes = Buffer.alloc(1_000)
    await beginRecording(central, agent.token, recordingOf(bytes, { recordingId, callId: silent.callId, durationMs: 59_000, peaks }))
    const good = await take(central, agent)
    const rows = new Map((await list(central, lead)).map((row) => [row.callId, row]))
    expect(rows.get(lossy.callId)?.evidence.map(({ fault }) => fault)).toEqual(['mos', 'loss'])
    expect(rows.get(silent.callId)?.evidence.map(({ fault }) => fault)).toEqual(['seatSilent'])
    expect([...rows.values()].filter(({ isDrawn }) => isDrawn).map(({ callId }) => callId)).toEqual([good.callId])
    const score: EntryContent = { kind: 'score', sheet: sheetOf() }
    for (const { callId } of [lossy, silent]) {
      expect((await enter(central, lead, callId, score)).body).toMatchObject({ code: 'quality/brokenAudio' })
    }
    expect((await enter(central, lead, good.callId, score)).status).toBe(200)
    const { items } = (await central.call('quality.total', { token: lead.token, query: { month: month(central) } })).body
    expect(items).toMatchObject([{ agentNo: '2001', calls: 3, drawn: 1, scored: 1, mean: 100, excluded: 2 }])
  })

  it('are calibrated blind, and count by the score that is agreed', async () => {
    const { central, agent, lead, supervisor, director } = await begin()
    const { callId } = await take(central, agent)
    const invite = (reviewers: string[]) => enter(central, director, callId, { kind: 'calibrate', reviewers })
    expect((await invite(['3001', '2002'])).body).toMatchObject({ code: 'quality/badReviewers' })
    expect((await invite(['3001', '4001'])).status).toBe(200)
    expect((await enter(central, lead, callId, { kind: 'score', sheet: sheetOf({ manner: 2 }) })).status).toBe(200)
    for (const who of [supervisor, director]) {
      const { body } = await open(central, who, callId)
      expect(body.entries.map(({ kind }: { kind: string }) => kind)).toEqual(['calibrate'])
      expect(body.row).toMatchObject({ state: 'calibrating', total: null, waitsFor: ['4001'] })
    }
    expect((await central.call('quality.mine', { token: agent.token })).body.items).toEqual([])
    expect((await enter(central, supervisor, callId, { kind: 'score', sheet: sheetOf() })).status).toBe(200)
    expect((await open(central, lead, callId)).body.entries).toHaveLength(3)
    const agreed = await enter(central, lead, callId, { kind: 'agree', sheet: sheetOf({ manner: 8 }), reason: '以录音 0:30 为准' })
    expect(agreed.body).toMatchObject({ total: 98 })
    const { body } = await open(central, agent, callId)
    expect(body.entries.map(({ kind }: { kind: string }) => kind)).toEqual(['agree'])
    expect(body.row).toMatchObject({ total: 98, state: 'scored' })
  })

  it('show the report that was registered from the call to whoever may see that case', async () => {
    const { central, agent, lead, director } = await begin()
    const { callId } = await take(central, agent)
    const reception: Reception = {
      ...{
        callId,
        callClass: 'complaint',
        urgency: 'ordinary',
        callerPlace: '',
        isConfidential: false,
        replyMethod: null,
        requirement: '',
      },
    }
    const row = (await register(central, agent, draft({ reception }))).body
    expect((await open(central, lead, callId)).body.report).toMatchObject({ caseNo: row.caseNo })
    const second = await take(central, agent)
    const sensitive = draft({ reception: { ...reception, callId: second.callId }, isSensitive: true })
    expect((await register(central, agent, sensitive)).status).toBe(201)
    expect((await open(central, lead, second.callId)).body.report).toBeNull()
    expect((await open(central, director, second.callId)).body.report).not.toBeNull()
  })

  it('are scored by a form that those whom it names change by its next version, and old scores keep theirs', async () => {
    const { central, agent, lead, supervisor, director } = await begin()
    const { callId } = await take(central, agent)
    await enter(central, lead, callId, { kind: 'score', sheet: sheetOf() })
    const save = (who: Person, changed: QualityFormDocument, seenVersion: number) =>
      central.call('quality.saveForm', { token: who.token, key: systemIds.uuid(), body: { seenVersion, form: changed } })
    const changed = { ...form, passMark: 85 }
    expect((await save(supervisor, changed, 1)).body).toMatchObject({ code: 'quality/notEditor' })
    expect((await save(director, { ...changed, sections: changed.sections.slice(1) }, 1)).body).toMatchObject({
      code: 'quality/formUnusable',
    })
    expect((await save(director, changed, 1)).body).toMatchObject({ version: 2, passMark: 85 })
    expect((await save(director, changed, 1)).body).toMatchObject({ code: 'record/stale' })
    const { forms } = (await open(central, supervisor, callId)).body
    expect(forms.map(({ version, passMark }: QualityFormDocument) => [version, passMark])).toEqual([
      [1, 80],
      [2, 85],
    ])
  })

  it('stand beside a ledger of the month, which counts what its reader may see', async () => {
    const { central, agent, lead, director } = await begin()
    for (const isSensitive of [false, true]) expect((await register(central, agent, draft({ isSensitive }))).status).toBe(201)
    const read = async (who: Person) => (await central.call('ledger.read', { token: who.token, query: { month: month(central) } })).body
    expect((await read(lead)).items).toMatchObject([{ source: 'hotline', cases: 1, results: { open: 1 } }])
    expect((await read(director)).items).toMatchObject([{ cases: 2 }])
  })
})
