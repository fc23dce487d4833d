import { describe, expect, it } from 'vitest'
import { believedClasses, propose, train } from '#shared/domain/proposals/classifier'
import { departmentsOf, responsibleAt } from '#shared/domain/proposals/departments'
import { dangerIn } from '#shared/domain/proposals/emergency'
import { namesOf, samplesOf, withoutPlace } from '#shared/domain/proposals/samples'

const classes = [
  { kind: 'component', subclassCode: '01002', name: '污水井盖', sentences: ['污水井盖缺失，路面敞口', '污水井盖破裂，踩压不稳'] },
  { kind: 'event', subclassCode: '06010', name: '暴露垃圾', sentences: ['垃圾散落，招引蚊蝇', '垃圾堆放无人清理'] },
  { kind: 'event', subclassCode: '09006', name: '占道经营', sentences: ['人行道支棚设摊', '摆摊占道，行人绕行'] },
] as const
const cases = [
  { kind: 'component', subclassCode: '01002', description: '友协大街12号下水道盖子没了，是个窟窿', address: '友协大街12号' },
  { kind: 'component', subclassCode: '01002', description: '下水道盖子裂成两半', address: '' },
  { kind: 'event', subclassCode: '06010', description: '友协大街12号一堆垃圾没人收', address: '友协大街12号' },
  { kind: 'event', subclassCode: '06010', description: '袋装垃圾扔得到处都是', address: '' },
  { kind: 'event', subclassCode: '09006', description: '有人摆地摊卖菜', address: '' },
  { kind: 'event', subclassCode: '09006', description: '地摊占了半条路，卖菜的', address: '' },
] as const
const model = train(samplesOf(cases, classes), namesOf(classes))

describe('proposals of a class', () => {
  it('come from what ended cases were told like, in words that no handbook has', () => {
    expect(propose(model, '我们这下水道的盖子不见了')[0]?.label).toBe('component/01002')
    expect(propose(model, '早上一排卖菜的摆地摊')[0]?.label).toBe('event/09006')
    expect(propose(model, '好大一堆垃圾')[0]?.label).toBe('event/06010')
  })
  it('name the words that speak for them, each piece once', () => {
    const [first] = propose(model, '我们这下水道的盖子不见了')
    expect(first?.words.join()).toMatch(/下水|盖子/)
    for (const word of first?.words ?? []) expect('我们这下水道的盖子不见了').toContain(word)
  })
  it('know how people call a thing before any case told it', () => {
    const first = train(samplesOf([], classes), namesOf(classes))
    expect(propose(first, '马葫芦没盖儿了')[0]?.label).toBe('component/01002')
    expect(propose(first, '门口有人练摊')[0]?.label).toBe('event/09006')
  })
  it('ask for duplicates of a class with the belief of all that have its code, and never as of a chosen one', () => {
    const told = [
      ['component/01037', 0.6],
      ['event/01037', 0.396],
      ['event/06010', 0.004],
    ] as const
    const asked = believedClasses(told.map(([label, share]) => ({ label, share, words: [] })))
    expect(asked).toEqual([{ subclassCode: '01037', belief: expect.closeTo(0.996, 6) }])
    expect(believedClasses([{ label: 'event/06010', share: 1, words: [] }])).toEqual([{ subclassCode: '06010', belief: 0.999 }])
  })
  it('follow the official name where it stands in the text', () => {
    expect(propose(model, '污水井盖旁边有人卖菜')[0]?.label).toBe('component/01002')
  })
  it('are none for words that nothing was learned of, and their shares sum up to one', () => {
    expect(propose(model, '嗯嗯')).toEqual([])
    expect(propose(model, '垃圾和地摊', 3).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6)
  })
  it('learn nothing from the name of a street, and the same from the same', () => {
    expect(withoutPlace('友协大街12号门前一堆垃圾', '友协大街12号附近')).toBe('，门前一堆垃圾')
    expect(Object.keys(model.features).some((feature) => feature.includes('友协'))).toBe(false)
    expect(train(samplesOf(cases, classes), namesOf(classes))).toEqual(model)
  })
  it('agree on a department before they agree on a class', () => {
    const proposals = [0.4, 0.35, 0.25].map((share, at) => ({ label: `event/${at}`, share, words: [] }))
    const found = departmentsOf(proposals, (label) => (label === 'event/0' ? 'A' : 'B'))
    expect(found.map(({ departmentCode }) => departmentCode)).toEqual(['B', 'A'])
  })
  it('take the department from the row of the smallest area around the pin', () => {
    const row = (areaCode: string, departmentCode: string) => ({ kind: 'event', subclassCode: '06010', areaCode, departmentCode }) as const
    const rows = [row('230108', '104'), row('230108001', '401'), row('230108002', '402')]
    expect(responsibleAt(rows, '230108001001').get('event/06010')).toBe('401')
    expect(responsibleAt(rows, '230108003').get('event/06010')).toBe('104')
  })
})

describe('words of danger', () => {
  it('are recognised and quoted', () => {
    expect(dangerIn('楼道里一股燃气味，好像泄漏了')).toEqual({ title: '燃气泄漏', words: '燃气味' })
    expect(dangerIn('井盖没了，晚上看不见')?.title).toBe('井口敞开')
    expect(dangerIn('有根电线断了垂在路中间')?.title).toBe('带电线缆')
  })
  it('are not those of what did not happen or is over', () => {
    expect(dangerIn('没有着火，就是烟大')).toBeUndefined()
    expect(dangerIn('去年着火那家')).toBeUndefined()
    expect(dangerIn('垃圾没人收')).toBeUndefined()
  })
})
