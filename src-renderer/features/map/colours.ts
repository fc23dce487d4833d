/** The colours of the page's scheme for canvases, which know no CSS variables. */
export interface MapColours {
  readonly surface: string
  readonly pane: string
  readonly line: string
  readonly lineStrong: string
  readonly text: string
  readonly secondary: string
  readonly primary: string
  readonly onPrimary: string
  readonly green: string
  readonly amber: string
  readonly red: string
  readonly frost: string
  /** GB/T 30428.1: outlines and codes of unit grids are magenta. */
  readonly gridCode: string
  readonly font: string
}

export function readColours(): MapColours {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string) => style.getPropertyValue(name).trim()
  return {
    surface: of('--surface'),
    pane: of('--pane'),
    line: of('--line'),
    lineStrong: of('--line-strong'),
    text: of('--text'),
    secondary: of('--text-secondary'),
    primary: of('--primary'),
    onPrimary: of('--on-primary'),
    green: of('--green'),
    amber: of('--amber'),
    red: of('--red'),
    frost: of('--frost'),
    gridCode: of('--grid-code'),
    font: of('--font') || 'sans-serif',
  }
}

/** Calls when the scheme of the page changes; the returned function ends it. */
export function watchColours(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-scheme'] })
  return () => observer.disconnect()
}
