import { type Cti, createCtiListeners } from '#server/cti/cti'
import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { SatisfactionAnswer } from '#shared/domain/call/satisfaction'

/** A queue that keeps what it was told. */
export interface FakeCti extends Cti {
  /** `extension pause`, in order. */
  readonly said: string[]
  answer: () => Result<void, AppError>
  setUp(isUp: boolean): void
  /** A citizen was asked after the call that the exchange names so. */
  rate(ref: string, answer: SatisfactionAnswer): void
}

export function createFakeCti(): FakeCti {
  const listeners = createCtiListeners((cause) => {
    throw cause
  })
  let isUp = true
  const fake: FakeCti = {
    said: [],
    answer: () => ok(undefined),
    setUp: (up) => {
      isUp = up
      listeners.tell({ type: up ? 'connected' : 'disconnected' })
    },
    rate: (ref, answer) => listeners.tell({ type: 'callRated', ref, answer, at: 5 }),
    pauseMember: async (extension, pause) => {
      fake.said.push(`${extension} ${pause}`)
      return fake.answer()
    },
    queueStatus: async () => ok({ waiting: [], members: [] }),
    onEvent: listeners.add,
    isUp: () => isUp,
    stop: async () => {},
  }
  return fake
}
