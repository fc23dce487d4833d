import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from './context'
import { layoutsName, settingsView, themeName } from './settings-view'

/** How the windows look: the seat's theme, and each post's arrangement. They belong to this PC and never travel. */
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

function saved(seat: Pick<SeatContext, 'store' | 'views'>, write: () => void): Result<Record<string, never>, AppError> {
  const written = seat.store.transaction(write, 'processDeath')
  if (!written.ok) return written
  seat.views.showSettings()
  return ok({})
}
