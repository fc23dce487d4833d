import { appendUpload } from '../workflows/attachments/append-upload'
import { beginUpload } from '../workflows/attachments/begin-upload'
import { describeAttachment, readAttachment } from '../workflows/attachments/read-attachment'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `attachments`. */
export const attachmentHandlers = (
  services: Services,
): HandlersFor<'attachments.begin' | 'attachments.append' | 'attachments.get' | 'attachments.read'> => ({
  'attachments.begin': (ask) => beginUpload(services, ask),
  'attachments.append': (ask) => appendUpload(services, ask),
  'attachments.get': (ask) => describeAttachment(services, ask),
  'attachments.read': (ask) => readAttachment(services, ask),
})
