import { randomUUID } from 'node:crypto'
import type { CentralProcess } from '../../tests/e2e/central-process'
import { accounts, type DemoRole } from '../../tests/e2e/fixtures'

/** The hour before the first picture: what the shift has written so far, told to the centre as the seats would tell it. Invented. */
interface Written {
  readonly role: DemoRole
  readonly seatNo: string
  readonly minutesAgo: number
  readonly kind: string
  readonly text: string
}

const entries: readonly Written[] = [
  { role: 'intake', seatNo: '03', minutesAgo: 52, kind: 'event', text: '友谊路与中山街口路灯不亮，约 6 盏，来电人要求今晚修复，已登记。' },
  { role: 'wallOperator', seatNo: '09', minutesAgo: 41, kind: 'equipment', text: '第 3 路探头画面冻结，已报设备组，轮巡暂时跳过。' },
  {
    role: 'supervisor',
    seatNo: '05',
    minutesAgo: 33,
    kind: 'discovery',
    text: '城东两件井盖案卷离到时不足 2 小时，已电话催办排水单位，对方称 30 分钟内到场。',
  },
  { role: 'intake', seatNo: '03', minutesAgo: 18, kind: 'visitor', text: '市局检查组 3 人来访，查看大厅与大屏，值班长陪同。' },
  {
    role: 'shiftLead',
    seatNo: '01',
    minutesAgo: 6,
    kind: 'instruction',
    text: '指挥长指示：夜间占道经营投诉集中的三条街，采集员加巡一次，结果记入日志。',
  },
]

export async function writeEarlierEntries({ url, password }: CentralProcess, nowMs: number): Promise<void> {
  const api = `${url}/api/v1`
  for (const { role, seatNo, minutesAgo, kind, text } of entries) {
    const opened = await post(`${api}/sessions`, {}, { accountNo: accounts[role], password, seatNo })
    const { tokens } = (await opened.json()) as { tokens: { accessToken: string } }
    const authorization = `Bearer ${tokens.accessToken}`
    const entry = { entryId: randomUUID(), kind, text, shiftId: null, writtenAt: nowMs - minutesAgo * 60_000 }
    await post(`${api}/dutyLog`, { authorization, 'idempotency-key': randomUUID() }, entry)
    // The shift lead sits down at the window of the pictures; the others stay on duty.
    if (role === 'shiftLead') await fetch(`${api}/sessions/current`, { method: 'DELETE', headers: { authorization } })
  }
}

async function post(address: string, headers: Readonly<Record<string, string>>, body: object): Promise<Response> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
  const answer = await fetch(address, init)
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`)
  return answer
}
