import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test'
import { telephonePhoto } from '../fixtures/photos'

/** A collector with a telephone in the street, on the page that the centre serves; hands only. */
export interface Telephone {
  readonly page: Page
  /** Answers the task at this place with a photo. */
  answer(address: string, result: string, opinion: string): Promise<void>
  end(): Promise<void>
}

export async function pickUpTelephone(
  browser: Browser,
  centre: { readonly url: string; readonly password: string },
  accountNo: string,
  place: { readonly lng: number; readonly lat: number },
): Promise<Telephone> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 360, height: 640 },
    ...{ hasTouch: true, isMobile: true, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
    ...{ geolocation: { longitude: place.lng, latitude: place.lat }, permissions: ['geolocation'] },
  })
  const page = await context.newPage()
  await page.goto(`${centre.url}/collector/`)
  await page.getByLabel('账号').fill(accountNo)
  await page.getByLabel('口令').fill(centre.password)
  await page.getByRole('button', { name: '签入' }).tap()
  await expect(page.getByRole('heading', { name: /我的任务/ })).toBeVisible()
  await page.getByRole('switch').tap()
  await expect(page.getByRole('switch', { name: '在岗' })).toBeChecked()
  return {
    page,
    async answer(address, result, opinion) {
      // The page asks for new tasks every quarter of a minute; a finger does not wait.
      await expect(async () => {
        await page.getByRole('button', { name: /↻/ }).tap()
        await expect(page.getByText(address)).toBeVisible({ timeout: 1_000 })
      }).toPass()
      await page.getByText(address).tap()
      await page.getByText(result, { exact: true }).tap()
      await page.getByLabel('拍照').setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: await telephonePhoto(1200, 1600) })
      await expect(page.getByAltText('现场照片').last()).toBeVisible()
      await page.getByLabel('意见').fill(opinion)
      await page.getByRole('button', { name: '回报' }).tap()
      await expect(page.getByText(/已送达/)).toBeVisible({ timeout: 30_000 })
    },
    end: () => context.close(),
  }
}
