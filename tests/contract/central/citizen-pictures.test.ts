import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { get, productReference, register, staff } from '../../fixtures/cases'
import type { TestCentral } from '../../fixtures/central'
import { telephonePhoto } from '../../fixtures/photos'
import { onEveryDatabase } from './databases'

onEveryDatabase("a citizen's pictures by a one-time link", (start) => {
  const begin = async () => {
    const central = await start({ referenceFiles: productReference })
    const people = await staff(central)
    const row = (await register(central, people.intake)).body
    const create = (who = people.intake) =>
      central.call('citizenLinks.create', { token: who.token, params: { caseId: row.caseId }, key: systemIds.uuid() })
    return { central, people, row, create }
  }
  const send = async (central: TestCentral, path: string, payload: Buffer | undefined, type = 'image/jpeg') => {
    const headers = payload ? { 'content-type': type } : {}
    const answer = await central.central.app.inject({ method: 'POST', url: path, headers, ...(payload && { payload }) })
    return { status: answer.statusCode, code: answer.json().code as string | undefined }
  }
  const open = async (central: TestCentral, path: string) => (await central.central.app.inject({ method: 'GET', url: path })).statusCode

  it('join the case once, cleaned and marked, and the link is gone', async () => {
    const { central, people, row, create } = await begin()
    const { path } = (await create()).body
    const photo = await telephonePhoto(800, 600)
    expect(await open(central, path)).toBe(200)
    expect((await send(central, `${path}/pictures`, photo)).status).toBe(200)
    expect((await send(central, `${path}/pictures`, photo)).status).toBe(200)
    expect((await send(central, `${path}/done`, undefined)).status).toBe(200)
    const { body } = await get(central, people.intake, row.caseId)
    expect(body.attachments.map(({ fileName }: { fileName: string }) => fileName)).toEqual(['市民上传-1.jpg', '市民上传-2.jpg'])
    expect(body.history.at(-1)).toMatchObject({ action: 'attach', by: { role: 'system' }, input: { opinion: '市民上传（一次性链接）' } })
    expect(await open(central, path)).toBe(410)
    expect(await send(central, `${path}/pictures`, photo)).toMatchObject({ status: 410, code: 'citizenLink/gone' })
    expect(await send(central, `${path}/done`, undefined)).toMatchObject({ status: 410 })
  })

  it('are few, pictures, and of no use a day later; the token stands nowhere', async () => {
    const { central, people, create } = await begin()
    const { path } = (await create()).body
    const photo = await telephonePhoto(200, 200)
    expect(await send(central, `${path}/pictures`, Buffer.from('<svg/>'))).toMatchObject({ code: 'attachment/wrongType' })
    expect((await send(central, `${path}/pictures`, photo, 'image/svg+xml')).status).toBe(415)
    for (let sent = 0; sent < 5; sent += 1) expect((await send(central, `${path}/pictures`, photo)).status).toBe(200)
    expect(await send(central, `${path}/pictures`, photo)).toMatchObject({ code: 'citizenLink/full' })
    const rows = await central.central.services.db.selectFrom('citizen_link').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(path.slice(3))
    expect(await open(central, '/p/AAAAAAAAAAAAAAAAAAAAAA')).toBe(410)
    expect((await create(people.department)).status).toBe(403)
    await central.clock.sleep(24 * 3_600_000 + 1)
    expect(await open(central, path)).toBe(410)
    expect(await send(central, `${path}/done`, undefined)).toMatchObject({ status: 410 })
  })
})
