import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { MapPane } from '../../../src-renderer/features/map/map-pane'
import { cityReference } from '../../fixtures/city-reference'
import { show } from './show'

/** 底数维护 beside the map, on the fake core. */
async function open() {
  const shown = await show(<MapPane />, 'admin', { reference: cityReference })
  await expect.element(page.getByRole('application')).toBeVisible()
  await page.getByRole('button', { name: '底数维护' }).click()
  return shown
}
const importing = () => page.getByRole('region', { name: '导入底数' })
async function check(name: string): Promise<void> {
  await userEvent.upload(importing().getByLabelText('文件'), new File(['{"type":"FeatureCollection","features":[]}'], name))
  await importing().getByRole('button', { name: '检查' }).click()
}

describe('looking after the ground of the city', () => {
  it('lists what is wrong with a file by row, goes to its place, and takes nothing over', async () => {
    const { asked } = await open()
    await check('坏网格.geojson')
    await expect.element(importing()).toMatchTextContent(/不能导入.*错误 2/)
    await expect.element(importing()).toMatchTextContent(/第 7 行.*标识码应为 15 位/)
    await importing().getByRole('button', { name: '230108001001012' }).click()
    await expect.element(page.getByRole('region', { name: '此处' })).toMatchTextContent('126.630000, 45.600000')
    expect(importing().getByRole('button', { name: '写入' }).query()).toBeNull()
    expect(asked('geo.applyImport')).toEqual([])
  })

  it('takes a file over only with a reason, after it was checked', async () => {
    const { asked } = await open()
    await check('网格.geojson')
    await expect.element(importing()).toMatchTextContent(/检查通过.*新增 3，修改 2/)
    await expect.element(importing().getByRole('button', { name: '写入' })).toBeDisabled()
    await importing().getByRole('textbox', { name: '写入说明' }).fill('2026 年普查')
    await importing().getByRole('button', { name: '写入' }).click()
    await expect.element(importing()).toMatchTextContent('已写入')
    expect(asked('geo.applyImport')).toMatchObject([{ note: '2026 年普查' }])
  })

  it('is not for posts that only look', async () => {
    await show(<MapPane />, 'dispatcher', { reference: cityReference })
    await expect.element(page.getByRole('application')).toBeVisible()
    expect(page.getByRole('button', { name: '底数维护' }).query()).toBeNull()
  })
})
