import type { MapBookmark, SettingsView } from '#shared/contracts/seat-api/views'
import type { Store } from './ports'

/** Reads how the windows look from where `settings.ts` writes it. */
export const themeName = 'window.theme'
export const layoutsName = 'window.layouts'
export const caseListsName = 'cases.lists'
export const mapBookmarksName = 'map.bookmarks'

export function settingsView({ settings }: Pick<Store, 'settings'>): SettingsView {
  const theme = settings.get(themeName)
  const mapBookmarks = settings.get(mapBookmarksName) as MapBookmark[] | undefined
  return {
    ...(mapBookmarks && { mapBookmarks }),
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    // Only `saveLayout` and `saveCaseList` write them, with what the commands' schemas let through.
    layouts: (settings.get(layoutsName) ?? {}) as SettingsView['layouts'],
    caseLists: (settings.get(caseListsName) ?? {}) as SettingsView['caseLists'],
  }
}
