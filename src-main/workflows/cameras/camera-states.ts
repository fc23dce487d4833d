import { cameraViewers } from '#shared/contracts/central-api/cameras'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { CameraState } from '#shared/domain/camera/outages'
import type { Central, Publish } from '../ports'

/** Whether cameras are there, as the centre says while somebody is signed in here. Of two words on a camera the later counts. */
export interface CameraStateDesk {
  entered(me: Me): void
  left(): void
  heard(states: readonly CameraState[]): void
  readAgain(): void
}

export function createCameraStateDesk({
  central,
  publish,
}: {
  readonly central: Pick<Central, 'call'>
  readonly publish: Publish
}): CameraStateDesk {
  let states = new Map<string, CameraState>()
  let isReader = false
  let turn = 0

  const show = () => publish('cameraStates.changed', { items: [...states.values()] })
  async function read(): Promise<void> {
    const mine = turn
    const answer = await central.call('cameras.states', {})
    if (mine !== turn || !answer.ok) return
    const before = states
    // What was heard while the answer travelled is newer than it.
    states = new Map(answer.value.items.map((one) => [one.cameraNo, newer(one, before.get(one.cameraNo))]))
    show()
  }
  return {
    entered(me) {
      turn += 1
      states = new Map()
      isReader = (cameraViewers as readonly string[]).includes(me.role)
      show()
      if (isReader) void read()
    },
    left() {
      turn += 1
      isReader = false
      states = new Map()
      show()
    },
    heard(changed) {
      for (const one of changed) states.set(one.cameraNo, one)
      show()
    },
    readAgain() {
      if (isReader) void read()
    },
  }
}

const newer = (read: CameraState, heard: CameraState | undefined): CameraState => (heard && heard.since > read.since ? heard : read)
