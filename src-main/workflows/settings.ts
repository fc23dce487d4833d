import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from './context'
import { caseListsName, layoutsName, mapBookmarksName, settingsView, themeName } from './settings-view'

/** How the windows look: the seat's theme, each post's arrangement, and its worklists. They belong to this PC and never travel. */
export function setTheme(
  seat: Pick<SeatContext, 'store' | 'views'>,
  { theme }: InputOfCommand<'settings.setTheme'>,
): Result<Record<string, never>, AppError> {
  return saved(seat, () => seat.store.settings.set(themeName, theme))
}

export function saveLayout(
  seat: Pick<SeatContext, 'store' | 'views'>,
  { role, layout }: InputOfCommand<'settings.saveLayout'>,
): Result<Record<string, never>, AppError> {
  return saved(seat, () => seat.store.settings.set(layoutsName, { ...settingsView(seat.store).layouts, [role]: layout }))
}

export function saveCaseList(
  seat: Pick<SeatContext, 'store' | 'views'>,
  { role, list }: InputOfCommand<'settings.saveCaseList'>,
): Result<Record<string, never>, AppError> {
  return saved(seat, () => seat.store.settings.set(caseListsName, { ...settingsView(seat.store).caseLists, [role]: list }))
}

export function saveMapBookmarks(
  seat: Pick<SeatContext, 'store' | 'views'>,
  { bookmarks }: InputOfCommand<'settings.saveMapBookmarks'>,
): Result<Record<string, never>, AppError> {
  return saved(seat, () => seat.store.settings.set(mapBookmarksName, bookmarks))
}

function saved(seat: Pick<SeatContext, 'store' | 'views'>, write: () => void): Result<Record<string, never>, AppError> {
  const written = seat.store.transaction(write, 'processDeath')
  if (!written.ok) return written
  seat.views.showSettings()
  return ok({})
}
