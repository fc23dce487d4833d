import { app, type HIDDevice, type Session, type WebContents } from 'electron'
import type { Log } from '#shared/base/log'
import { isAllowed } from './allowed-permissions'
import type { PageOrigin } from './page-origin'

/**
 * What a page may never do, whatever runs in it: go elsewhere, open windows, embed other pages, or use a device other than the microphone
 * and the buttons of a headset.
 * Pop-outs are asked for through the seat API and opened by the shell itself.
 */
export function guardEveryPage(page: PageOrigin, log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents, page, log))
}

function guardPage(contents: WebContents, page: PageOrigin, log: Log): void {
  const stayHome = (event: { preventDefault(): void }, url: string) => {
    if (page.isOurs(url)) return
    event.preventDefault()
    log.warn('navigation refused', { url: withoutQuery(url) })
  }
  // `will-frame-navigate` covers every frame, the main one too, where `will-navigate` would tell of it once more.
  contents.on('will-frame-navigate', (event) => stayHome(event, event.url))
  contents.on('will-redirect', (event) => stayHome(event, event.url))
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    log.warn('embedded page refused')
  })
  contents.setWindowOpenHandler(({ url }) => {
    log.warn('window refused', { url: withoutQuery(url) })
    return { action: 'deny' }
  })
}

export function guardPermissions(session: Session, page: PageOrigin, log: Log): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    const isGranted = page.isOurs(details.requestingUrl) && isAllowed(permission, mediaTypes)
    if (!isGranted) log.warn('permission refused', { permission, mediaTypes, url: withoutQuery(details.requestingUrl) })
    answer(isGranted)
  })
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    const mediaType = details.mediaType ? [details.mediaType] : []
    return page.isOurs(`${origin.replace(/\/$/, '')}/`) && isAllowed(permission, mediaType)
  })
  session.setDevicePermissionHandler(({ deviceType, origin, device }) => {
    if (deviceType !== 'hid' || !page.isOurs(`${origin.replace(/\/$/, '')}/`)) return false
    return isTelephony(device as HIDDevice)
  })
  // Asked for by a press in the panel of the telephone, where the handler above has not given it already.
  session.on('select-hid-device', (event, { deviceList }, answer) => {
    event.preventDefault()
    answer(deviceList.find(isTelephony)?.deviceId ?? null)
  })
}

/** The buttons of a headset (USB HID Usage Tables 1.5, page 0x0B), and no keyboard, reader or key of any kind. */
const isTelephony = ({ collections }: Pick<HIDDevice, 'collections'>): boolean =>
  (collections as readonly { readonly usagePage?: number }[] | undefined)?.some(({ usagePage }) => usagePage === 0x0b) ?? false

/** An address from elsewhere may carry anything in its query; the log wants only where it led. */
function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0]?.slice(0, 200) ?? ''
}
