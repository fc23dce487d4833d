import { useMemo } from 'react'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { useTopic } from './react'
import { useQuery } from './use-query'

/** The cameras of the centre 监控点, from the seat's own copy of the reference data, by street. */
export type Camera = ReferenceDocument<'cameras'>['cameras'][number]

export interface CameraGroup {
  readonly code: string
  readonly name: string
  readonly cameras: readonly Camera[]
}

export interface Cameras {
  /** Undefined: not read yet; empty: this centre has none. */
  readonly groups: readonly CameraGroup[] | undefined
  find(cameraNo: string): Camera | undefined
}

export function useCameras(): Cameras {
  const entries = useTopic('reference.changed')?.entries
  const idOf = (kind: string) => entries?.find((entry) => entry.kind === kind)?.id
  const [camerasId, areasId] = [idOf('cameras'), idOf('areas')]
  const cameras = useQuery('reference.get', camerasId === undefined ? undefined : { kind: 'cameras', id: camerasId })
  const areas = useQuery('reference.get', areasId === undefined ? undefined : { kind: 'areas', id: areasId })
  return useMemo(() => {
    const document = cameras.value?.document as ReferenceDocument<'cameras'> | undefined
    const names = areas.value?.document as ReferenceDocument<'areas'> | undefined
    const all = document?.cameras ?? []
    const isReading = entries === undefined || (camerasId !== undefined && document === undefined && cameras.error === undefined)
    return {
      groups: isReading ? undefined : groupsOf(all, names),
      find: (cameraNo) => all.find((camera) => camera.cameraNo === cameraNo),
    }
  }, [cameras.value, cameras.error, areas.value, entries, camerasId])
}

/** The first nine digits of a grid code are those of its street. */
function groupsOf(cameras: readonly Camera[], areas: ReferenceDocument<'areas'> | undefined): readonly CameraGroup[] {
  const groups = new Map<string, Camera[]>()
  for (const camera of cameras) {
    const code = camera.gridCodes[0]?.slice(0, 9) ?? ''
    groups.set(code, [...(groups.get(code) ?? []), camera])
  }
  const nameOf = (code: string) => areas?.streets.find((street) => street.code === code)?.name ?? `街道 ${code}`
  return [...groups]
    .map(([code, own]) => ({ code, name: nameOf(code), cameras: own.sort((a, b) => (a.cameraNo < b.cameraNo ? -1 : 1)) }))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
}
