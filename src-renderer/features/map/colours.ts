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

/** Of paper: the light scheme on white, whatever the hall's screens show. */
export const paperColours: MapColours = {
  ...{ surface: '#f4f6f9', pane: '#ffffff', line: '#d9dee6', lineStrong: '#9aa4b1', text: '#000000', secondary: '#444444' },
  ...{ primary: '#1f5fbf', onPrimary: '#ffffff', green: '#2e8b57', amber: '#c77700', red: '#c62828', frost: '#6b7280' },
  gridCode: '#c4006c',
  font: '"Noto Sans SC Variable", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif',
}

/** Calls when the scheme of the page changes; the returned function ends it. */
export function watchColours(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-scheme'] })
  return () => observer.disconnect()
}
