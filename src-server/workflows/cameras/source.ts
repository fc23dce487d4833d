import { err, ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { Answer, Ask, Services } from '../services'

/** Tells a seat where to take a camera's picture from. Looking is not written down one by one: a tour looks every few seconds. */
export async function readCameraSource({ cameras }: Services, ask: Ask<InputOf<'cameras.source'>>): Answer<OutputOf<'cameras.source'>> {
  const { params, query } = ask.input
  const source = cameras().sourceOf(params.cameraNo, query.quality)
  return source ? ok(source) : err(appError('camera/notInDirectory', { cameraNo: params.cameraNo }))
}
