import { useEffect } from 'react'

/** The window's name, as the taskbar and a screen reader say it. */
export function useTitle(words: string): void {
  useEffect(() => {
    // After what changed with it is painted: telling the desktop a title takes longer than drawing a ringing call.
    const later = setTimeout(() => {
      document.title = words === '' ? '12319 坐席工作站' : `12319 坐席工作站 · ${words}`
    })
    return () => clearTimeout(later)
  }, [words])
}
