import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { RegistrationPane } from '../../../src-renderer/features/cases/registration/registration-pane'
import { cityReference, demoCity } from '../../fixtures/city-reference'
import { show } from './show'

/** The small map inside the registration form, by keys alone, over the demonstration's city. */
const field = (name: string) => page.getByRole('textbox', { name, exact: true })
const pinMap = () => page.getByRole('application', { name: /^落点/ })
const position = () => (field('坐标').element() as HTMLInputElement).value.split(',').map(Number)

async function showForm() {
  const shown = await show(<RegistrationPane />, 'intake', { reference: cityReference })
  await expect.element(page.getByRole('radiogroup', { name: '来源' })).toBeVisible()
  await expect.poll(() => document.querySelector('.reg-fields[inert]')).toBeNull()
  await expect.element(pinMap()).toBeVisible()
  return shown
}

async function searchFor(words: string): Promise<void> {
  await userEvent.keyboard('{Alt>}m{/Alt}')
  await expect.element(page.getByRole('combobox', { name: '搜地点' })).toHaveFocus()
  await userEvent.keyboard(words)
  await expect.element(page.getByRole('option').first()).toBeInTheDocument()
  await userEvent.keyboard('{Enter}')
}

describe('the pin of a report', () => {
  it('fills position, grid, street and community from a place that was searched for, and the address while it is empty', async () => {
    await showForm()
    const camera = demoCity.cameras[0]
    await searchFor(camera?.name ?? '')
    await expect.element(pinMap()).toHaveFocus()
    const gridCode = demoCity.gridIndex.gridAt(camera?.position ?? { lng: 0, lat: 0 })?.code ?? ''
    await expect.element(field('单元网格')).toHaveValue(gridCode)
    await expect.element(page.getByRole('combobox', { name: '事发位置' })).toHaveValue(camera?.name)
    await expect.element(page.getByText(demoCity.nameOf(gridCode.slice(0, 12)) ?? '-').first()).toBeInTheDocument()
    expect(position()[0]).toBeCloseTo(camera?.position.lng ?? 0, 5)
  })

  it('moves by arrow keys a little, with Shift ten times as far, and the grid follows', async () => {
    await showForm()
    await searchFor(demoCity.cameras[0]?.name ?? '')
    await expect.element(pinMap()).toHaveFocus()
    const [lng = 0, lat = 0] = position()
    await userEvent.keyboard('{ArrowRight}{ArrowUp}')
    const [near = 0, up = 0] = position()
    expect(near).toBeGreaterThan(lng)
    expect(up).toBeGreaterThan(lat)
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}')
    expect((position()[0] ?? 0) - near).toBeCloseTo((near - lng) * 10, 5)
    for (let step = 0; step < 12; step++) await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}')
    const [farLng = 0, farLat = 0] = position()
    await expect.element(field('单元网格')).toHaveValue(demoCity.gridIndex.gridAt({ lng: farLng, lat: farLat })?.code ?? '')
  })
})
