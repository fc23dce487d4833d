import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { createFaultProxy } from '../fakes/fault-proxy'
import { hasBaresip, startBaresip } from '../interop/peers/baresip'
import { hasKamailio, startKamailio } from '../interop/peers/kamailio'
import { accounts, expect, signIn, test } from './fixtures'
import { startSeat } from './seat-process'

/**
 * From the first ring to the filed report by key alone: who calls is known while it rings, F2 opens the form, the place is found by typing, the earlier case
 * is hinted at, the citizen hangs up first, the wrap-up is said, and the shift lead has an emergency in the queue. Then the same once more with the centre
 * cut off: caller and earlier case come from the seat, and the report reaches the centre once, though its first answer is lost. No mouse touches the page.
 */
const number = '13800138000'
const switches = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--allow-loopback-in-peer-connection']

test.use({
  launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...switches] }),
})
test.skip(!hasKamailio || !hasBaresip, 'needs kamailio, baresip and sox')

interface Signed {
  get<T>(path: string): Promise<T>
  post(path: string, body: unknown): Promise<unknown>
}

/** Another person at the centre, without a screen. */
async function atCentre(central: { readonly url: string; readonly password: string }, accountNo: string, seatNo: string): Promise<Signed> {
  const call = async (method: string, path: string, body?: unknown, token?: string) => {
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...(token && { authorization: `Bearer ${token}` }),
    }
    const answer = await fetch(`${central.url}/api/v1${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  const { tokens } = await call('POST', '/sessions', { accountNo, password: central.password, seatNo })
  return {
    get: (path) => call('GET', path, undefined, tokens.accessToken),
    post: (path, body) => call('POST', path, body, tokens.accessToken),
  }
}

/** Counts what a hand does. */
function handOn(page: Page) {
  let keys = 0
  const focused = () =>
    page.evaluate(
      () =>
        document.activeElement?.getAttribute('aria-label') ??
        document.activeElement?.closest('[aria-label]')?.getAttribute('aria-label') ??
        '',
    )
  return {
    keys: () => keys,
    async press(key: string) {
      keys += 1
      await page.keyboard.press(key)
    },
    async type(words: string) {
      keys += words.length
      await page.keyboard.type(words)
    },
    async tabTo(label: string) {
      for (let step = 0; step < 20; step += 1) {
        if ((await focused()) === label) return
        keys += 1
        await page.keyboard.press('Tab')
      }
      throw new Error(`no field ${label} within twenty steps, but ${await focused()}`)
    },
  }
}

interface Place {
  readonly name: string
  readonly position: readonly [number, number]
  readonly gridCode: string
}
const rubbish = { kind: 'event', standard: 'GB/T 47678.5-2026', subclassCode: '06010', subclassName: '暴露垃圾', majorName: '' } as const

/** The same citizen told a colleague of the same thing two hours ago. */
async function reportedBefore(colleague: Signed): Promise<Place> {
  const { items } = await colleague.get<{ items: { kind: string; id: string }[] }>('/reference')
  const entry = items.find(({ kind }) => kind === 'places')
  const { document } = await colleague.get<{ document: { places: Place[] } }>(`/reference/places/${entry?.id}`)
  const names = document.places.map(({ name }) => name)
  const place = document.places.find(({ name }) => name.length >= 5 && names.filter((other) => other.includes(name)).length === 1)
  if (!place) throw new Error('no place')
  const [lng, lat] = place.position
  const facts = {
    ...{
      source: 'hotline',
      ...rubbish,
      description: '一大堆垃圾没人收',
      address: place.name,
      position: { lng, lat },
      gridCode: place.gridCode,
    },
    ...{ communityCode: place.gridCode.slice(0, 12), streetCode: place.gridCode.slice(0, 9), componentCode: null, isUrgent: false },
    ...{ isSensitive: false, namedAgents: [], hasCitizen: true, wantsReply: true, mayNotBeCalled: false, cameraNo: null },
    ...{ external: null, instruction: null },
  }
  const registeredAt = Date.now() - 2 * 3_600_000
  await colleague.post('/cases', {
    caseId: uuid(),
    facts,
    citizen: { name: '孙女士', number, gender: 'female' },
    photoIds: [],
    registeredAt,
  })
  return place
}

const uuid = () => crypto.randomUUID()
const state = (page: Page) => page.getByRole('button', { name: /^坐席状态/ })

interface Walk {
  readonly page: Page
  readonly hand: ReturnType<typeof handOn>
  readonly place: Place
  readonly citizen: Awaited<ReturnType<typeof startBaresip>>
  shots(name: string): Promise<unknown>
}

/** One call from its ring to the end of its wrap-up; what it cost, in words. */
async function takeCall({ page, hand, place, citizen, shots }: Walk, { isOffline }: { readonly isOffline: boolean }): Promise<string> {
  const name = (shot: string) => (isOffline ? `${shot}-offline` : shot)
  await citizen.command('dial', 'sip:1002@hotline.test')
  const ringing = page.getByRole('alert', { name: '来电振铃' })
  await expect(ringing).toContainText('孙')
  await expect(ringing).toContainText(/未结 \d 件/)
  await shots(name('ringing'))
  const [rangAt, keysBefore] = [Date.now(), hand.keys()]
  await hand.press('F2')
  await expect(page.getByRole('region', { name: '来电人', exact: true })).toContainText('暴露垃圾')
  await expect(page.getByRole('textbox', { name: '联系电话' })).toHaveValue('138 0013 8000')
  await expect(page.getByRole('textbox', { name: '姓名' })).toBeFocused()
  await hand.type('孙女士')
  await hand.tabTo('事发位置')
  await hand.type(place.name)
  await hand.press('ArrowDown')
  await hand.press('Enter')
  await expect(page.getByRole('textbox', { name: '坐标' })).not.toHaveValue('')
  await hand.tabTo('经过')
  await hand.type('还是那堆垃圾，两个小时了没人来收')
  await hand.tabTo('诉求类别')
  await hand.press('ArrowRight')
  await hand.tabTo('小类')
  await hand.type('暴露垃圾')
  await hand.press('Enter')
  const duplicates = page.getByRole('region', { name: '疑似重复' })
  await expect(duplicates).toContainText(place.name)
  await expect(duplicates).toContainText('很像同一处')
  if (isOffline) await expect(duplicates).toContainText('只找了本机存的案卷')
  await hand.tabTo('紧急程度')
  await hand.press('ArrowRight')
  await shots(name('filled'))
  await hand.press('Control+Enter')
  const registered = page.getByRole('region', { name: '刚登记的' })
  await expect(registered).toContainText(isOffline ? '待发送' : '已登记，紧急')
  const cost = `${hand.keys() - keysBefore} keys, ${Math.round((Date.now() - rangAt) / 1_000)} seconds`

  await citizen.command('hangup')
  await expect(state(page)).toHaveAccessibleName(/话后整理/)
  await expect(page.getByRole('banner')).toContainText('已登记案件')
  await shots(name('wrap-up'))
  const keysThen = hand.keys()
  await hand.press('Alt+x')
  await expect(page.getByRole('textbox', { name: '小结备注' })).toBeFocused()
  await hand.press('Enter')
  await expect(state(page)).toHaveAccessibleName(/示闲/)
  return `${cost}, and ${hand.keys() - keysThen} keys of wrap-up`
}

test('a citizen rings, is known, is heard by key, and the report is with the shift lead before the wrap-up ends', async ({
  shell,
  central,
  browser,
}, info) => {
  test.setTimeout(200_000)
  const folder = mkdtempSync(join(tmpdir(), 'seat-e2e-desk-'))
  const place = await reportedBefore(await atCentre(central, '0202', '05'))
  const network = await createFaultProxy(central.url)
  const kamailio = await startKamailio()
  const citizen = await startBaresip({ user: number, toneHz: 440, exchange: kamailio })
  const dataFolder = join(folder, '02')
  mkdirSync(dataFolder)
  const exchange = { name: '测试交换机', domain: 'hotline.test', account: '1002', proxy: `127.0.0.1:${kamailio.port}` }
  const line = { exchange: { ...exchange, localAddress: '127.0.0.1', registerForS: 60, optionsEveryS: 5 }, password: 'pw1002' }
  writeFileSync(join(dataFolder, 'seat.json'), JSON.stringify({ telephone: line }))
  const where = { shell, centralUrl: network.url, dataFolder, seatNo: '02', viewport: { width: 1366, height: 768 } }
  const seat = await startSeat({ ...where, args: shell === 'electron' ? switches : [] }, browser)
  const { page } = seat
  if (shell === 'browser') await page.context().grantPermissions(['microphone'])
  await signIn(page, accounts.intake, central.password)
  await expect(page.getByRole('button', { name: '耳机 正常' })).toBeVisible({ timeout: 20_000 })
  const hand = handOn(page)
  await hand.press('F8')
  await expect(state(page)).toHaveAccessibleName(/示闲/)

  const walk = { page, hand, place, citizen, shots: (name: string) => page.screenshot({ path: info.outputPath(`${name}.png`) }) }
  const online = await takeCall(walk, { isOffline: false })
  const lead = await atCentre(central, accounts.shiftLead, '01')
  const emergencies = async () =>
    (await lead.get<{ items: { address: string }[] }>('/cases?queue=emergencies')).items.map(({ address }) => address)
  expect(await emergencies()).toEqual([place.name])

  network.set('cut')
  await expect(page.getByRole('alert').getByText(/中心离线/)).toBeVisible({ timeout: 30_000 })
  const offline = await takeCall(walk, { isOffline: true })
  expect(await emergencies()).toHaveLength(1)
  // The centre has it before the seat knows.
  network.set('resetAfterCommit', { path: '/api/v1/cases', times: 1 })
  await expect(page.getByRole('contentinfo')).toContainText(/待发送\s*0/, { timeout: 60_000 })
  await expect(page.getByRole('region', { name: '刚登记的' }).getByText('已登记，紧急')).toHaveCount(2)
  expect(await emergencies()).toEqual([place.name, place.name])
  console.log(`hotline desk, ${shell}: from answer to registered ${online}; with the centre away ${offline}`)
  await citizen.stop()
  await seat.stop()
  await network.stop()
  await kamailio.stop()
  rmSync(folder, { recursive: true, force: true })
})
