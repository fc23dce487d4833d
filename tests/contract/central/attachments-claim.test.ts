import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { findAttachment } from '#server/store/attachment-store'
import { attachmentsOfCase, claimAttachments, mayReadAttachment } from '#server/workflows/attachments/access'
import type { Actor } from '#server/workflows/services'
import { sweep } from '#server/workflows/sweep'
import type { RoleId } from '#shared/domain/account/role'
import { accountIdOf, accountNoOf, type TestCentral } from '../../fixtures/central'
import { pdf, telephonePhoto } from '../../fixtures/photos'
import { announcementOf, begin, readOf, upload } from '../../fixtures/uploads'
import { onEveryDatabase } from './databases'

const actorOf = (role: RoleId): Pick<Actor, 'accountId'> => ({ accountId: accountIdOf(role) })
const claim = (central: TestCentral, caseId: string, ids: readonly string[], role: RoleId = 'collector') =>
  central.central.services.transactor.inTransaction((unit) => claimAttachments(unit, { caseId, ids, actor: actorOf(role) }))
const document = { mediaType: 'application/pdf', fileName: '批文.pdf', purpose: 'document' }

onEveryDatabase('a case and its attachments', (start) => {
  it('takes those that were named, in that order, and keeps them in the order of arrival', async () => {
    const central = await start()
    const token = await central.tokenFor('collector')
    const caseId = systemIds.uuid()
    const photo = await upload(central, token, await telephonePhoto(), { purpose: 'after' })
    central.clock.advance(1_000)
    const paper = await upload(central, token, pdf, document)
    const claimed = await claim(central, caseId, [paper.attachmentId, photo.attachmentId, paper.attachmentId])
    expect(claimed).toMatchObject({
      ok: true,
      value: [
        { attachmentId: paper.attachmentId, purpose: 'document', fileName: '批文.pdf', mediaType: 'application/pdf', width: null },
        { attachmentId: photo.attachmentId, purpose: 'after', width: 600, height: 800, uploaderNo: accountNoOf('collector') },
      ],
    })
    const { db } = central.central.services
    expect((await attachmentsOfCase(db, caseId)).map(({ attachmentId }) => attachmentId)).toEqual([photo.attachmentId, paper.attachmentId])
    expect(claimed.ok && Object.keys(claimed.value[0] ?? {})).not.toContain('uploaderId')
    expect(await attachmentsOfCase(db, systemIds.uuid())).toEqual([])
    expect(await claim(central, caseId, [])).toEqual({ ok: true, value: [] })
  })

  it('takes all or none, and says why', async () => {
    const central = await start()
    const token = await central.tokenFor('collector')
    const [caseId, otherCase] = [systemIds.uuid(), systemIds.uuid()]
    const { attachmentId } = await upload(central, token, pdf, document)
    const unfinished = announcementOf(pdf, document)
    await begin(central, token, unfinished)
    const refused = await upload(central, token, pdf, { mediaType: 'image/png' })
    const attempts = [
      [[attachmentId, systemIds.uuid()], 'collector', 'attachment/unknown'],
      [[attachmentId, unfinished.attachmentId], 'collector', 'attachment/notReady'],
      [[attachmentId, refused.attachmentId], 'collector', 'attachment/notReady'],
      [[attachmentId], 'intake', 'attachment/notYours'],
    ] as const
    for (const [ids, role, code] of attempts) expect(await claim(central, caseId, ids, role), code).toMatchObject({ error: { code } })
    expect(await attachmentsOfCase(central.central.services.db, caseId)).toEqual([])
    expect((await claim(central, caseId, [attachmentId])).ok).toBe(true)
    expect(await claim(central, otherCase, [attachmentId]), 'one case only').toMatchObject({ error: { code: 'attachment/notYours' } })
    expect((await claim(central, caseId, [attachmentId], 'intake')).ok, 'this case may name it again').toBe(true)
  })

  it('gives one attachment to one of two cases that ask at once', async () => {
    const central = await start()
    const { attachmentId } = await upload(central, await central.tokenFor('collector'), pdf, document)
    const cases = [systemIds.uuid(), systemIds.uuid(), systemIds.uuid()]
    const answers = await Promise.all(cases.map((caseId) => claim(central, caseId, [attachmentId])))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const winner = cases[answers.findIndex(({ ok }) => ok)]
    expect((await findAttachment(central.central.services.db, attachmentId))?.caseId).toBe(winner)
  })

  it('keeps what it has, however old', async () => {
    const central = await start()
    const { attachmentId } = await upload(central, await central.tokenFor('collector'), pdf, document)
    const { services } = central.central
    const caseId = systemIds.uuid()
    await claim(central, caseId, [attachmentId])
    await services.db.updateTable('attachment').set({ touched_at: 0 }).execute()
    await sweep(services)
    expect(await attachmentsOfCase(services.db, caseId)).toHaveLength(1)
    expect(await services.files.read(attachmentId, 'original')).toEqual(pdf)
  })

  it('decides who reads it from then on, its uploader too', async () => {
    const central = await start()
    const token = await central.tokenFor('collector')
    const { attachmentId } = await upload(central, token, pdf, document)
    const { db } = central.central.services
    const caseId = systemIds.uuid()
    await claim(central, caseId, [attachmentId])
    expect((await readOf(central, token, attachmentId)).body.code, 'of a case that nobody may read').toBe('attachment/unknown')
    const row = await findAttachment(db, attachmentId)
    const asked: string[] = []
    const services = {
      caseAccess: async (actor: Actor, asksFor: string) => {
        asked.push(asksFor)
        return actor.role === 'dispatcher'
      },
    }
    const mayRead = (role: RoleId) => row && mayReadAttachment(services, db, { ...actorOf(role), role } as Actor, row)
    expect([await mayRead('dispatcher'), await mayRead('collector')]).toEqual([true, false])
    expect(asked).toEqual([caseId, caseId])
  })
})
