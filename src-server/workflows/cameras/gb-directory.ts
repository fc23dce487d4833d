import { documentsOfKind, listReferenceHashes } from '../../store/reference-store'
import type { Services } from '../services'
import type { DirectoryCamera, GbDirectory } from './gb-platform'

/** The directory as it is published to all, read anew when its hash changed. */
export function createGbDirectory({ db }: Pick<Services, 'db'>): GbDirectory {
  let hashes = ''
  let all: readonly DirectoryCamera[] = []
  let byNo = new Map<string, DirectoryCamera>()
  let byChannel = new Map<string, DirectoryCamera>()
  return {
    async refresh() {
      const now = (await listReferenceHashes(db, ['cameras'])).join('\n')
      if (now === hashes) return false
      all = (await documentsOfKind(db, 'cameras')).flatMap(({ cameras }) => cameras)
      byNo = new Map(all.map((camera) => [camera.cameraNo, camera]))
      byChannel = new Map(all.map((camera) => [camera.deviceId, camera]))
      hashes = now
      return true
    },
    channelOf: (cameraNo) => byNo.get(cameraNo)?.deviceId,
    cameraOf: (channelId) => byChannel.get(channelId),
    cameras: () => all,
  }
}
