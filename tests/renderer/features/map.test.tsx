import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { placeSearchOf } from '../../../src-renderer/features/map/find-places'
import { MapPane } from '../../../src-renderer/features/map/map-pane'
import { demoCity as city, cityReference as reference } from '../../fixtures/city-reference'
import { show } from './show'

/** The map over the demonstration's whole city: 418 grids, 20 000 components. */
const open = () => show(<MapPane />, 'dispatcher', { reference })
const map = () => page.getByRole('application')
const here = () => page.getByRole('region', { name: '此处' })

describe('the map', () => {
  beforeEach(() => page.viewport(1366, 768))

  it('finds streets, communities, cameras and grids by name, initials and code', () => {
    const search = placeSearchOf(city)
    expect(search('yxdj')[0]?.name).toBe('友协大街')
    expect(search('东风社区')[0]).toMatchObject({ kind: '社区', name: '东风社区' })
    const grid = city.documents.grids?.grids[7]
    expect(search(grid?.code ?? '')[0]).toMatchObject({ kind: '网格', code: grid?.code })
    expect(search(city.components[4]?.code ?? '')[0]).toMatchObject({ kind: '部件', code: city.components[4]?.code })
  })

  it('goes to what was searched by keys alone, and says what lies there', async () => {
    await open()
    await expect.element(map()).toBeVisible()
    const camera = city.cameras[0]
    ;(map().element() as HTMLElement).focus()
    await userEvent.keyboard('/')
    await expect.element(page.getByRole('combobox', { name: '搜地点' })).toHaveFocus()
    await userEvent.keyboard(camera?.name ?? '')
    await expect.element(page.getByRole('option').first()).toBeInTheDocument()
    await userEvent.keyboard('{Enter}')
    const gridCode = city.locator.at(camera?.position ?? { lng: 0, lat: 0 }).gridCode ?? ''
    await expect.element(here()).toMatchTextContent(gridCode)
    await expect.element(here()).toMatchTextContent(`监控 ${camera?.code}`)
  })

  it('says what lies in the middle at Space', async () => {
    await open()
    await expect.element(map()).toBeVisible()
    ;(map().element() as HTMLElement).focus()
    await userEvent.keyboard(' ')
    await expect.element(here()).toMatchTextContent(/230108\d{9}/)
  })

  it('counts what it shows, and hides a layer', async () => {
    await open()
    const switches = page.getByRole('region', { name: '图层与图例' })
    await expect.element(switches).toMatchTextContent(/部件（放大后）20000/)
    await expect.element(switches).toMatchTextContent(/单元网格与编码418/)
    const grids = switches.getByRole('checkbox', { name: '单元网格与编码' })
    await grids.click()
    await expect.element(grids).not.toBeChecked()
  })

  it('shows where people call from to who answers for the shift, and goes there', async () => {
    const { core } = await show(<MapPane />, 'shiftLead', { reference })
    const camera = city.cameras[0]
    const seat = { role: 'intake', reason: null, isForced: false, at: 1, since: 1, answeredAt: 1, phase: 'talking' } as const
    core.publish('agents.changed', {
      agents: [
        { ...seat, seatNo: '03', accountNo: '0103', name: '李受理', callId: crypto.randomUUID(), place: camera?.position ?? null },
        { ...seat, seatNo: '04', accountNo: '0104', name: '周受理', callId: crypto.randomUUID() },
      ],
      readAt: 1,
    })
    const calls = page.getByRole('region', { name: '正在接听' })
    await expect.element(calls).toMatchTextContent(/2 路，未落点 1/)
    await calls.getByRole('button', { name: '03 李受理' }).click()
    await expect.element(here()).toMatchTextContent(`监控 ${camera?.code}`)
  })

  it('says nothing of calls to other posts', async () => {
    await open()
    await expect.element(map()).toBeVisible()
    expect(page.getByRole('region', { name: '正在接听' }).query()).toBeNull()
  })

  it('says that there is no ground yet instead of an empty frame', async () => {
    await show(<MapPane />, 'dispatcher', { reference: [] })
    await expect.element(page.getByText(/还没有网格边界/)).toBeVisible()
  })
})
