import { useEffect } from 'react'

/** The window's name, as the taskbar and a screen reader say it. */
export function useTitle(words: string): void {
  useEffect(() => {
    document.title = words === '' ? '12319 坐席工作站' : `12319 坐席工作站 · ${words}`
  }, [words])
}
