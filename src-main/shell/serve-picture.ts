/** Where the page finds the picture of a camera that it asked for: over a socket in the browser shell, as a stream of the page's own scheme in Electron. */
export const pictureAddress = /^\/cameras\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.flv$/

export const pictureHeaders = { 'content-type': 'video/x-flv', 'cache-control': 'no-store' } as const
