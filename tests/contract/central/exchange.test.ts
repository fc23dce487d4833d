import { expect, it } from 'vitest'
import { disablePartnerNamed } from '#server/exchange-with-others/partners'
import type { ExchangeEntry, HandedCase } from '#shared/contracts/central-api/exchange'
import { get, staff, step } from '../../fixtures/cases'
import { morning } from '../../fixtures/central'
import { communityCode, gridCode, handDown, handed, partner, referenceWithGrids } from '../../fixtures/exchange'
import { onEveryDatabase } from './databases'

const inSquare = { lng: 126.62, lat: 45.6 }
const minute = 60_000

onEveryDatabase('cases handed down by another platform', (start) => {
  it('registers one as that platform, in its grid, with its number and deadline', async () => {
    const central = await start({ referenceFiles: referenceWithGrids })
    const city = await partner(central)
    const people = await staff(central)
    const replyBy = morning + 86_400_000
    const citizen = { name: '王小明', number: '13912340826' }
    const answer = await handDown(central, city, handed({ position: inSquare, replyBy, citizen, urls: ['http://x/1.jpg'] }))
    expect(answer, JSON.stringify(answer.body)).toMatchObject({
      status: 201,
      body: { no: 'SZ-2026-000731', caseNo: '20261121-0001', receivedAt: morning },
    })
    const { body: list } = await central.call('cases.list', { token: people.intake.token })
    expect(list.items).toMatchObject([
      {
        caseNo: '20261121-0001',
        source: 'cityPlatform',
        state: 'reported',
        gridCode,
        communityCode,
        replyBy,
        streetCode: gridCode.slice(0, 9),
      },
    ])
    const { body } = await get(central, people.intake, list.items[0].caseId)
    expect(body).toMatchObject({
      beginning: {
        facts: {
          external: { platform: '市级平台', no: 'SZ-2026-000731', replyBy },
          description: '路面有积水，行人绕行。\n附件地址（未打开）：http://x/1.jpg',
          hasCitizen: true,
        },
      },
      citizen: { name: '王**', number: '139****0826' },
      history: [{ action: 'register', by: { role: 'platform', name: '市级平台' } }],
    })
  })

  it('answers a repeated number as it did the first time, and registers nothing', async () => {
    const central = await start({ referenceFiles: referenceWithGrids })
    const city = await partner(central)
    const people = await staff(central)
    const first = await handDown(central, city, handed())
    await central.clock.advance(minute)
    const again = await handDown(central, city, handed({ description: '另一段话', address: '别处' }))
    expect(again).toMatchObject({ status: 201, body: first.body })
    const atOnce = await Promise.all([1, 2, 3, 4].map(() => handDown(central, city, handed({ no: '同时' }))))
    expect(new Set(atOnce.map(({ body }) => body.caseNo)).size).toBe(1)
    const { body } = await central.call('cases.list', { token: people.intake.token })
    expect(body.items).toHaveLength(2)
    const { body: log } = await central.call('exchange.log.list', { token: people.director.token, query: { outcome: 'repeated' } })
    expect(log.items).toHaveLength(4)
    expect(log.items[3]).toMatchObject({ partnerName: '市级平台', externalNo: 'SZ-2026-000731', caseNo: '20261121-0001', direction: 'in' })
  })

  it('keeps the numbers of two platforms apart', async () => {
    const central = await start({ referenceFiles: referenceWithGrids })
    const [city, province] = [await partner(central), await partner(central, '省级平台')]
    await handDown(central, city, handed())
    expect((await handDown(central, province, handed())).body.caseNo).toBe('20261121-0002')
    const other = await central.call('exchange.cityPlatform.get', { token: province.apiKey, params: { no: 'SZ-2026-000731' } })
    expect(other.body.caseNo).toBe('20261121-0002')
  })

  it('keeps a log that tells by partner and by what did not succeed, with the reason', async () => {
    const central = await start({ referenceFiles: referenceWithGrids })
    const [city, odd] = [await partner(central), await partner(central, '50%_平台')]
    const people = await staff(central)
    await handDown(central, city, handed())
    await handDown(central, odd, handed({ no: '不成', gridCode: '999999999999999' }))
    const read = async (query: Record<string, string>) =>
      ((await central.call('exchange.log.list', { token: people.director.token, query })).body.items as ExchangeEntry[]).map(
        ({ partnerName, outcome }) => `${partnerName} ${outcome}`,
      )
    expect(await read({})).toEqual(['50%_平台 refused', '市级平台 done'])
    expect(await read({ partner: '级平' })).toEqual(['市级平台 done'])
    expect(await read({ partner: '%_' })).toEqual(['50%_平台 refused'])
    expect(await read({ partner: '_' })).toEqual(['50%_平台 refused'])
    expect(await read({ outcome: 'notDone' })).toEqual(['50%_平台 refused'])
    const [refused] = (await central.call('exchange.log.list', { token: people.director.token, query: { outcome: 'notDone' } })).body.items
    expect(refused?.detail).not.toBe('')
  })

  it('takes a class of the edition before as what became of it', async () => {
    const central = await start({ referenceFiles: referenceWithGrids })
    const city = await partner(central)
    const people = await staff(central)
    const old = { standard: 'GB/T 30428.2-2013', kind: 'event', code: '0201' } as const
    expect((await handDown(central, city, handed({ subclass: old }))).status).toBe(201)
    const { body } = await central.call('cases.list', { token: people.intake.token })
    expect(body.items[0]).toMatchObject({ standard: 'GB/T 47678.5-2026', subclassCode: expect.stringMatching(/^\d{5}$/) })
    expect(body.items[0].subclassName).not.toBe('')
  })

  const wrong: readonly [string, Partial<HandedCase> & Record<string, unknown>, string][] = [
    ['an unknown class', { subclass: { standard: 'GB/T 47678.5-2026', kind: 'event', code: '99999' } }, 'case/codeUnknown'],
    ['a class of an unknown standard', { subclass: { standard: 'DB 1/1-1', kind: 'event', code: '0101' } }, 'case/codeUnknown'],
    ['a grid of another region', { gridCode: '110101001001001' }, 'case/placeUnknown'],
    ['a deadline in 1970', { replyBy: 1_795_000_000 }, 'request/invalid'],
    ['a deadline in the far future', { replyBy: morning + 4 * 366 * 86_400_000 }, 'request/invalid'],
    ['no words', { description: ' \n ' }, 'request/invalid'],
    ['no place', { address: '  ' }, 'request/invalid'],
    ['an empty number', { no: ' ' }, 'request/invalid'],
    ['a field that nobody asked for', { isSensitive: false }, 'request/invalid'],
    ['a source that is not theirs to speak for', { source: 'leader' as never }, 'request/invalid'],
    ['a position off the earth', { position: { lng: 200, lat: 0 } }, 'request/invalid'],
    ['something very long', { description: 'x'.repeat(70_000) }, 'request/tooLarge'],
  ]
  it.each(wrong)('refuses %s, and registers nothing', async (_, change, code) => {
    const central = await start({ referenceFiles: referenceWithGrids })
    const city = await partner(central)
    expect((await handDown(central, city, handed(change))).body.code).toBe(code)
    const { status } = await central.call('exchange.cityPlatform.get', { token: city.apiKey, params: { no: 'SZ-2026-000731' } })
    expect(status).toBe(404)
  })

  it('keeps markup as text and takes out what turns writing round', async () => {
    const central = await start({ referenceFiles: referenceWithGrids })
    const city = await partner(central)
    const people = await staff(central)
    const description = '<script>alert(1)</script>\u202eDROP TABLE\u202c &lt;b&gt; ]]>'
    await handDown(central, city, handed({ description, address: 'a\u200b\u2066b', position: { lng: -70, lat: -33 } }))
    const { body: list } = await central.call('cases.list', { token: people.intake.token })
    const { body } = await get(central, people.intake, list.items[0].caseId)
    expect(body.beginning.facts).toMatchObject({
      description: '<script>alert(1)</script>DROP TABLE &lt;b&gt; ]]>',
      address: 'ab',
      gridCode: null,
      position: { lng: -70, lat: -33 },
    })
  })

  it('opens for its key and no other, and no more once it is disabled', async () => {
    const central = await start({ referenceFiles: referenceWithGrids })
    const city = await partner(central)
    for (const key of ['x', city.signingSecret, `${city.apiKey}x`]) {
      expect((await handDown(central, { ...city, apiKey: key }, handed())).body.code).toBe('auth/tokenExpired')
    }
    await disablePartnerNamed(central.central.services, city.name)
    expect((await handDown(central, city, handed())).body.code).toBe('auth/tokenExpired')
  })

  it('slows down a platform that calls without end, and only that one', async () => {
    const central = await start({ referenceFiles: referenceWithGrids })
    const [city, other] = [await partner(central), await partner(central, '别的平台')]
    const ask = (token: string) => central.call('exchange.cityPlatform.get', { token, params: { no: 'none' } })
    const answers = await Promise.all(Array.from({ length: 130 }, () => ask(city.apiKey)))
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10)
    expect((await ask(other.apiKey)).status).toBe(404)
    await central.clock.advance(1_000)
    expect((await ask(city.apiKey)).status).toBe(404)
  })

  it('tells the platform how its case stands, and which changed since', async () => {
    const central = await start({ referenceFiles: referenceWithGrids })
    const city = await partner(central)
    const people = await staff(central)
    for (const no of ['1', '2', '3']) await handDown(central, city, handed({ no, position: inSquare }))
    const rows = (await central.call('cases.list', { token: people.intake.token })).body.items
    const second = rows.find(({ caseNo }: { caseNo: string }) => caseNo.endsWith('0002'))
    await central.clock.advance(minute)
    const changedAt = central.clock.now()
    await step(central, people.intake, second, 'replyOnly', { answer: '已告知属外区管辖。' })
    const status = await central.call('exchange.cityPlatform.get', { token: city.apiKey, params: { no: '2' } })
    expect(status.body).toEqual({
      ...{ no: '2', caseNo: '20261121-0002', state: 'answered', stateName: '已答复', stage: 'assess', stageName: '考核评价' },
      ...{ isEnded: true, receivedAt: morning, updatedAt: changedAt, closingOpinion: '已告知属外区管辖。' },
    })
    const list = (query: Record<string, string>) => central.call('exchange.cityPlatform.list', { token: city.apiKey, query })
    const since = await list({ since: String(changedAt) })
    expect(since.body.items, 'a change is told once it has settled').toEqual([])
    await central.clock.advance(minute)
    expect((await list({ since: String(changedAt) })).body.items).toMatchObject([{ no: '2' }])
    const seen: string[] = []
    for (let after: string | undefined = ''; after !== undefined; ) {
      const { body } = await list({ limit: '1', ...(after && { after }) })
      seen.push(...body.items.map(({ no }: { no: string }) => no))
      after = body.next ?? undefined
    }
    expect(seen.at(-1)).toBe('2')
    expect(seen.toSorted()).toEqual(['1', '2', '3'])
  })
})
