import { expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Camera } from '../../../src-renderer/bridge/use-cameras'
import { AdministrationPane } from '../../../src-renderer/features/administration/administration-pane'
import { CameraList } from '../../../src-renderer/features/wall/camera-list'
import { show } from './show'

const grid = () => page.getByRole('grid', { name: '国标设备' })
const row = (text: string) => grid().getByRole('row').filter({ hasText: text })
const dialog = () => page.getByRole('dialog')

async function openDevices() {
  const shown = await show(<AdministrationPane />, 'admin')
  await page.getByRole('tab', { name: '国标设备' }).click()
  await expect.element(row('解放路录像机')).toBeVisible()
  return shown
}

it('says what is typed into a device, how each is, and enters one that was turned away', async () => {
  const { asked } = await openDevices()
  await expect.element(page.getByText('34020000002000000001')).toBeVisible()
  await expect.element(row('解放路录像机')).toMatchTextContent(/在线.*在线 2 \/ 3/)
  await expect.element(row('城东派出所平台')).toMatchTextContent(/离线.*没报全/)
  await page.getByRole('button', { name: '登记它' }).click()
  await expect.element(dialog().getByLabelText('国标编码')).toHaveValue('34020000001180000009')
  await dialog().getByLabelText('名称').fill('新来的')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await expect.element(page.getByText('6 至 64 位字母、数字或符号')).toBeVisible()
  await dialog().getByLabelText('注册口令').fill('Cam-12345')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await expect.element(row('新来的')).toMatchTextContent('没来过')
  expect(asked('gbDevices.create')).toEqual([{ deviceId: '34020000001180000009', name: '新来的', password: 'Cam-12345' }])
})

it('shows by Enter which camera each channel is, or why it is none', async () => {
  const { asked } = await openDevices()
  grid().element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(dialog().getByText('001 解放路与人民路口')).toBeVisible()
  await expect.element(dialog().getByText('没有坐标：在“标准与区划”的监控点里按此编码录入')).toBeVisible()
  await userEvent.keyboard('{Escape}')
  grid().element().focus()
  await userEvent.keyboard('r')
  await expect.poll(() => asked('gbDevices.askCatalog')).toEqual([{ deviceId: '34020000001180000001' }])
})

it('marks a camera that is away, and keeps the ledger of the day beside the list', async () => {
  const camera = (cameraNo: string, name: string): Camera => ({
    ...{ cameraNo, name, deviceId: `3402000000132000${cameraNo}`.padEnd(20, '0'), canTurn: true, position: [126.6, 45.6] },
    gridCodes: ['230108001001001'],
  })
  const cameras = [camera('001', '解放路与人民路口'), camera('003', '模范街口')]
  const groups = [{ code: '230108001', name: '测试街道', cameras }]
  const { asked } = await show(
    <CameraList
      {...{ cellsOf: new Map(), filterRef: { current: null }, canChange: true, onPick: vi.fn() }}
      cameras={{ groups, find: (cameraNo) => cameras.find((one) => one.cameraNo === cameraNo) }}
    />,
    'wallOperator',
    {
      prepare: (core) =>
        core.publish('cameraStates.changed', {
          items: [
            { cameraNo: '001', isOnline: true, since: 0, cause: null },
            { cameraNo: '003', isOnline: false, since: 0, cause: 'channel' },
          ],
        }),
    },
  )
  await expect.element(page.getByText('1 路离线')).toBeVisible()
  await expect.element(page.getByRole('button', { name: /003 离线 模范街口|003.*离线/ })).toBeVisible()
  await page.getByRole('button', { name: '离线台账' }).click()
  await expect.element(dialog().getByText('还没恢复', { exact: true })).toBeVisible()
  await expect.element(dialog().getByText('2 路离线 2 次，1 路还没恢复')).toBeVisible()
  await dialog().getByRole('button', { name: '前一天' }).click()
  await expect.poll(() => asked('cameras.outages').length).toBeGreaterThanOrEqual(2)
})
