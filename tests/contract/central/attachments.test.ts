import { readdirSync } from 'node:fs'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { insertAttachment } from '#server/store/attachment-store'
import { mostUnclaimed } from '#server/workflows/attachments/begin-upload'
import { unclaimedKeptMs } from '#server/workflows/attachments/sweep-attachments'
import { sweep } from '#server/workflows/sweep'
import { accountIdOf, accountNoOf, morning, type TestCentral } from '../../fixtures/central'
import { pdf, plainPicture, sha256Of, takenAt, takenPlace, telephonePhoto, wav } from '../../fixtures/photos'
import { announcementOf, append, begin, describeOf, readOf, upload } from '../../fixtures/uploads'
import { onEveryDatabase } from './databases'

const filesOf = ({ filesFolder }: TestCentral) =>
  readdirSync(filesFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .toSorted()

onEveryDatabase('attachments', (start) => {
  it('arrive in pieces, are proven, and say what they are', async () => {
    const central = await start()
    const token = await central.tokenFor('intake')
    const photo = await telephonePhoto()
    const announcement = announcementOf(photo)
    const { attachmentId } = announcement
    expect((await begin(central, token, announcement)).body).toEqual({ attachmentId, received: 0, isComplete: false })
    const first = await append(central, token, attachmentId, 0, photo.subarray(0, 1_000))
    expect(first.body).toEqual({ attachmentId, received: 1_000, isComplete: false })
    expect((await begin(central, token, announcement)).body.received).toBe(1_000)
    expect((await describeOf(central, token, attachmentId)).body).toMatchObject({ state: 'receiving', received: 1_000, isComplete: false })
    const last = await append(central, token, attachmentId, 1_000, photo.subarray(1_000))
    expect(last.body).toEqual({ attachmentId, received: photo.length, isComplete: true })
    expect((await describeOf(central, token, attachmentId)).body).toEqual({
      attachmentId,
      purpose: 'report',
      fileName: '现场.jpg',
      mediaType: 'image/jpeg',
      bytes: photo.length,
      received: photo.length,
      sha256: sha256Of(photo),
      width: 600,
      height: 800,
      takenAt: morning,
      position: { lng: 104.1, lat: 30.6 },
      exifTakenAt: takenAt,
      exifPosition: takenPlace,
      uploadedAt: central.clock.now(),
      uploaderNo: accountNoOf('intake'),
      isComplete: true,
      state: 'ready',
      refusal: null,
    })
    expect(filesOf(central)).toEqual([`${attachmentId}.display`, `${attachmentId}.original`, `${attachmentId}.thumb`])
  })

  it('answer a repeated announcement with how far they have come, also under the same key', async () => {
    const central = await start()
    const token = await central.tokenFor('intake')
    const announcement = announcementOf(pdf, { mediaType: 'application/pdf' })
    const key = systemIds.uuid()
    const ask = () => central.call('attachments.begin', { token, key, body: announcement })
    expect((await ask()).body.received).toBe(0)
    await append(central, token, announcement.attachmentId, 0, pdf.subarray(0, 5))
    expect((await ask()).body.received).toBe(5)
    const other = { ...announcement, attachmentId: systemIds.uuid() }
    expect((await central.call('attachments.begin', { token, key, body: other })).body.code).toBe('request/keyReused')
    expect((await begin(central, token, { ...announcement, bytes: 7 })).body.code).toBe('record/exists')
  })

  it('show a photo upright and small, without its EXIF', async () => {
    const central = await start()
    const token = await central.tokenFor('intake')
    const photo = await telephonePhoto(1_500, 2_000)
    const { attachmentId } = await upload(central, token, photo)
    const sizes = { original: [2_000, 1_500], display: [1_200, 1_600], thumb: [240, 320] } as const
    for (const variant of ['original', 'display', 'thumb'] as const) {
      const { body, headers } = await readOf(central, token, attachmentId, variant)
      const { width, height, exif, orientation } = await sharp(body).metadata()
      expect([width, height], variant).toEqual(sizes[variant])
      expect(exif !== undefined, variant).toBe(variant === 'original')
      expect(orientation ?? 1, variant).toBe(variant === 'original' ? 6 : 1)
      if (variant !== 'original') expect(body.includes('Telephone') || body.includes('Exif'), variant).toBe(false)
      expect(headers).toMatchObject({
        'content-type': 'image/jpeg',
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, max-age=31536000, immutable',
        etag: `"${sha256Of(photo)}-${variant}"`,
        'content-disposition': "inline; filename*=UTF-8''%E7%8E%B0%E5%9C%BA.jpg",
      })
      if (variant === 'original') expect(body.equals(photo)).toBe(true)
    }
    expect((await readOf(central, token, attachmentId)).headers.etag).toBe(`"${sha256Of(photo)}-display"`)
  })

  it('are not sent twice to whoever has them', async () => {
    const central = await start()
    const token = await central.tokenFor('intake')
    const { attachmentId } = await upload(central, token, await plainPicture('png'), { mediaType: 'image/png' })
    const { etag } = (await readOf(central, token, attachmentId, 'thumb')).headers
    const url = `/api/v1/attachments/${attachmentId}/content?variant=thumb`
    const again = await central.central.app.inject({ url, headers: { authorization: `Bearer ${token}`, 'if-none-match': String(etag) } })
    expect({ status: again.statusCode, body: again.body }).toEqual({ status: 304, body: '' })
  })

  it('may be documents and sound, which are saved and not shown', async () => {
    const central = await start()
    const token = await central.tokenFor('departmentOperator')
    const document = await upload(central, token, pdf, { mediaType: 'application/pdf', fileName: '批文.pdf', purpose: 'document' })
    const sound = await upload(central, token, wav(), { mediaType: 'audio/wav', fileName: '现场.wav' })
    const webp = await upload(central, token, await plainPicture('webp'), { mediaType: 'image/webp' })
    expect([document, sound, webp].map(({ last }) => last.body.isComplete)).toEqual([true, true, true])
    const read = await readOf(central, token, document.attachmentId)
    expect(read).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/pdf', 'content-disposition': "attachment; filename*=UTF-8''%E6%89%B9%E6%96%87.pdf" },
    })
    expect(read.body.equals(pdf)).toBe(true)
    expect((await describeOf(central, token, document.attachmentId)).body).toMatchObject({ width: null, exifPosition: null })
    expect((await readOf(central, token, document.attachmentId, 'thumb')).body.code).toBe('attachment/unknown')
    expect((await readOf(central, token, sound.attachmentId)).headers['content-type']).toBe('audio/wav')
  })

  it('belong to their uploader until a case has them', async () => {
    const central = await start()
    const [token, stranger] = [await central.tokenFor('intake'), await central.tokenFor('director')]
    const { attachmentId } = await upload(central, token, pdf, { mediaType: 'application/pdf' })
    for (const id of [attachmentId, systemIds.uuid()]) {
      expect((await describeOf(central, stranger, id)).body.code).toBe('attachment/unknown')
      expect((await readOf(central, stranger, id)).body.code).toBe('attachment/unknown')
    }
    expect((await append(central, stranger, attachmentId, 0, pdf)).body.code).toBe('attachment/notYours')
  })

  it('give the original only to those who may know where it was taken, and remember each time', async () => {
    const central = await start()
    const token = await central.tokenFor('collector')
    const { attachmentId } = await upload(central, token, await telephonePhoto())
    expect((await readOf(central, token, attachmentId, 'original')).body.code).toBe('auth/forbidden')
    expect((await describeOf(central, token, attachmentId)).body).toMatchObject({
      exifPosition: null,
      exifTakenAt: takenAt,
      uploaderNo: accountNoOf('collector'),
    })
    const lead = await central.tokenFor('shiftLead')
    const own = await upload(central, lead, await telephonePhoto())
    expect((await readOf(central, lead, own.attachmentId, 'original')).status).toBe(200)
    const audit = await central.call('audit.list', { token: await central.tokenFor('admin') })
    const acts = audit.body.items.map(({ action, subject, accountNo }: Record<string, string>) => `${accountNo} ${action} ${subject}`)
    expect(acts.toSorted()).toEqual(
      [
        `${accountNoOf('collector')} attachment.received ${attachmentId}`,
        `${accountNoOf('shiftLead')} attachment.received ${own.attachmentId}`,
        `${accountNoOf('shiftLead')} attachment.originalRead ${own.attachmentId}`,
      ].toSorted(),
    )
  })

  it('are removed after seven days without a case, and kept until then', async () => {
    const central = await start()
    const token = await central.tokenFor('intake')
    const { services } = central.central
    const lastTouched = (at: number) => services.db.updateTable('attachment').set({ touched_at: at }).execute()
    const { attachmentId } = await upload(central, token, await telephonePhoto())
    const half = announcementOf(pdf, { mediaType: 'application/pdf' })
    await begin(central, token, half)
    await append(central, token, half.attachmentId, 0, pdf.subarray(0, 9))
    await lastTouched(central.clock.now() - unclaimedKeptMs)
    await sweep(services)
    expect((await describeOf(central, token, attachmentId)).status).toBe(200)
    await lastTouched(central.clock.now() - unclaimedKeptMs - 1)
    await sweep(services)
    expect((await describeOf(central, token, attachmentId)).body.code).toBe('attachment/unknown')
    expect(filesOf(central)).toEqual([])
    expect(await services.db.selectFrom('attachment').selectAll().execute()).toEqual([])
  })

  it('are bounded for each person, so that nobody fills the disk', async () => {
    const central = await start()
    const token = await central.tokenFor('intake')
    await central.central.services.transactor.inTransaction(async ({ trx }) => {
      const uploader = { accountId: accountIdOf('intake'), accountNo: accountNoOf('intake') }
      for (let count = 0; count < mostUnclaimed; count += 1)
        await insertAttachment(trx, { ...announcementOf(pdf), purpose: 'other', mediaType: 'application/pdf' }, uploader, morning)
      return { ok: true, value: undefined }
    })
    expect((await begin(central, token, announcementOf(pdf))).body).toMatchObject({
      code: 'attachment/tooMany',
      detail: { count: mostUnclaimed },
    })
    expect((await begin(central, await central.tokenFor('collector'), announcementOf(pdf))).status).toBe(200)
  })
})
