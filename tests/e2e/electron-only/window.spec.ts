import { join } from 'node:path'
import { expect, type SeatFixture, test } from '../fixtures'

/** What a page in the Electron window must not be able to do, tried from inside one page: each start of the program takes seven seconds. */
test('a page in the window can reach nothing but the seat', async ({ seat }) => {
  await test.step('the page has no Node, no Electron and only the three functions of the seat', () => pageHasNothingOfNode(seat))
  await test.step('sandbox and context isolation are on', () => sandboxIsOn(seat))
  await test.step('the content security policy forbids foreign and inline script', () => policyForbidsForeignScript(seat))
  await test.step('only the microphone is ever granted, and only to our origin', () => onlyMicrophoneIsGranted(seat))
  await test.step('a window that is not ours is refused by the core', () => strangerIsRefused(seat))
  await test.step('the page can neither leave nor open another', () => pageStays(seat))
})

async function pageHasNothingOfNode(seat: SeatFixture): Promise<void> {
  const page = seat.page()
  const found = await page.evaluate(() => ({
    require: typeof (globalThis as { require?: unknown }).require,
    process: typeof (globalThis as { process?: unknown }).process,
    module: typeof (globalThis as { module?: unknown }).module,
    seat: Object.keys((globalThis as unknown as { seat: object }).seat).sort(),
  }))
  expect(found).toEqual({ require: 'undefined', process: 'undefined', module: 'undefined', seat: ['invoke', 'onMessage', 'onStatus'] })
}

async function sandboxIsOn(seat: SeatFixture): Promise<void> {
  const preferences = await seat.current().electron?.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } = contents.getLastWebPreferences()
    return { sandbox, contextIsolation, nodeIntegration, webSecurity }
  })
  expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true })
}

async function policyForbidsForeignScript(seat: SeatFixture): Promise<void> {
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
  // Asked from a timer of the page itself: what the debugger evaluates is exempt from the policy.
  const evaluated = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        setTimeout(() => {
          try {
            new Function('return 1')()
            resolve('ran')
          } catch (error) {
            resolve(String(error))
          }
        })
      }),
  )
  expect(evaluated).toContain('unsafe-eval')
}

async function onlyMicrophoneIsGranted(seat: SeatFixture): Promise<void> {
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
}

async function strangerIsRefused(seat: SeatFixture): Promise<void> {
  const answer = await seat.current().electron?.evaluate(
    async ({ BrowserWindow }, preload) => {
      const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true, contextIsolation: true } })
      await stranger.loadURL('data:text/html,<p>stranger</p>')
      const result = await stranger.webContents.executeJavaScript("window.seat.invoke('app.describe', {})")
      stranger.destroy()
      return result
    },
    join(import.meta.dirname, '../../../out/preload/index.cjs'),
  )
  expect(answer).toMatchObject({ ok: false, error: { code: 'seatApi/unknownSender' } })
}

async function pageStays(seat: SeatFixture): Promise<void> {
  const page = seat.page()
  await expect(page.getByLabel('账号')).toBeVisible()
  const before = page.url()
  await page.evaluate(() => {
    location.href = 'https://example.com/'
  })
  const opened = await page.evaluate(() => window.open('https://example.com/') === null)
  expect(opened).toBe(true)
  // By evaluate: after a refused navigation a locator would wait for its end for ever.
  expect(await page.evaluate(() => [location.href, document.querySelector('input') !== null])).toEqual([before, true])
  const windows = await seat.current().electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  expect(windows).toBe(1)
}
