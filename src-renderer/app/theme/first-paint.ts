import type { Scheme } from './tokens'

/**
 * The scheme of the very first paint. The core owns the setting; this browser storage only spares people in a dark hall a white flash before
 * the core has answered, so losing it loses nothing.
 */
export type ThemeChoice = 'light' | 'dark' | 'system'

const key = 'seat.lastTheme'

export function rememberedTheme(): ThemeChoice {
  try {
    const kept = localStorage.getItem(key)
    return kept === 'dark' || kept === 'system' ? kept : 'light'
  } catch {
    // Storage can be switched off by policy; then the first paint is light.
    return 'light'
  }
}

export function rememberTheme(theme: ThemeChoice): void {
  try {
    localStorage.setItem(key, theme)
  } catch {
    // As above: only the first paint would have used it.
  }
}

export function paintScheme(scheme: Scheme): void {
  document.documentElement.dataset.scheme = scheme
}

export function paintRememberedScheme(): void {
  const theme = rememberedTheme()
  const isDark = theme === 'dark' || (theme === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches)
  paintScheme(isDark ? 'dark' : 'light')
}
