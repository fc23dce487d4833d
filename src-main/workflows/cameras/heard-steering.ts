import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import type { CameraSteering } from '#shared/domain/camera/steering'
import type { Publish } from '../ports'

/** Who steers which camera as far as it was heard while somebody is signed in here; a window that opens a camera asks for the rest. It judges nothing. */
export interface HeardSteering {
  heard(steering: CameraSteering): void
  forget(): void
}

/** Cameras steered at one time are far fewer. */
const mostHeard = 200

export function createHeardSteering(publish: Publish): HeardSteering {
  let cameras: StateOfTopic<'steering.changed'>['cameras'] = []
  const show = () => publish('steering.changed', { cameras: [...cameras] })
  return {
    heard(steering) {
      const before = cameras.find(({ cameraNo }) => cameraNo === steering.cameraNo)
      if (before && before.revision >= steering.revision) return
      cameras = [...cameras.filter((one) => one !== before), steering].slice(-mostHeard)
      show()
    },
    forget() {
      cameras = []
      show()
    },
  }
}
