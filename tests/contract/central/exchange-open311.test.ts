import { expect, it } from 'vitest'
import { draft, get, register, staff } from '../../fixtures/cases'
import type { TestCentral } from '../../fixtures/central'
import { gridCode, partner, referenceWithGrids } from '../../fixtures/exchange'
import { onEveryDatabase } from './databases'

const root = '/open311/v2'

async function read(central: TestCentral, path: string) {
  const answer = await central.central.app.inject({ method: 'GET', url: `${root}${path}` })
  const isJson = String(answer.headers['content-type']).includes('json')
  return { status: answer.statusCode, type: answer.headers['content-type'], text: answer.body, body: isJson ? answer.json() : undefined }
}

async function post(central: TestCentral, fields: Record<string, string>, format = 'json', raw?: string) {
  const payload = raw ?? new URLSearchParams(fields).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await central.central.app.inject({ method: 'POST', url: `${root}/requests.${format}`, payload, headers })
  return { status: answer.statusCode, text: answer.body, body: format === 'json' ? answer.json() : undefined }
}

const report = { service_code: 'E06001', lat: '45.6', long: '126.62', address_string: '友协大街 12 号', description: '有积水' }

/** Reads text that must be well-formed; the browser's own parser is not here, so the few rules that matter are checked by hand. */
function isWellFormed(xml: string): boolean {
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '')
  const open: string[] = []
  const rest = body.replace(/<(\/?)([a-z_]+)>/g, (_, end: string, name: string) => {
    if (!end) open.push(name)
    else if (open.pop() !== name) open.push('!')
    return ''
  })
  return open.length === 0 && !/[<>]/.test(rest) && !/&(?!(amp|lt|gt|quot|apos);)/.test(rest)
}

onEveryDatabase('Open311 GeoReport v2', (start) => {
  const world = async () => {
    const central = await start({ referenceFiles: referenceWithGrids })
    return { central, app: await partner(central, '市民随手拍'), people: await staff(central) }
  }

  it('describes itself, its services and each of them, in both formats', async () => {
    const { central } = await world()
    expect((await read(central, '/discovery.json')).body).toMatchObject({
      contact: '测试中心',
      endpoints: [{ specification: 'http://wiki.open311.org/GeoReport_v2', formats: ['application/json', 'text/xml'], type: 'production' }],
    })
    const { body: services } = await read(central, '/services.json')
    expect(services.length).toBeGreaterThan(100)
    expect(new Set(services.map(({ service_code }: { service_code: string }) => service_code)).size).toBe(services.length)
    expect(services.find(({ service_code }: { service_code: string }) => service_code === 'E06001')).toMatchObject({
      ...{ metadata: 'false', type: 'realtime', group: expect.stringMatching(/./), service_name: expect.stringMatching(/./) },
    })
    expect((await read(central, '/services/E06001.json')).body).toEqual({ service_code: 'E06001', attributes: [] })
    expect(await read(central, '/services/E99999.json')).toMatchObject({
      status: 404,
      body: [{ code: 404, description: 'service_code was not found' }],
    })
    for (const path of ['/discovery.xml', '/services.xml', '/services/E06001.xml', '/requests.xml']) {
      const { status, type, text } = await read(central, path)
      expect({ path, status, type }).toEqual({ path, status: 200, type: 'text/xml; charset=utf-8' })
      expect(isWellFormed(text), text.slice(0, 300)).toBe(true)
    }
  })

  it('takes a request and publishes class, address, state and times, and nothing that a citizen wrote', async () => {
    const { central, app, people } = await world()
    const personal = { first_name: '小明', last_name: '王', phone: '13912340826', email: 'w@example.invalid', media_url: 'http://x/1.jpg' }
    const posted = await post(central, { ...report, ...personal, api_key: app.apiKey })
    expect(posted).toMatchObject({ status: 201, body: [{ service_request_id: '20261121-0001' }] })
    const one = await read(central, '/requests/20261121-0001.json')
    expect(one.body).toMatchObject([
      {
        ...{
          service_request_id: '20261121-0001',
          status: 'open',
          status_notes: '待受理',
          service_code: 'E06001',
          address: '友协大街 12 号',
        },
        ...{ requested_datetime: '2026-11-21T09:00:00+08:00', description: null, media_url: null, lat: null },
      },
    ])
    for (const word of ['139', '小明', 'example', 'jpg', '积水']) expect(one.text).not.toContain(word)
    expect((await read(central, '/tokens/20261121-0001.json')).body).toEqual([
      { service_request_id: '20261121-0001', token: '20261121-0001' },
    ])
    const { body: list } = await central.call('cases.list', { token: people.intake.token })
    const { body } = await get(central, people.intake, list.items[0].caseId)
    expect(body).toMatchObject({
      row: { source: 'citizenApp', gridCode },
      citizen: { name: '王**', number: '139****0826' },
      beginning: { facts: { description: '有积水\n附件地址（未打开）：http://x/1.jpg' } },
    })
    const { body: log } = await central.call('exchange.log.list', { token: people.director.token })
    expect(log.items).toMatchObject([{ operation: 'open311Request', partnerName: '市民随手拍', outcome: 'done', caseNo: '20261121-0001' }])
  })

  it('hides what is sensitive, names an agent, or did not come from the public', async () => {
    const { central, people } = await world()
    await register(central, people.lead, draft({ isSensitive: true }))
    await register(central, people.lead, draft({ namedAgents: ['2001'] }))
    await register(central, people.lead, draft({ source: 'media', hasCitizen: false, wantsReply: false }))
    await register(central, people.lead, draft())
    const { body } = await read(central, '/requests.json')
    expect(body.map(({ service_request_id }: { service_request_id: string }) => service_request_id)).toEqual(['20261121-0004'])
    await register(central, people.lead, draft({ address: '友协大街 12 号，联系 13912340826' }))
    expect((await read(central, '/requests/20261121-0005.json')).body[0].address, 'somebody’s number is not published').toBe(
      '友协大街 12 号，联系 139****0826',
    )
    for (const no of ['20261121-0001', '20261121-0002', '20261121-0003']) {
      expect((await read(central, `/requests/${no}.json`)).status).toBe(404)
      expect((await read(central, `/requests.json?service_request_id=${no}`)).body).toEqual([])
    }
  })

  it('filters by number, class, time and state', async () => {
    const { central, app } = await world()
    await post(central, { ...report, api_key: app.apiKey })
    await post(central, { ...report, service_code: 'E06002', api_key: app.apiKey })
    const numbers = async (query: string) =>
      (await read(central, `/requests.json?${query}`)).body.map(({ service_request_id: no }: { service_request_id: string }) =>
        no.slice(-1),
      )
    expect(await numbers('service_code=E06001')).toEqual(['1'])
    expect((await numbers('service_code=E06001,E06002')).toSorted()).toEqual(['1', '2'])
    expect(await numbers('service_code=NONE')).toEqual([])
    expect(await numbers('service_request_id=20261121-0002,x')).toEqual(['2'])
    expect(await numbers('status=closed')).toEqual([])
    expect(await numbers('status=open,closed')).toHaveLength(2)
    expect(await numbers('start_date=2026-11-21T00:00:00Z&end_date=2026-11-21T02:00:00Z')).toHaveLength(2)
    expect(await numbers('end_date=2026-11-21T08:59:59%2B08:00')).toEqual([])
    expect(await numbers('start_date=2030-01-01T00:00:00Z&end_date=2030-01-02T00:00:00Z')).toEqual([])
  })

  it.each([
    'start_date=2026-01-01T00:00:00Z&end_date=2026-11-01T00:00:00Z',
    'start_date=yesterday',
    'start_date=2026-11-21',
    'start_date=2026-11-21T00:00:00Z&end_date=2026-11-20T00:00:00Z',
    'status=done',
  ])('cannot read %s', async (query) => {
    const { central } = await world()
    expect(await read(central, `/requests.json?${query}`)).toMatchObject({
      status: 400,
      body: [{ code: 400, description: expect.any(String) }],
    })
  })

  const bad: readonly [string, Record<string, string>, number][] = [
    ['no key', { api_key: '' }, 403],
    ['a wrong key', { api_key: 'x' }, 403],
    ['no class', { service_code: '' }, 400],
    ['an unknown class', { service_code: 'E99999' }, 404],
    ['a class without its letter', { service_code: '06001' }, 404],
    ['no place', { lat: '', long: '', address_string: ' ' }, 400],
    ['half a position', { long: '' }, 400],
    ['a position off the earth', { lat: '91' }, 400],
    ['a number in another script', { lat: '٤٥' }, 400],
    ['a telephone number with words', { phone: '<b>110</b>' }, 400],
    ['too many words', { description: 'x'.repeat(4_001) }, 400],
    ['another region', { jurisdiction_id: '110101' }, 404],
    ['something very large', { description: 'x'.repeat(70_000) }, 413],
  ]
  it.each(bad)('refuses %s, in the shape of the specification', async (_, change, status) => {
    const { central, app, people } = await world()
    expect(await post(central, { ...report, api_key: app.apiKey, ...change })).toMatchObject({
      status,
      body: [{ code: status, description: expect.any(String) }],
    })
    const xml = await post(central, { ...report, api_key: app.apiKey, ...change }, 'xml')
    expect(xml.text).toMatch(
      new RegExp(`^<\\?xml version="1\\.0" encoding="UTF-8"\\?>\n<errors><error><code>${status}</code><description>`),
    )
    expect((await central.call('cases.list', { token: people.intake.token })).body.items).toEqual([])
  })

  it('escapes markup in XML and drops what XML cannot say', async () => {
    const { central, app } = await world()
    const address = `<b>&amp;"'</b>]]><!--\u202e\u0001--><![CDATA[x`
    await post(central, { ...report, address_string: address, api_key: app.apiKey })
    const { text } = await read(central, '/requests.xml')
    expect(isWellFormed(text), text).toBe(true)
    expect(text).toContain('<address>&lt;b&gt;&amp;amp;&quot;&apos;&lt;/b&gt;]]&gt;&lt;!----&gt;&lt;![CDATA[x</address>')
    expect((await post(central, { ...report, service_code: '<x>', api_key: app.apiKey }, 'xml')).text).not.toContain('<x>')
  })

  it('takes forms and nothing else', async () => {
    const { central, app } = await world()
    const payload = JSON.stringify({ ...report, api_key: app.apiKey })
    const headers = { 'content-type': 'application/json' }
    const answer = await central.central.app.inject({ method: 'POST', url: `${root}/requests.json`, payload, headers })
    expect({ status: answer.statusCode, body: answer.json() }).toMatchObject({ status: 415, body: [{ code: 415 }] })
    expect(await post(central, {}, 'json', '%%%=&api_key=%E0%A4')).toMatchObject({ status: 403 })
  })

  it('slows down who asks without end, each key by itself', async () => {
    const { central, app } = await world()
    const answers = await Promise.all(Array.from({ length: 65 }, () => read(central, '/requests.json')))
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5)
    expect(answers.find(({ status }) => status === 429)?.body).toMatchObject([{ code: 429 }])
    expect((await post(central, { ...report, api_key: app.apiKey })).status).toBe(201)
  })
})
