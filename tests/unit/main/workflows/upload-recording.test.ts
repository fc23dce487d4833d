import { expect, it } from 'vitest'
import type { Central, Intent } from '#main/workflows/ports'
import { uploadRecording } from '#main/workflows/recordings/upload-recording'
import { err, ok } from '#shared/base/result'
import { recordingPieceBytes } from '#shared/contracts/central-api/recordings'
import { appError } from '#shared/contracts/errors'

const recordingId = '0191f5e0-0000-7000-8000-00000000aaaa'
const bytes = recordingPieceBytes * 2 + 100
const intent: Intent = {
  ...{ intentId: '0191f5e0-0000-7000-8000-00000000bbbb', kind: 'recording.upload', subject: 's', accountNo: '2001', createdAt: 0 },
  body: { recordingId, callId: recordingId },
  ...{ state: 'waiting', attempts: 1, nextAttemptAt: null, reason: null },
}

/** A centre that counts octets, and a call that may begin after so many pieces. */
function bench({ callAfterPieces = Infinity, sha256 = 'a'.repeat(64) as string | null, found = true } = {}) {
  let received = 0
  const asked: string[] = []
  const central = {
    call: async (name: string, input: { query?: { offset: number }; body: Uint8Array }) => {
      asked.push(name === 'recordings.append' ? `append ${input.query?.offset}` : name)
      if (name === 'recordings.append') {
        if (input.query?.offset !== received) return err(appError('recording/wrongOffset', { expected: received }))
        received += input.body.length
      }
      return ok({ recordingId, received, isComplete: received === bytes })
    },
  } as unknown as Central
  let pieces = 0
  const parts = {
    central,
    recordings: {
      find: async () =>
        found
          ? { recordingId, callId: recordingId, state: 'finished' as const, startedAt: 0, durationMs: 1, bytes, sha256, marks: [] }
          : null,
      peaks: async () => ok({ left: [0], right: [0] }),
      readPiece: async (_: string, from: number, length: number) => {
        pieces += 1
        return new Uint8Array(Math.max(0, Math.min(length, bytes - from)))
      },
    },
    isLineFree: () => pieces < callAfterPieces,
  }
  return { parts, asked, lose: (octets: number) => (received -= octets) }
}

it('sends every piece once and says that it is done', async () => {
  const { parts, asked } = bench()
  expect(await uploadRecording(parts, intent)).toEqual(ok({ recordingId, received: bytes, isComplete: true }))
  expect(asked).toEqual(['recordings.begin', 'append 0', `append ${recordingPieceBytes}`, `append ${recordingPieceBytes * 2}`])
})

it('stops between two pieces when a call begins, and goes on from there when it is over', async () => {
  const { parts, asked } = bench({ callAfterPieces: 1 })
  expect(await uploadRecording(parts, intent)).toMatchObject({ ok: false, error: { code: 'recording/lineBusy', retryable: true } })
  expect(asked).toEqual(['recordings.begin', 'append 0'])
  expect(await uploadRecording({ ...parts, isLineFree: () => true }, intent)).toMatchObject({ ok: true })
  expect(asked.slice(2)).toEqual(['recordings.begin', `append ${recordingPieceBytes}`, `append ${recordingPieceBytes * 2}`])
})

it('sends nothing while there is a call, and nothing of a file that is gone or unfinished', async () => {
  const busy = bench({ callAfterPieces: 0 })
  expect(await uploadRecording(busy.parts, intent)).toMatchObject({ error: { code: 'recording/lineBusy' } })
  for (const each of [bench({ found: false }), bench({ sha256: null })])
    expect(await uploadRecording(each.parts, intent)).toMatchObject({ error: { code: 'recording/missing', retryable: false } })
  expect(busy.asked).toEqual([])
})

it('goes where the centre stands when that is elsewhere', async () => {
  const { parts, asked, lose } = bench({ callAfterPieces: 2 })
  await uploadRecording(parts, intent)
  const central = parts.central
  const forgetful = {
    ...central,
    call: async (name: string, input: never) => {
      const answer = await (central.call as (name: string, input: never) => unknown)(name, input)
      // The centre lost a piece after it had said how far it was.
      if (name === 'recordings.begin') lose(recordingPieceBytes)
      return answer
    },
  } as unknown as Central
  expect(await uploadRecording({ ...parts, central: forgetful, isLineFree: () => true }, intent)).toMatchObject({ ok: true })
  expect(asked.slice(-3)).toEqual([
    `append ${recordingPieceBytes * 2}`,
    `append ${recordingPieceBytes}`,
    `append ${recordingPieceBytes * 2}`,
  ])
})
