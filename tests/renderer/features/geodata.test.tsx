import { describe, expect, it } from 'vitest'
import { type Locator, page, userEvent } from 'vitest/browser'
import { MapPane } from '../../../src-renderer/features/map/map-pane'
import { cityReference, demoCity } from '../../fixtures/city-reference'
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

async function choose(box: Locator, words: string): Promise<void> {
  await box.fill(words)
  await userEvent.keyboard('{Enter}')
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

  it('adds a component found on the ground, under the next code that nobody had', async () => {
    const { asked } = await open()
    const editor = page.getByRole('region', { name: '修改要素' })
    ;(page.getByRole('application').element() as HTMLElement).focus()
    await userEvent.keyboard(' ')
    await editor.getByRole('button', { name: '部件' }).click()
    await editor.getByRole('tab', { name: '新增' }).click()
    await expect.element(editor.getByRole('button', { name: '新增', exact: true })).toBeDisabled()
    await choose(editor.getByRole('combobox', { name: '小类' }), '路灯')
    await choose(editor.getByRole('combobox', { name: '主管部门' }), '')
    await editor.getByRole('textbox', { name: '改动理由' }).fill('普查')
    await editor.getByRole('button', { name: '新增', exact: true }).click()
    await expect.element(editor).toMatchTextContent(/已新增 230108\d{11}/)
    const [saved] = asked('geo.save') as { changes: { code: string; version: null; content: { parentCode: string } }[] }[]
    expect(saved?.changes).toHaveLength(1)
    expect(saved?.changes[0]).toMatchObject({ version: null, content: { parentCode: expect.stringMatching(/^230108\d{9}$/) } })
    expect(demoCity.components.some(({ code }) => code === saved?.changes[0]?.code)).toBe(false)
  })

  it('is not for posts that only look', async () => {
    await show(<MapPane />, 'dispatcher', { reference: cityReference })
    await expect.element(page.getByRole('application')).toBeVisible()
    expect(page.getByRole('button', { name: '底数维护' }).query()).toBeNull()
  })
})
