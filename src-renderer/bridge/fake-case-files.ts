import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { CaseRowSchema } from '#shared/contracts/case-shapes'
import { appError } from '#shared/contracts/errors'
import type { OutputOfCommand } from '#shared/contracts/seat-api/table'
import { fakeTrack } from './fake-field'
import { fakePicture } from './fake-picture'
import { type FakeHandlers, type FakeWorld, nextUuid } from './fake-world'

/** What stands around the fake core's cases: pictures, kept views, exports, likely duplicates, and who works outside. */
export type FakeCaseFiles = Pick<
  FakeHandlers,
  | 'cases.duplicates'
  | 'replies.list'
  | 'attachments.begin'
  | 'attachments.append'
  | 'attachments.read'
  | 'views.list'
  | 'views.save'
  | 'views.remove'
  | 'exports.create'
  | 'exports.get'
  | 'exports.cancel'
  | 'exports.read'
  | 'collectors.list'
  | 'collectors.track'
>

/** `visibleRows`: the cases that whoever is signed in may see. */
export function fakeCaseFiles(world: FakeWorld, visibleRows: () => readonly CaseRowSchema[]): FakeCaseFiles {
  return { ...attachmentHandlers(world), ...listHandlers(world, visibleRows) }
}

function attachmentHandlers(world: FakeWorld): Pick<FakeCaseFiles, 'attachments.begin' | 'attachments.append' | 'attachments.read'> {
  return {
    'attachments.begin'(input) {
      const attachmentId = nextUuid(world)
      world.attachments.set(attachmentId, { ...input, received: '' })
      return ok({ attachmentId })
    },
    'attachments.append'({ attachmentId, offset, base64 }) {
      const one = world.attachments.get(attachmentId)
      if (!one) return err(appError('attachment/unknown'))
      if (atob(one.received).length !== offset) return err(appError('attachment/wrongOffset', { expected: atob(one.received).length }))
      const received = btoa(atob(one.received) + atob(base64))
      world.attachments.set(attachmentId, { ...one, received })
      const length = atob(received).length
      return ok({ received: length, isComplete: length >= one.bytes })
    },
    'attachments.read'({ attachmentId }): Result<OutputOfCommand<'attachments.read'>, AppError> {
      const own = world.attachments.get(attachmentId)
      if (own) return ok({ mediaType: own.mediaType, fileName: own.fileName, base64: own.received, isCached: true })
      const named = [...world.cases.values()].flatMap(({ attachments }) => attachments).find((one) => one.attachmentId === attachmentId)
      return named ? ok({ ...fakePicture(named), isCached: world.isOffline() }) : err(appError('attachment/unknown'))
    },
  }
}

function listHandlers(
  world: FakeWorld,
  visibleRows: () => readonly CaseRowSchema[],
): Omit<FakeCaseFiles, 'attachments.begin' | 'attachments.append' | 'attachments.read'> {
  const exports = new Map<string, OutputOfCommand<'exports.create'>>()
  return {
    'cases.duplicates'({ caseId, subclassCode }) {
      const code = subclassCode?.split(/[,:]/)[0] ?? (caseId && world.cases.get(caseId)?.facts.subclassCode)
      const rows = visibleRows().filter((row) => row.subclassCode === code && row.caseId !== caseId)
      const items = rows.slice(0, 4).map((row, index) => ({
        row,
        score: 0.9 - index * 0.15,
        distanceM: 12 + index * 40,
        isHint: index === 0,
        reasons: ['同小类', `相距 ${12 + index * 40} m`, `${index + 1} 小时前`],
      }))
      return ok({ items, isFromSeat: false })
    },
    'replies.list'({ which }) {
      const rows = visibleRows().filter((row) => (which === 'due' ? row.needsReply : row.reply?.state === 'delivered'))
      return ok({ items: rows.toSorted((a, b) => (a.replyBy ?? 0) - (b.replyBy ?? 0)) })
    },
    'views.list': () => ok({ items: [...world.views.values()] }),
    'views.save'(view) {
      world.views.set(view.viewId, view)
      return ok(view)
    },
    'views.remove': ({ viewId }) => (world.views.delete(viewId) ? ok({}) : err(appError('record/notFound'))),
    'exports.create'({ format }) {
      const at = world.options.now()
      const total = visibleRows().length
      const about = { exportId: nextUuid(world), state: 'done' as const, total, done: total, fileName: `案卷.${format}`, bytes: 9 }
      const job = { ...about, createdAt: at, expiresAt: at + 3_600_000, failure: null }
      exports.set(job.exportId, job)
      return ok(job)
    },
    'exports.get'({ exportId }) {
      const job = exports.get(exportId)
      return job ? ok(job) : err(appError('record/notFound'))
    },
    'exports.cancel': ({ exportId }) => (exports.delete(exportId) ? ok({}) : err(appError('record/notFound'))),
    'exports.read': ({ exportId, offset }) =>
      exports.has(exportId) ? ok({ base64: offset === 0 ? btoa('caseNo\r\n\n') : '', next: null }) : err(appError('record/notFound')),
    'collectors.track': ({ accountNo, until }) => ok({ items: [...fakeTrack(accountNo, until)] }),
    'collectors.list': () =>
      ok({
        items: ['邵春生', '贺玲', '温立新'].map((name, index) => ({
          ...{ accountNo: `090${index + 1}`, name, isOnDuty: index < 2, position: { lng: 126.61 + index / 200, lat: 45.6 } },
          ...{ positionAt: world.options.now() - index * 90_000, openTasks: 3 - index, gridCodes: [`23010800${index + 1}001001`] },
        })),
      }),
  }
}
