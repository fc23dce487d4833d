import { holdRecording, releaseRecording } from '../workflows/recordings/hold-recording'
import { playRecording, readRecording } from '../workflows/recordings/play-recording'
import { appendRecording, beginRecording } from '../workflows/recordings/receive-recording'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `recordings`. */
export const recordingHandlers = (
  services: Services,
): HandlersFor<
  'recordings.begin' | 'recordings.append' | 'recordings.play' | 'recordings.read' | 'recordings.hold' | 'recordings.release'
> => ({
  'recordings.begin': (ask) => beginRecording(services, ask),
  'recordings.append': (ask) => appendRecording(services, ask),
  'recordings.play': (ask) => playRecording(services, ask),
  'recordings.hold': (ask) => holdRecording(services, ask),
  'recordings.release': (ask) => releaseRecording(services, ask),
  'recordings.read': (ask) => readRecording(services, ask),
})
