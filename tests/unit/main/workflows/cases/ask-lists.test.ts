import { expect, it } from 'vitest'
import { askLists } from '#main/workflows/cases/ask-lists'
import type { Central } from '#main/workflows/ports'
import { ok } from '#shared/base/result'

const exportId = '00000000-0000-7000-8000-000000000001'

it('an exported file is read piece by piece until the centre has no more', async () => {
  const file = Buffer.from('案卷号,状态\r\n20261121-0001,待受理\r\n')
  const central = {
    call: async (_: string, { query }: { query: { offset: number } }) => {
      return ok({ bytes: file.subarray(query.offset, query.offset + 10), mediaType: 'text/csv' })
    },
  } as unknown as Central
  const seat = { central, ids: { uuid: () => exportId } }
  const pieces: Buffer[] = []
  for (let offset: number | null = 0; offset !== null; ) {
    const read = await askLists['exports.read'](seat, { exportId, offset })
    if (!read.ok) throw new Error(read.error.code)
    pieces.push(Buffer.from(read.value.base64, 'base64'))
    offset = read.value.next
  }
  expect(Buffer.concat(pieces)).toEqual(file)
})
