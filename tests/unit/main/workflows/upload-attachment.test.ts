import { beforeEach, describe, expect, it } from 'vitest'
import type { UploadBody } from '#main/workflows/attachments'
import type { Central, Intent } from '#main/workflows/ports'
import { uploadAttachment } from '#main/workflows/upload-attachment'
import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { chunkLimitBytes } from '#shared/contracts/central-api/attachments'
import { appError } from '#shared/contracts/errors'

const attachmentId = '00000000-0000-7000-8000-000000000001'
const bytes = chunkLimitBytes * 2 + 5

describe('an upload', () => {
  let received: number
  let asked: [name: string, offset: number | undefined, length: number | undefined, accountNo: string | undefined][]
  let answers: ((offset: number, length: number) => Result<unknown, AppError> | undefined)[]
  let fileLength: number
  beforeEach(() => {
    ;[received, asked, answers, fileLength] = [0, [], [], bytes]
  })

  const central = {
    async call(name: string, input: { query?: { offset: number }; body?: Uint8Array }, options: { accountNo?: string }) {
      const [offset, length] = [input.query?.offset, input.body?.length]
      asked.push([name, offset, name === 'attachments.append' ? length : undefined, options.accountNo])
      if (name === 'attachments.begin') return ok({ attachmentId, received, isComplete: received === bytes })
      const special = answers.shift()?.(offset ?? 0, length ?? 0)
      if (special) return special
      received = (offset ?? 0) + (length ?? 0)
      return ok({ attachmentId, received, isComplete: received === bytes })
    },
  } as unknown as Central
  const file = {
    readPiece: async (_: string, offset: number, length: number) => (offset + length <= fileLength ? new Uint8Array(length) : undefined),
  }
  const announcement = {
    attachmentId,
    purpose: 'report',
    fileName: 'a.pdf',
    mediaType: 'application/pdf',
    bytes,
    sha256: 'f'.repeat(64),
  } as const
  const intent = { intentId: 'key', body: { announcement, accountNo: '0201' } satisfies UploadBody } as unknown as Intent
  const upload = () => uploadAttachment(central, file, intent)
  const offsets = () => asked.filter(([name]) => name === 'attachments.append').map(([, offset, length]) => [offset, length])

  it('goes in pieces of at most 4 MB, with the credential of whoever wrote it', async () => {
    expect(await upload()).toMatchObject({ ok: true, value: { isComplete: true, received: bytes } })
    expect(offsets()).toEqual([
      [0, chunkLimitBytes],
      [chunkLimitBytes, chunkLimitBytes],
      [chunkLimitBytes * 2, 5],
    ])
    expect(new Set(asked.map(([, , , accountNo]) => accountNo))).toEqual(new Set(['0201']))
  })

  it('goes on where an earlier attempt stopped, and sends nothing when the centre has it all', async () => {
    answers = [() => undefined, () => err(appError('central/interrupted'))]
    expect(await upload()).toMatchObject({ ok: false, error: { code: 'central/interrupted' } })
    asked = []
    await upload()
    expect(offsets()).toEqual([
      [chunkLimitBytes, chunkLimitBytes],
      [chunkLimitBytes * 2, 5],
    ])
    asked = []
    expect(await upload()).toMatchObject({ ok: true })
    expect(asked.map(([name]) => name)).toEqual(['attachments.begin'])
  })

  it('follows the centre when a piece had arrived though its answer was lost, but not for ever', async () => {
    answers = [() => err(appError('attachment/wrongOffset', { expected: chunkLimitBytes }))]
    expect(await upload()).toMatchObject({ ok: true })
    expect(offsets().map(([offset]) => offset)).toEqual([0, chunkLimitBytes, chunkLimitBytes * 2])
    received = 0
    asked = []
    answers = Array.from({ length: 20 }, () => () => err(appError('attachment/wrongOffset', { expected: 0 })))
    expect(await upload()).toMatchObject({ ok: false, error: { code: 'attachment/wrongOffset' } })
    expect(asked.length).toBeLessThan(10)
  })

  it('is refused in words when the file is not here any more', async () => {
    fileLength = 10
    expect(await upload()).toMatchObject({ ok: false, error: { code: 'attachment/unknown', retryable: false } })
  })
})
