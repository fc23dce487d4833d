import { readFileSync } from 'node:fs'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { err, ok, type Result } from '#shared/base/result'
import { CameraNo, CameraSource, type PictureQuality } from '#shared/contracts/camera-shapes'
import type { OnvifSettings } from './onvif/onvif-motors'

/** Where the pictures of the centre's cameras come from. Apart from their directory, which every seat holds: this has passwords in it. */
export interface CameraSources {
  /** Undefined: this camera has no picture here. */
  sourceOf(cameraNo: string, quality: PictureQuality): CameraSource | undefined
  /** Cameras with motors, by number. */
  readonly ptz: ReadonlyMap<string, OnvifSettings>
}

const Ptz = Type.Object(
  {
    kind: Type.Literal('onvif'),
    address: Type.String({ pattern: '^https?://', maxLength: 300 }),
    account: Type.Object(
      { user: Type.String({ maxLength: 100 }), password: Type.String({ maxLength: 200 }) },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)

/** `sub` may be left out: then the full picture is all there is. */
const SourcesFile = Type.Object(
  {
    cameras: Type.Array(
      Type.Object(
        { cameraNo: CameraNo, main: CameraSource, sub: Type.Optional(CameraSource), ptz: Type.Optional(Ptz) },
        { additionalProperties: false },
      ),
      { maxItems: 5_000 },
    ),
  },
  { additionalProperties: false },
)

export const noCameras: CameraSources = { sourceOf: () => undefined, ptz: new Map() }

/** Reads `--cameras FILE`; the error is a sentence for whoever starts the server. */
export function readCameraSources(file: string): Result<CameraSources, string> {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return err(`--cameras ${file} 读不出来，应为 JSON 文件，写法见 docs/cameras.md。`)
  }
  if (!Value.Check(SourcesFile, content)) {
    const [first] = [...Value.Errors(SourcesFile, content)]
    return err(`--cameras ${file} 的 ${first?.instancePath || '内容'} 不对，写法见 docs/cameras.md。`)
  }
  const cameras = new Map(content.cameras.map((one) => [one.cameraNo, one]))
  return ok({
    ptz: new Map(content.cameras.flatMap(({ cameraNo, ptz }) => (ptz ? [[cameraNo, ptz] as const] : []))),
    sourceOf(cameraNo, quality) {
      const camera = cameras.get(cameraNo)
      return quality === 'sub' ? (camera?.sub ?? camera?.main) : camera?.main
    },
  })
}
