/**
 * Which addresses are our own page. Pure: every guard of the Electron shell (navigation, permissions, senders) asks the same question here.
 */
export interface PageOrigin {
  /** Address of the main page, ending in `/`. */
  readonly home: string
  isOurs(url: string): boolean
  paneAddress(pane: string): string
  /** Of a window of the software wall. */
  wallAddress(screen: number): string
}

export const pageScheme = 'app'
export const pageHost = 'seat'

/** `developmentUrl`: where the development server serves the page; only ever set in a program that is not packaged. */
export function createPageOrigin(developmentUrl: string | undefined): PageOrigin {
  const home = developmentUrl ? new URL('/', developmentUrl).href : `${pageScheme}://${pageHost}/`
  return {
    home,
    isOurs(url) {
      if (!URL.canParse(url)) return false
      // `origin` is "null" for a scheme that the URL standard does not know, so the parts are compared.
      const [asked, own] = [new URL(url), new URL(home)]
      return asked.protocol === own.protocol && asked.host === own.host && asked.pathname === '/' && asked.username === ''
    },
    paneAddress: (pane) => `${home}?pane=${encodeURIComponent(pane)}`,
    wallAddress: (screen) => `${home}?wall=${screen}`,
  }
}
