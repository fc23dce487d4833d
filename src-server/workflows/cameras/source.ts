import { err, ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { Answer, Ask, Services } from '../services'

/**
 * Tells a seat where to take a camera's picture from: what the centre's file names, else the device of GB/T 28181 that has it, which is asked to send. Looking is not
 * written down one by one: a tour looks every few seconds.
 */
export async function readCameraSource({ cameras, gb }: Services, ask: Ask<InputOf<'cameras.source'>>): Answer<OutputOf<'cameras.source'>> {
  const { params, query } = ask.input
  const source = cameras().sourceOf(params.cameraNo, query.quality)
  if (source) return ok(source)
  const platform = gb()
  const channelId = platform?.directory.channelOf(params.cameraNo)
  if (!platform || channelId === undefined || !platform.channel(channelId))
    return err(appError('camera/notInDirectory', { cameraNo: params.cameraNo }))
  const live = await platform.openLive(channelId, query.quality)
  return live.ok
    ? ok({ kind: 'flv', address: live.value })
    : err(appError('camera/noLivePicture', { cameraNo: params.cameraNo, reason: live.error }))
}
