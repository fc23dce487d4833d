/** The stages in a row: said in words and shapes, not in colour alone, and readable on the small screen. */
import { expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { type Stage, StageBar } from '../../../src-renderer/ui/stage-bar'
import { put } from './photos-on-page'

const titles = ['信息收集', '案卷建立', '任务派遣', '任务处理', '处理反馈', '核实结案', '考核评价']
const states: readonly Stage['state'][] = ['done', 'done', 'done', 'done', 'skipped', 'current', 'todo']
const stages: readonly Stage[] = titles.map((title, index) => ({
  no: index + 1,
  title,
  state: states[index] ?? 'todo',
  lines: ['08:46–11:12　2 小时 26 分'],
  who: '区排水管护所',
  overrun: index === 3 ? '超 26 分' : null,
  ...(index === 5 && { lamp: 'amber' as const }),
}))
const items = () => page.getByRole('listitem')

it('says every state in words, and which is going on', async () => {
  await put(<StageBar stages={stages} label="办理阶段" />)
  const list = page.getByRole('list', { name: '办理阶段' })
  await expect.element(list).toBeVisible()
  expect(
    items()
      .elements()
      .map((each) => each.querySelector('p')?.textContent),
  ).toEqual([
    '1 信息收集已完成',
    '2 案卷建立已完成',
    '3 任务派遣已完成',
    '4 任务处理已完成',
    '5 处理反馈已跳过',
    '6 核实结案进行中',
    '7 考核评价未开始',
  ])
  expect(
    items()
      .elements()
      .filter((each) => each.getAttribute('aria-current') === 'step'),
  ).toHaveLength(1)
})

it('tells the states apart by shape', async () => {
  await put(<StageBar stages={stages} />)
  const shapes = items()
    .elements()
    .map((each) => `${getComputedStyle(each).borderTopStyle} ${getComputedStyle(each).borderTopWidth}`)
  expect([shapes[0], shapes[4], shapes[5], shapes[6]]).toEqual(['solid 3px', 'dotted 3px', 'solid 4px', 'dashed 3px'])
  expect(
    items()
      .elements()
      .map((each) => each.querySelectorAll('.ui-lamp-red, .ui-lamp-amber').length),
  ).toEqual([0, 0, 0, 1, 0, 1, 0])
})

it('puts the overrun in the colour of overruns under its stage', async () => {
  await put(<StageBar stages={stages} />)
  expect(getComputedStyle(page.getByText('超 26 分').element()).color).toBe('rgb(183, 28, 28)')
  await expect.element(items().nth(3)).toMatchTextContent(/超 26 分\s区排水管护所$/)
})

it('cuts nothing of the usual words at 1366 px, and gives cut words in full to the pointer', async () => {
  const long = '区排水管护所第三养护中心抢修二组（夜班）王**、李**、赵**'
  const { container } = await put(<StageBar stages={stages.map((each) => (each.no === 3 ? { ...each, who: long } : each))} />)
  await document.fonts.ready
  const cut = [...container.querySelectorAll('.stage-cut')].filter((each) => each.scrollWidth > each.clientWidth)
  expect(cut.map((each) => each.textContent)).toEqual([long])
  expect(cut[0]?.closest('li')?.title).toContain(long)
})
