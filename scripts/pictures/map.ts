import { expect, type Page } from '@playwright/test'
import { accounts, type DemoRole, signIn, signOut } from '../../tests/e2e/fixtures'
import { type Stage, statusBar } from './stage'

/** The pictures of the map: the city, a place with what lies around it, a collector, the pin of a report, the ground's keepers, a border, a base map and the check of coordinates, and without the centre. */
export async function maps(stage: Stage): Promise<void> {
  const { page, camera, central, network } = stage
  await expect(statusBar(page)).toContainText('中心已连接')
  await signIn(page, accounts.shiftLead, central.password)
  await page.keyboard.press('Alt+3')
  await expect(cityMap(page)).toBeVisible({ timeout: patienceMs })
  await expect(page.getByRole('region', { name: '在岗采集员' })).toContainText(/[1-9]\d* 人/, { timeout: patienceMs })
  await camera.take(page, 'map')
  await find(page, 'yxdj')
  await page.getByRole('button', { name: '300 米' }).click()
  await expect(page.getByRole('region', { name: '圈内统计' })).toBeVisible({ timeout: patienceMs })
  await camera.take(page, 'map-around')
  await page.getByRole('region', { name: '在岗采集员' }).getByRole('button').first().click()
  await expect(page.getByRole('region', { name: '采集员', exact: true })).toBeVisible({ timeout: patienceMs })
  await page.getByRole('button', { name: '看八小时轨迹' }).click()
  await camera.take(page, 'map-collector')
  await changeTo(stage, 'admin')
  await page.keyboard.press('Alt+3')
  await page.getByRole('button', { name: '底数维护' }).click()
  await find(page, 'yxdj')
  await expect(page.getByRole('region', { name: '修改要素' }).getByText(/第 1 版/)).toBeVisible({ timeout: patienceMs })
  await camera.take(page, 'map-keep')
  await page.getByRole('tab', { name: '改边界' }).click()
  await expect(page.getByText(/^拖角点移动/)).toBeVisible({ timeout: patienceMs })
  await camera.take(page, 'map-border')
  await page.getByRole('button', { name: '底数维护' }).click()
  await page.getByRole('radio', { name: '演示电子地图' }).click()
  await find(page, 'yxdj')
  await camera.take(page, 'map-base')
  await page.getByRole('button', { name: '底图与坐标' }).click()
  const check = page.getByRole('region', { name: '坐标自检' })
  await check.getByRole('button').click()
  await expect(check).toContainText('监控点', { timeout: patienceMs })
  await camera.take(page, 'map-check')
  await changeTo(stage, 'intake')
  await page.keyboard.press('Alt+1')
  await expect(page.getByRole('application', { name: /^落点/ })).toBeVisible({ timeout: patienceMs })
  await page.keyboard.press('Alt+M')
  await page.keyboard.type('yxdj')
  await expect(page.getByRole('option').first()).toBeAttached({ timeout: patienceMs })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: '单元网格' })).toHaveValue(/\d{15}/, { timeout: patienceMs })
  await camera.take(page, 'map-pin')
  // A post that has cases: theirs are what grows old.
  await page.keyboard.press('Alt+3')
  await expect(cityMap(page)).toBeVisible({ timeout: patienceMs })
  network.set('cut')
  await expect(page.getByRole('region', { name: '地图', exact: true }).getByText(/^截至|^尚未/)).toBeVisible({ timeout: 60_000 })
  await camera.take(page, 'map-offline')
}

/** The ground of the whole city is read when a map is first shown. */
const patienceMs = 30_000

const cityMap = (page: Page) => page.getByRole('application', { name: /地图$/ })

async function find(page: Page, words: string): Promise<void> {
  await cityMap(page).focus()
  await page.keyboard.press('/')
  await page.keyboard.type(words)
  await expect(page.getByRole('option').first()).toBeAttached({ timeout: patienceMs })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: '此处' })).toBeVisible({ timeout: patienceMs })
}

async function changeTo({ page, central }: Stage, role: DemoRole): Promise<void> {
  await signOut(page)
  await signIn(page, accounts[role], central.password)
}
