/**
 * The reference of P12, as a process of its own: Fastify without anything of ours, with the same SQL on a copy of the same records. Nobody signs in,
 * nothing is validated, decided, audited or told to others; what it takes is what the framework and the database take.
 *   tsx bare-server.ts FILE
 */
import BetterSqlite3 from 'better-sqlite3'
import fastify from 'fastify'

const database = new BetterSqlite3(process.argv[2] ?? '')
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')
const page = database.prepare(
  "select case_id, due_at, row from case_record where is_open = 1 and is_sensitive = 0 and is_recused = 0 and state in ('dispatched', 'suspended') order by due_at, case_id limit 41",
)
const head = database.prepare('select case_id, case_no, profile_id, beginning, row from case_record where case_id = ?')
const history = database.prepare('select * from case_history where case_id = ? order by seq')
const attachments = database.prepare('select * from attachment where case_id = ? order by uploaded_at')
const seen = database.prepare(
  "insert into case_seen (case_id, account_no, name, role, version, at) values (?, '1', '', '', 1, 1) on conflict do update set version = 1",
)
const addStep = database.prepare(
  "insert into case_history (case_id, seq, at, action, account_no, account_name, role, to_state, input) values (?, ?, 1, 'urge', '1', '', '', 'dispatched', ?)",
)
const update = database.prepare('update case_record set version = ?, row = ? where case_id = ?')
const number = database.prepare('update event_log set latest_seq = latest_seq + 1 returning latest_seq')
const event = database.prepare("insert into server_event (seq, name, at, payload) values (?, 'case.changed', 1, ?)")

type Row = Record<string, string>

const act = database.transaction((caseId: string, input: string) => {
  const before = head.get(caseId) as Row
  const seq = history.all(caseId).length + 1
  addStep.run(caseId, seq, input)
  update.run(seq, before.row, caseId)
  const { latest_seq } = number.get() as { latest_seq: number }
  event.run(latest_seq, before.row)
  return before.row
})

const app = fastify()
app.get('/list', async () => ({ items: (page.all() as Row[]).map(({ row }) => JSON.parse(row ?? '')) }))
app.get<{ Params: { id: string } }>('/cases/:id', async ({ params: { id } }) => {
  const found = head.get(id) as Row
  const steps = (history.all(id) as Row[]).map(({ input, ...rest }) => ({ ...rest, input: JSON.parse(input ?? '') }))
  seen.run(id)
  return {
    row: JSON.parse(found.row ?? ''),
    beginning: JSON.parse(found.beginning ?? ''),
    history: steps,
    attachments: attachments.all(id),
  }
})
app.post<{ Params: { id: string } }>('/cases/:id', async ({ params: { id }, body }) => JSON.parse(act(id, JSON.stringify(body)) ?? ''))
const url = await app.listen({ host: '127.0.0.1', port: 0 })
process.on('SIGTERM', () => process.exit(0))
process.stdout.write(`${JSON.stringify({ url })}\n`)
