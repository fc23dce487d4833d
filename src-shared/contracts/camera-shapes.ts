import { type Static, Type } from 'typebox'

/** Number of a camera as people say it and type it on the wall. */
export const CameraNo = Type.String({ pattern: '^\\d{3,6}$' })
/** The full picture, or the small one that is enough for a tile of up to 640×360. */
export const PictureQuality = Type.Enum(['main', 'sub'])
export type PictureQuality = Static<typeof PictureQuality>

/**
 * Where a camera's picture comes from. `rtsp`: the camera itself, with its account; `flv`: a city gateway's WS-FLV, whose address carries what it
 * needs; `hls`: a gateway's playlist; `whep`: a gateway's WebRTC (WHEP), with its bearer token. Told to the seat that shows it and kept nowhere there.
 */
export const CameraSource = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('rtsp'),
      address: Type.String({ pattern: '^rtsp://', maxLength: 500 }),
      account: Type.Union([
        Type.Object({ user: Type.String({ maxLength: 100 }), password: Type.String({ maxLength: 200 }) }, { additionalProperties: false }),
        Type.Null(),
      ]),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Literal('flv'), address: Type.String({ pattern: '^wss?://', maxLength: 1_000 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Literal('hls'), address: Type.String({ pattern: '^https?://', maxLength: 1_000 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal('whep'),
      address: Type.String({ pattern: '^https?://', maxLength: 1_000 }),
      token: Type.Union([Type.String({ maxLength: 1_000 }), Type.Null()]),
    },
    { additionalProperties: false },
  ),
])
export type CameraSource = Static<typeof CameraSource>
