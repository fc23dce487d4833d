import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { failures } from '#server/workflows/exports/export-runner'
import { failLostExports, keptMs, mostRunning } from '#server/workflows/exports/manage-exports'
import { sweep } from '#server/workflows/sweep'
import type { CaseRow } from '#shared/domain/case/row'
import { draft, facts, fromCamera, type Person, photoBy, productReference, register, type Staff, staff, step } from '../../fixtures/cases'
import type { CallAnswer, TestCentral } from '../../fixtures/central'
import { onEveryDatabase } from './databases'

async function reported(central: TestCentral, people: Staff, change: Parameters<typeof fromCamera>[0] = {}): Promise<CaseRow> {
  const photoIds = [await photoBy(central, people.intake)]
  const { status, body } = await register(central, people.intake, draft(fromCamera(change), { photoIds }))
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body
}

const ask = (
  central: TestCentral,
  who: Person,
  format: 'csv' | 'xlsx',
  filter: object = {},
  exportId = systemIds.uuid(),
): Promise<CallAnswer> => central.call('exports.create', { token: who.token, key: exportId, body: { exportId, format, filter } })
const job = (central: TestCentral, who: Person, exportId: string): Promise<CallAnswer> =>
  central.call('exports.get', { token: who.token, params: { exportId } })
const read = (central: TestCentral, who: Person, exportId: string, offset = 0): Promise<CallAnswer> =>
  central.call('exports.read', { token: who.token, params: { exportId }, query: { offset: String(offset) } })

/** Asks, waits for the writing to end, and fetches the whole file. */
async function exported(central: TestCentral, who: Person, format: 'csv' | 'xlsx', filter: object = {}): Promise<Buffer> {
  const { body } = await ask(central, who, format, filter)
  await central.central.services.exportRunner.settled()
  expect((await job(central, who, body.exportId)).body).toMatchObject({ state: 'done', failure: null, done: body.total })
  return (await read(central, who, body.exportId)).body
}

const linesOf = (csv: Buffer): string[] => csv.toString('utf8').trimEnd().split('\r\n')
const cellOf = (csv: Buffer, line: number, title: string): string | undefined => {
  const [, titles = '', ...rows] = linesOf(csv)
  return rows[line]?.split(',')[titles.split(',').indexOf(title)]
}

/** Every part of a zip file (PKWARE APPNOTE 4.3.12: from its central directory). */
function partsOf(zip: Buffer): Map<string, string> {
  const parts = new Map<string, string>()
  for (let at = zip.indexOf('PK\u0001\u0002'); at >= 0; at = zip.indexOf('PK\u0001\u0002', at + 46)) {
    const [method, packed, nameLength, offset] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt32LE(at + 42),
    ]
    const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28)
    const bytes = zip.subarray(start, start + packed)
    parts.set(zip.toString('utf8', at + 46, at + 46 + nameLength), (method === 8 ? inflateRawSync(bytes) : bytes).toString('utf8'))
  }
  return parts
}

onEveryDatabase('exports', (start) => {
  const begin = async () => {
    const central = await start({ referenceFiles: productReference })
    return { central, people: await staff(central) }
  }

  it('hold what their owner may see, as text, in China time, with a watermark and the lamp', async () => {
    const { central, people } = await begin()
    const row = await reported(central, people, { description: '=HYPERLINK("http://x")', address: '＋1 号' })
    await reported(central, people, { description: '敏感', isSensitive: true })
    await central.clock.advance(3_600_000)
    const csv = await exported(central, people.lead, 'csv')
    const [watermark = '', titles = '', ...rows] = linesOf(csv)
    expect(csv.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(watermark).toContain('测试中心 · 测2101（2101）导出于 2026-11-21 10:00:00')
    expect(titles).toMatch(/^案卷号,阶段,状态,/)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect([cellOf(csv, 0, '案卷号'), cellOf(csv, 0, '登记时间'), cellOf(csv, 0, '位置描述')]).toEqual([
      row.caseNo,
      '2026-11-21 09:00:00',
      "'＋1 号",
    ])
    // Ten minutes are the limit of accepting a case.
    expect([cellOf(csv, 0, '时限灯'), cellOf(csv, 0, '超时')]).toEqual(['红', '50 分'])
    expect(linesOf(await exported(central, people.director, 'csv'))).toHaveLength(4)
    expect(linesOf(await exported(central, people.director, 'csv', { isOpen: false }))).toHaveLength(2)
  })

  it('name no person, not even in what somebody wrote down', async () => {
    const { central, people } = await begin()
    const description = '来电人电话13912340826，座机0451-82345678，身份证230108199001011234，网格230108001001003'
    const { status } = await register(central, people.intake, draft(facts({ description })))
    expect(status).toBe(201)
    const text = (await exported(central, people.lead, 'csv')).toString('utf8')
    for (const secret of ['王小明', '13912340826', '82345678', '230108199001011234', `测${people.intake.accountNo}`])
      expect(text, secret).not.toContain(secret)
    expect(text).toContain('139****0826')
    expect(text).toContain('230108001001003')
  })

  it('are workbooks that spreadsheets read: whole parts, texts as texts, the watermark on each page', async () => {
    const { central, people } = await begin()
    await reported(central, people, { description: '=1+1 & <b> _x0041_', address: '友协大街 1 号' })
    for (let more = 0; more < 3; more += 1) await reported(central, people)
    const parts = partsOf(await exported(central, people.lead, 'xlsx'))
    expect([...parts.keys()].toSorted()).toEqual(
      [
        '[Content_Types].xml',
        '_rels/.rels',
        'xl/_rels/workbook.xml.rels',
        'xl/styles.xml',
        'xl/workbook.xml',
        'xl/worksheets/sheet1.xml',
      ].toSorted(),
    )
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? ''
    expect(sheet.match(/<row /g)).toHaveLength(6)
    expect(sheet).toContain('<t xml:space="preserve">=1+1 &amp; &lt;b&gt; _x005F_x0041_</t>')
    expect(sheet).not.toMatch(/<f>|t="str"/)
    expect(sheet).toMatch(/<oddHeader>&amp;C测试中心 · 测2101（2101）/)
    expect(sheet).toMatch(/<oddFooter>&amp;L测试中心/)
  })

  it('come in pieces, for nobody but their owner in the same post, and each fetching is audited once', async () => {
    const { central, people } = await begin()
    await reported(central, people)
    const { body } = await ask(central, people.lead, 'csv')
    await central.central.services.exportRunner.settled()
    const { bytes } = (await job(central, people.lead, body.exportId)).body
    const [whole, end] = [await read(central, people.lead, body.exportId), await read(central, people.lead, body.exportId, bytes)]
    expect([whole.body.length, end.body.length, whole.headers['cache-control']]).toEqual([bytes, 0, 'no-store'])
    expect((await read(central, people.lead, body.exportId, 10)).body).toEqual(whole.body.subarray(10))
    for (const other of [people.lead2, people.director]) {
      expect((await job(central, other, body.exportId)).body.code).toBe('record/notFound')
      expect((await read(central, other, body.exportId)).body.code).toBe('record/notFound')
    }
    const audit = await central.call('audit.list', { token: await central.tokenFor('admin'), query: { accountNo: people.lead.accountNo } })
    expect(audit.body.items.map(({ action }: { action: string }) => action).toSorted()).toEqual(['export.created', 'export.read'])
  })

  it('stay with the post that they were asked for in', async () => {
    const { central, people } = await begin()
    await reported(central, people, { isSensitive: true })
    const { body } = await ask(central, people.director, 'csv')
    await central.central.services.exportRunner.settled()
    const { db } = central.central.services
    await db.updateTable('session').set({ role: 'intake' }).where('account_id', '=', people.director.accountId).execute()
    await db.updateTable('account').set({ roles: '["director","intake"]' }).where('account_id', '=', people.director.accountId).execute()
    expect((await read(central, people.director, body.exportId)).body.code).toBe('record/notFound')
  })

  it('are taken back when a case that they may hold becomes secret, from nobody else and for nothing less', async () => {
    const { central, people } = await begin()
    const row = await reported(central, people, { description: '某班长态度恶劣。' })
    const asked = [people.lead, people.lead2, people.director]
    const jobs = await Promise.all(asked.map(async (who) => (await ask(central, who, 'csv')).body.exportId as string))
    await central.central.services.exportRunner.settled()
    const states = () => Promise.all(asked.map(async (who, at) => (await job(central, who, jobs[at] ?? '')).body.state))
    const handed = await step(central, people.intake, row, 'preFile', { opinion: '属实。' })
    expect(await states()).toEqual(['done', 'done', 'done'])
    await step(central, people.lead2, handed, 'amend', { facts: { namedAgents: [people.lead.accountNo] }, reason: '投诉到人。' })
    expect(await states()).toEqual(['failed', 'done', 'done'])
    expect((await job(central, people.lead, jobs[0] ?? '')).body.failure).toContain('作废')
    expect((await read(central, people.lead, jobs[0] ?? '')).body.code).toBe('export/notReady')
    expect(linesOf(await exported(central, people.lead, 'csv')), 'a new one holds nothing of it').toHaveLength(2)
  })

  it('run once for a key, and at most two at a time', async () => {
    const { central, people } = await begin()
    await reported(central, people)
    const exportId = systemIds.uuid()
    const answers = [await ask(central, people.lead, 'csv', {}, exportId), await ask(central, people.lead, 'csv', {}, exportId)]
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    await central.central.services.exportRunner.settled()
    const { db } = central.central.services
    expect(await db.selectFrom('export_job').select('export_id').execute()).toHaveLength(1)
    await db.updateTable('export_job').set({ state: 'running' }).execute()
    // Exports that nobody works on, so that none ends while the next are asked for.
    Object.assign(central.central.services, { exportRunner: { ...central.central.services.exportRunner, start: () => undefined } })
    const more = await Promise.all([1, 2, 3].map(() => ask(central, people.lead, 'csv')))
    expect(more.filter(({ status }) => status === 201)).toHaveLength(mostRunning - 1)
    expect(more.find(({ status }) => status !== 201)?.body).toMatchObject({ code: 'export/tooMany', detail: { count: mostRunning } })
    expect((await ask(central, people.director, 'csv')).status).toBe(201)
  })

  it('can be cancelled, and then leave nothing', async () => {
    const { central, people } = await begin()
    await reported(central, people)
    const { body } = await ask(central, people.lead, 'xlsx')
    const cancelled = await central.call('exports.cancel', { token: people.lead.token, params: { exportId: body.exportId } })
    expect(cancelled.status).toBe(200)
    await central.central.services.exportRunner.settled()
    const { state } = (await job(central, people.lead, body.exportId)).body
    // Whichever was quicker, state and file agree.
    expect(['cancelled', 'done']).toContain(state)
    expect(existsSync(join(central.filesFolder, 'exports', body.exportId))).toBe(state === 'done')
    expect((await read(central, people.lead, body.exportId)).status).toBe(state === 'done' ? 200 : 409)
    expect((await central.call('exports.cancel', { token: people.director.token, params: { exportId: body.exportId } })).body.code).toBe(
      'record/notFound',
    )
  })

  it('say in words that a restart ended them, and go after a day', async () => {
    const { central, people } = await begin()
    await reported(central, people)
    const { services } = central.central
    const { body } = await ask(central, people.lead, 'csv')
    await services.exportRunner.settled()
    const file = join(central.filesFolder, 'exports', body.exportId)
    expect(existsSync(file)).toBe(true)
    await services.db
      .updateTable('export_job')
      .set({ state: 'running', touched_at: central.clock.now() - 60_001 })
      .execute()
    await failLostExports(services, true)
    expect((await job(central, people.lead, body.exportId)).body).toMatchObject({ state: 'failed', failure: failures.stopped })
    expect((await read(central, people.lead, body.exportId)).body.code).toBe('export/notReady')
    await services.db.updateTable('export_job').set({ expires_at: central.clock.now() }).execute()
    expect(body.expiresAt - body.createdAt).toBe(keptMs)
    expect((await job(central, people.lead, body.exportId)).body.code).toBe('record/notFound')
    await sweep(services)
    expect([existsSync(file), await services.db.selectFrom('export_job').selectAll().execute()]).toEqual([false, []])
  })

  it('are refused for a filter that names what there is not', async () => {
    const { central, people } = await begin()
    expect((await ask(central, people.lead, 'csv', { states: 'nowhere' })).body.code).toBe('request/invalid')
  })
})
