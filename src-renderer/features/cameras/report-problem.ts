import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { Bridge } from '../../bridge/bridge'
import { keepFile } from '../../bridge/keep-file'
import { randomId } from '../../bridge/random-id'
import type { Camera } from '../../bridge/use-cameras'
import type { Snapshot } from './snapshot'

/**
 * Begins the report of what a camera shows: a draft of the registration with picture, camera, place and grid, kept at this PC like one that was typed.
 * It is no case yet: what it is and how it is described a person says.
 */
export async function reportProblem(
  call: Bridge['call'],
  about: {
    readonly cameraNo: string
    readonly title: string
    readonly camera: Camera | undefined
    readonly snapshot: Snapshot | undefined
    readonly note: string
  },
): Promise<Result<{ readonly photoId: string | null }, AppError>> {
  const { cameraNo, title, camera, snapshot, note } = about
  const kept = snapshot && (await keepFile(call, snapshot.file, 'report', () => {}))
  if (kept && !kept.ok) return kept
  const photoId = kept?.value ?? null
  const position = camera?.position
  const body = {
    ...{ source: 'camera', cameraNo, address: title, course: note, gridCode: camera?.gridCodes[0] ?? '' },
    streetCode: camera?.gridCodes[0]?.slice(0, 9) ?? '',
    communityCode: camera?.gridCodes[0]?.slice(0, 12) ?? '',
    position: position ? position.map((degrees) => degrees.toFixed(6)).join(', ') : '',
    photoIds: photoId === null ? [] : [photoId],
  }
  const saved = await call('drafts.save', { key: `cases/register/${randomId()}`, body: JSON.stringify(body) })
  return saved.ok ? ok({ photoId }) : saved
}
