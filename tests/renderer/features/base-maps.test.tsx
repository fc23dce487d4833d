import { beforeEach, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { MapPane } from '../../../src-renderer/features/map/map-pane'
import { cityReference as reference } from '../../fixtures/city-reference'
import { show } from './show'

beforeEach(() => page.viewport(1366, 768))

const base = {
  ...{
    sourceId: 'tianditu-vec',
    name: '天地图电子地图',
    look: 'electronic',
    attribution: '天地图',
    tileSize: 256,
    minZoom: 1,
    maxZoom: 18,
  },
  ...{ coordinates: { system: 'CGCS2000' }, tiling: { kind: 'webMercator' }, addresses: ['/base-maps/tianditu-vec/0123456789abcdef/0/'] },
} as const
const cache = { bytes: 0, limitBytes: 1_000_000, tiles: 0 }

it('takes 天地图 with a key, and says what is wrong before anything is sent', async () => {
  await show(<MapPane />, 'admin', { reference })
  await page.getByRole('button', { name: '底图与坐标' }).click()
  const settings = page.getByRole('region', { name: '外部底图' })
  await expect.element(settings).toMatchTextContent(/还没有外部底图/)
  await settings.getByRole('button', { name: '添加' }).click()
  await page.getByText('天地图影像').click()
  await settings.getByRole('textbox', { name: '底图地址' }).fill('https://maps.example.invalid/{z}/{x}.png?tk=123')
  await expect.element(settings.getByText(/须有 {z}、{x} 和 {y}/)).toBeVisible()
  await expect.element(settings.getByText(/写了密钥（tk=…）/)).toBeVisible()
  await settings.getByRole('textbox', { name: '底图地址' }).fill('https://maps.example.invalid/{z}/{x}/{y}.png?tk={key}')
  await settings.getByRole('textbox', { name: '密钥' }).fill('0123456789')
  await settings.getByRole('button', { name: /^保/ }).click()
  await expect.element(settings.getByRole('textbox', { name: '密钥' })).toHaveAttribute('placeholder', '已有密钥；要换再填')
  await expect.element(settings.getByRole('textbox', { name: '密钥' })).toHaveValue('')
})

it('offers base maps to every post, says whose one is, and how old when it cannot be fetched', async () => {
  const { core } = await show(<MapPane />, 'dispatcher', { reference })
  core.publish('baseMaps.changed', { sources: [{ ...base, state: 'live', asOf: null, problem: null }], cache } as never)
  await page.getByRole('radio', { name: '天地图电子地图' }).click()
  await expect.element(page.getByRole('checkbox', { name: '道路' })).not.toBeChecked()
  await expect.element(page.getByText(/底图陈旧/)).not.toBeInTheDocument()
  core.publish('baseMaps.changed', {
    sources: [{ ...base, state: 'stale', asOf: 1_700_000_000_000, problem: '中心连不上' }],
    cache,
  } as never)
  await expect.element(page.getByText(/底图陈旧/)).toBeVisible()
  await expect.element(page.getByRole('region', { name: '底图' })).toMatchTextContent(/中心连不上。显示本机缓存/)
})

it('checks the layers that are here, and says that a base map cannot be judged without pictures', async () => {
  const { core } = await show(<MapPane />, 'assistant', { reference })
  core.publish('baseMaps.changed', { sources: [{ ...base, state: 'live', asOf: null, problem: null }], cache } as never)
  await page.getByRole('button', { name: '底图与坐标' }).click()
  expect(page.getByRole('region', { name: '外部底图' }).query()).toBeNull()
  const check = page.getByRole('region', { name: '坐标自检' })
  await check.getByRole('button').click()
  await expect.element(check, { timeout: 30_000 }).toMatchTextContent(/部件100% 落在所在网格内/)
  await expect.element(check).toMatchTextContent(/天地图电子地图没有结论：取不到图/)
})
