import { expect, test } from '../fixtures'

/** What a page in the Electron window must not be able to do, tried from inside the page. */
test('the page has no Node, no Electron and only the three functions of the seat', async ({ seat }) => {
  const page = seat.page()
  const found = await page.evaluate(() => ({
    require: typeof (globalThis as { require?: unknown }).require,
    process: typeof (globalThis as { process?: unknown }).process,
    module: typeof (globalThis as { module?: unknown }).module,
    seat: Object.keys((globalThis as unknown as { seat: object }).seat).sort(),
  }))
  expect(found).toEqual({ require: 'undefined', process: 'undefined', module: 'undefined', seat: ['invoke', 'onMessage', 'onStatus'] })
})

test('sandbox and context isolation are on', async ({ seat }) => {
  const preferences = await seat.current().electron?.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } = contents.getLastWebPreferences()
    return { sandbox, contextIsolation, nodeIntegration, webSecurity }
  })
  expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true })
})

test('the content security policy forbids foreign and inline script', async ({ seat }) => {
  const page = seat.page()
  const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'))
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toContain('unsafe-eval')
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.injected = true'
    document.head.append(script)
    return (window as { injected?: boolean }).injected ?? false
  })
  expect(ran).toBe(false)
  await expect(page.evaluate('new Function("return 1")()')).rejects.toThrow(/unsafe-eval|Content Security Policy/)
})

test('the page can neither leave nor open another', async ({ seat }) => {
  const page = seat.page()
  const before = page.url()
  await page.evaluate(() => {
    location.href = 'https://example.com/'
  })
  const opened = await page.evaluate(() => window.open('https://example.com/') === null)
  expect(opened).toBe(true)
  await expect(page.getByLabel('账号')).toBeVisible()
  expect(page.url()).toBe(before)
  const windows = await seat.current().electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  expect(windows).toBe(1)
})

test('only the microphone is ever granted, and only to our origin', async ({ seat }) => {
  const states = await seat.page().evaluate(async () => {
    const ask = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state
    return {
      camera: await ask('camera'),
      geolocation: await ask('geolocation'),
      notifications: await ask('notifications'),
      microphone: await ask('microphone'),
    }
  })
  expect(states).toEqual({ camera: 'denied', geolocation: 'denied', notifications: 'denied', microphone: 'granted' })
})

test('a window that is not ours is refused by the core', async ({ seat }) => {
  const answer = await seat.current().electron?.evaluate(async ({ BrowserWindow }) => {
    const ours = BrowserWindow.getAllWindows()[0]
    if (!ours) throw new Error('the seat has no window')
    const { preload } = (ours.webContents as unknown as { getLastWebPreferences(): { preload: string } }).getLastWebPreferences()
    const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true, contextIsolation: true } })
    await stranger.loadURL('data:text/html,<p>stranger</p>')
    const result = await stranger.webContents.executeJavaScript("window.seat.invoke('app.describe', {})")
    stranger.destroy()
    return result
  })
  expect(answer).toMatchObject({ ok: false, error: { code: 'seatApi/unknownSender' } })
})
