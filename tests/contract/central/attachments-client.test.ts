import { expect, it } from 'vitest'
import { createCentralClient } from '#main/central/client'
import { createCredentials } from '#main/central/credentials'
import { systemIds } from '#server/platform/machine'
import { createKeptLog } from '../../fakes/kept-log'
import { telephonePhoto } from '../../fixtures/photos'
import { announcementOf } from '../../fixtures/uploads'
import { onEveryDatabase } from './databases'

onEveryDatabase('the seat’s client', (start) => {
  it('sends a photo in pieces to the real centre and reads what people see', async () => {
    const central = await start()
    const { token, refreshToken } = await central.signIn('intake')
    const secrets = new Map<string, string>()
    const credentials = createCredentials({
      log: createKeptLog(),
      secrets: {
        get: async (name) => secrets.get(name),
        set: async (name, secret) => void secrets.set(name, secret),
        delete: async (name) => void secrets.delete(name),
      },
    })
    const soon = central.clock.now() + 600_000
    await credentials.keep('1000', { accessToken: token, accessExpiresAt: soon, refreshToken, refreshExpiresAt: soon })
    credentials.setCurrent('1000')
    const nothing = () => {}
    const client = createCentralClient({
      origin: await central.listen(),
      fetch,
      clock: central.clock,
      centreNow: central.clock.now,
      credentials,
      log: createKeptLog(),
      onOutcome: nothing,
      onExpired: nothing,
      onPasswordDue: nothing,
    })
    const photo = await telephonePhoto()
    const announcement = announcementOf(photo)
    const { attachmentId } = announcement
    const begun = await client.call('attachments.begin', { body: { ...announcement, purpose: 'report' }, idempotencyKey: systemIds.uuid() })
    expect(begun).toEqual({ ok: true, value: { attachmentId, received: 0, isComplete: false } })
    const send = (offset: number, body: Uint8Array) =>
      client.call('attachments.append', { params: { attachmentId }, query: { offset }, body })
    expect(await send(0, photo.subarray(0, 5_000))).toMatchObject({ ok: true, value: { received: 5_000 } })
    expect(await send(9_000, photo.subarray(9_000))).toMatchObject({
      ok: false,
      error: {
        code: 'attachment/wrongOffset',
        detail: { expected: 5_000 },
        message: '附件已收到 5000 字节，请从那里接着传；已收到的部分都在。',
      },
    })
    expect(await send(5_000, photo.subarray(5_000))).toMatchObject({ ok: true, value: { isComplete: true } })
    const original = await client.call('attachments.read', { params: { attachmentId }, query: { variant: 'original' } })
    expect(original.ok && { same: Buffer.from(original.value.bytes).equals(photo), mediaType: original.value.mediaType }).toEqual({
      same: true,
      mediaType: 'image/jpeg',
    })
    const thumb = await client.call('attachments.read', { params: { attachmentId }, query: { variant: 'thumb' } })
    expect(thumb.ok && thumb.value.bytes.subarray(0, 2)).toEqual(new Uint8Array([0xff, 0xd8]))
    client.close()
  })
})
