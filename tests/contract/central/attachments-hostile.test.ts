import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { moveReceived } from '#server/store/attachment-store'
import { addressOf, type TestCentral } from '../../fixtures/central'
import { pdf, pngOfSize, telephonePhoto, wav, zipBomb } from '../../fixtures/photos'
import { announcementOf, append, begin, describeOf, readOf, type UploadOptions, upload } from '../../fixtures/uploads'
import { onEveryDatabase } from './databases'

const MB = 1_048_576
const filesOf = ({ filesFolder }: TestCentral) =>
  readdirSync(filesFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
const pieceAddress = (attachmentId: string, offset: number) =>
  addressOf('attachments.append', { params: { attachmentId }, query: { offset: String(offset) } })
const document = (options: UploadOptions = {}) => announcementOf(pdf, { mediaType: 'application/pdf', ...options })

onEveryDatabase('hostile attachments', (start) => {
  it('are refused by what they announce, before a byte is sent', async () => {
    const central = await start()
    const token = await central.tokenFor('collector')
    const announced = async (options: UploadOptions) => (await begin(central, token, announcementOf(pdf, options))).body
    expect(await announced({ bytes: 200 * MB })).toMatchObject({
      code: 'attachment/tooLarge',
      title: '附件超过 25 MB 上限，没有收下；请缩小后作为新的附件再传。',
    })
    expect(await announced({ bytes: 25 * MB })).toMatchObject({ received: 0 })
    expect((await announced({ bytes: 50 * MB + 1, mediaType: 'application/pdf' })).code).toBe('attachment/tooLarge')
    for (const mediaType of ['image/svg+xml', 'text/html', 'application/zip', 'image/heic', '__proto__', ''])
      expect((await announced({ mediaType })).code, mediaType).toBe('attachment/wrongType')
    expect((await announced({ sha256: 'F'.repeat(64) })).code).toBe('request/invalid')
  })

  it('are not swallowed: a body of 200 MB is refused after a few', async () => {
    const central = await start()
    const origin = await central.listen()
    const authorization = `Bearer ${await central.tokenFor('collector')}`
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent >= 200 * MB) return controller.close()
        sent += MB
        controller.enqueue(new Uint8Array(MB))
      },
    })
    const answer = await fetch(origin + pieceAddress(systemIds.uuid(), 0), {
      method: 'PUT',
      headers: { authorization, 'content-type': 'application/octet-stream' },
      body: endless,
      duplex: 'half',
    } as RequestInit).then(
      async (response) => (await response.json()).code,
      () => 'cut off',
    )
    expect(['request/tooLarge', 'cut off']).toContain(answer)
    expect(sent).toBeLessThan(40 * MB)
    const announcedLength = await rawRequest(origin, [
      `PUT ${pieceAddress(systemIds.uuid(), 0)} HTTP/1.1`,
      'host: x',
      `authorization: ${authorization}`,
      'content-type: application/octet-stream',
      `content-length: ${200 * MB}`,
    ])
    expect(announcedLength).toContain('request/tooLarge')
    expect(filesOf(central)).toEqual([])
  })

  it('are told by their content, whatever they are called', async () => {
    const central = await start()
    const token = await central.tokenFor('collector')
    const png = { mediaType: 'image/png', fileName: 'a.png' }
    const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    const cases: readonly (readonly [string, Buffer, UploadOptions])[] = [
      ['a zip', zipBomb(20 * MB), { fileName: '现场.jpg' }],
      ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>'), png],
      ['SVG', Buffer.from(svg), png],
      ['a photo of another type', await telephonePhoto(), png],
      ['a PDF', pdf, {}],
      ['a program', Buffer.from('MZ\u0090\u0000'.padEnd(400, '\0'), 'latin1'), { mediaType: 'application/pdf' }],
      ['a picture', await telephonePhoto(), { mediaType: 'application/pdf' }],
      ['a sound', wav(), { mediaType: 'audio/mpeg' }],
    ]
    for (const [what, bytes, options] of cases) {
      const { attachmentId, last } = await upload(central, token, bytes, options)
      expect(last, what).toMatchObject({ status: 415, body: { code: 'attachment/wrongType' } })
      const seen = await describeOf(central, token, attachmentId)
      expect(seen.body, what).toMatchObject({ state: 'refused', refusal: 'attachment/wrongType', isComplete: false })
      expect((await readOf(central, token, attachmentId)).body.code, what).toBe('attachment/notReady')
      const again = await append(central, token, attachmentId, 0, bytes)
      expect(again.body.title, what).toBe(last.body.title)
      expect((await begin(central, token, announcementOf(bytes, { ...options, attachmentId }))).body.code, what).toBe(
        'attachment/wrongType',
      )
    }
    expect(filesOf(central)).toEqual([])
  })

  it('are not decoded when they are too large to be', async () => {
    const central = await start()
    const token = await central.tokenFor('collector')
    for (const [width, height] of [
      [30_000, 30_000],
      [10_000, 10_000],
      [12_001, 10],
      [65_000, 1],
    ] as const) {
      const bomb = pngOfSize(width, height)
      expect(bomb.length).toBeLessThan(1_000)
      const { last } = await upload(central, token, bomb, { mediaType: 'image/png' })
      expect(last.body, `${width} × ${height}`).toMatchObject({
        code: 'attachment/tooLarge',
        title: '附件超过 5000 万像素或任一边 12000 像素 上限，没有收下；请缩小后作为新的附件再传。',
      })
    }
    expect(filesOf(central)).toEqual([])
  })

  it('are refused when they are broken or cut off', async () => {
    const central = await start()
    const token = await central.tokenFor('collector')
    const photo = await telephonePhoto()
    const broken = Buffer.concat([photo.subarray(0, 700), Buffer.alloc(5_000, 7)])
    const cases = [photo.subarray(0, photo.length / 2), photo.subarray(0, 200), broken, photo.subarray(0, photo.length - 600)]
    for (const bytes of cases) {
      const { last } = await upload(central, token, bytes)
      expect(last, String(bytes.length)).toMatchObject({ status: 422, body: { code: 'attachment/unreadable' } })
    }
    expect((await upload(central, token, pngOfSize(2_000, 2_000), { mediaType: 'image/png' })).last.body.code).toBe('attachment/unreadable')
    expect(filesOf(central)).toEqual([])
  })

  it('start over when they are not what was announced', async () => {
    const central = await start()
    const token = await central.tokenFor('collector')
    const announcement = document()
    await begin(central, token, announcement)
    const other = Buffer.from(pdf)
    other[20] = 0x58
    expect((await append(central, token, announcement.attachmentId, 0, other)).body.code).toBe('attachment/hashMismatch')
    expect(filesOf(central)).toEqual([])
    expect((await begin(central, token, announcement)).body).toMatchObject({ received: 0, isComplete: false })
    expect((await append(central, token, announcement.attachmentId, 0, pdf)).body).toMatchObject({ isComplete: true })
  })

  it('go on where they stopped, and a piece that comes twice changes nothing', async () => {
    const central = await start()
    const token = await central.tokenFor('collector')
    const announcement = document()
    const { attachmentId } = announcement
    await begin(central, token, announcement)
    const send = async (from: number, to: number) => (await append(central, token, attachmentId, from, pdf.subarray(from, to))).body
    expect(await send(0, 10)).toMatchObject({ received: 10 })
    expect(await send(0, 10)).toMatchObject({ received: 10 })
    expect(await send(10, 10)).toMatchObject({ received: 10 })
    for (const [from, to] of [
      [20, 30],
      [5, 15],
    ] as const)
      expect(await send(from, to)).toMatchObject({ code: 'attachment/wrongOffset', status: 409, detail: { expected: 10 } })
    const overlapping = await append(central, token, attachmentId, 5, Buffer.alloc(10))
    expect(overlapping.body, 'what has arrived is not written over').toMatchObject({
      code: 'attachment/wrongOffset',
      detail: { expected: 10 },
    })
    const tooLong = await append(central, token, attachmentId, 10, Buffer.concat([pdf, pdf]))
    expect(tooLong.body.code).toBe('attachment/tooLarge')
    const both = await Promise.all([send(10, 30), send(10, 30)])
    expect(both).toMatchObject([{ received: 30 }, { received: 30 }])
    const last = await Promise.all([send(30, pdf.length), send(30, pdf.length), send(30, pdf.length)])
    expect(last.map(({ isComplete }) => isComplete)).toEqual([true, true, true])
    expect(await send(30, pdf.length)).toMatchObject({ isComplete: true })
    expect((await readOf(central, token, attachmentId)).body.equals(pdf)).toBe(true)
  })

  it('survive a connection that is cut in the middle of a piece', async () => {
    const central = await start()
    const origin = await central.listen()
    const token = await central.tokenFor('collector')
    const photo = await telephonePhoto(1_200, 1_600)
    const announcement = announcementOf(photo)
    const { attachmentId } = announcement
    await begin(central, token, announcement)
    const headers = [
      `PUT ${pieceAddress(attachmentId, 0)} HTTP/1.1`,
      'host: x',
      `authorization: Bearer ${token}`,
      'content-type: application/octet-stream',
      `content-length: ${photo.length}`,
    ]
    await cutConnection(origin, headers, photo.subarray(0, photo.length / 2), central)
    expect((await begin(central, token, announcement)).body).toEqual({ attachmentId, received: 0, isComplete: false })
    expect((await append(central, token, attachmentId, 0, photo)).body.isComplete).toBe(true)
  })

  it('are finished when the server died after the last byte', async () => {
    const central = await start()
    const token = await central.tokenFor('collector')
    const photo = await telephonePhoto()
    const announcement = announcementOf(photo)
    const { attachmentId } = announcement
    await begin(central, token, announcement)
    const { db, files, clock } = central.central.services
    await files.writePart(attachmentId, 0, photo)
    await moveReceived(db, attachmentId, 0, photo.length, clock.now())
    await files.seal(attachmentId, announcement)
    expect((await begin(central, token, announcement)).body).toMatchObject({ received: photo.length, isComplete: false })
    expect((await append(central, token, attachmentId, 0, photo)).body.isComplete).toBe(true)
    expect((await readOf(central, token, attachmentId, 'thumb')).status).toBe(200)
  })

  it('belong to whoever came first with an id', async () => {
    const central = await start()
    const [first, second] = [await central.tokenFor('collector'), await central.tokenFor('departmentOperator')]
    const announcement = document()
    await begin(central, first, announcement)
    expect((await begin(central, second, announcement)).body.code).toBe('attachment/notYours')
    expect((await append(central, second, announcement.attachmentId, 0, pdf)).body.code).toBe('attachment/notYours')
    expect((await append(central, first, announcement.attachmentId, 0, pdf)).body.isComplete).toBe(true)
    expect((await append(central, first, systemIds.uuid(), 0, pdf)).body.code).toBe('attachment/unknown')
  })

  it('have names that are only names', async () => {
    const central = await start()
    const token = await central.tokenFor('collector')
    const named = async (fileName: string) => {
      const { attachmentId, last } = await upload(central, token, pdf, { mediaType: 'application/pdf', fileName })
      return last.status === 200 ? (await describeOf(central, token, attachmentId)).body.fileName : last.body.code
    }
    expect(await named('../../../etc/passwd')).toBe('passwd.pdf')
    expect(await named('C:\\a\\b.exe')).toBe('b.pdf')
    expect(await named('annex\u202efdp.exe')).toBe('annexfdp.pdf')
    expect(await named('a\u0000b.pdf')).toBe('request/invalid')
    expect(await named('a\r\nset-cookie: x.pdf')).toBe('request/invalid')
    expect(await named('长'.repeat(121))).toBe('request/invalid')
    expect(filesOf(central).every(({ name }) => /^[0-9a-f-]{36}\.original$/.test(name))).toBe(true)
  })

  it('are bytes and nothing else', async () => {
    const central = await start()
    const token = await central.tokenFor('collector')
    const announcement = document()
    await begin(central, token, announcement)
    const params = { attachmentId: announcement.attachmentId }
    const query = { offset: '0' }
    for (const request of [{ body: '{}' }, {}, { body: 'x', headers: { 'content-type': 'text/plain' } }])
      expect((await central.call('attachments.append', { token, params, query, ...request })).body.code).toBe('request/unsupportedMedia')
    expect((await central.call('attachments.append', { token, params, query: { offset: '-1' }, body: pdf })).body.code).toBe(
      'request/invalid',
    )
    const elsewhere = await central.call('attachments.begin', { token, key: systemIds.uuid(), body: pdf })
    expect(elsewhere.body.code).toBe('request/unsupportedMedia')
  })

  it('wait when the disk does not take them, and lose nothing', async () => {
    const central = await start()
    const token = await central.tokenFor('collector')
    const announcement = document()
    const { attachmentId } = announcement
    await begin(central, token, announcement)
    const inTheWay = join(central.filesFolder, attachmentId.slice(-4, -2))
    writeFileSync(inTheWay, '')
    const refused = await append(central, token, attachmentId, 0, pdf)
    expect(refused).toMatchObject({ status: 507, body: { code: 'attachment/notStored', retryable: true } })
    expect(central.log.lines.find(({ message }) => message === 'attachment could not be stored')?.fields).toMatchObject({ attachmentId })
    rmSync(inTheWay)
    expect((await append(central, token, attachmentId, 0, pdf)).body.isComplete).toBe(true)
  })
})

/** Sends only the head of a request and answers what came back before the server closed. */
function rawRequest(origin: string, head: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`${head.join('\r\n')}\r\n\r\n`))
    let received = ''
    socket.on('data', (chunk) => {
      received += chunk
      if (received.includes('}')) socket.destroy()
    })
    socket.on('close', () => resolve(received))
    socket.on('error', reject)
  })
}

/** Sends part of a body, waits until the server has begun to read it, and pulls the plug; resolves when the server has noticed. */
async function cutConnection(origin: string, head: readonly string[], part: Buffer, { central }: TestCentral): Promise<void> {
  const { hostname, port } = new URL(origin)
  const noticed = new Promise<void>((resolve) => central.app.server.once('connection', (socket) => socket.once('close', () => resolve())))
  const socket = connect(Number(port), hostname, () =>
    socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), part]), () => socket.destroy()),
  )
  await noticed
}
