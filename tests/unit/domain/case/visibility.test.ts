import { describe, expect, it } from 'vitest'
import { maskName, maskNumber, withoutNumbers } from '#shared/domain/case/visibility'

describe('masks', () => {
  it.each([
    ['王小明', '王**'],
    ['欧阳小明', '欧***'],
    ['𠮷田', '𠮷*'],
    ['王', '*'],
    ['', '*'],
    ['  阿卜杜拉·买买提 ', '阿***'],
  ])('of the name %j', (name, masked) => expect(maskName(name)).toBe(masked))

  it.each([
    ['13912340826', '139****0826'],
    ['12319', '***19'],
    ['9', '*9'],
    ['', '*'],
  ])('of the number %j', (number, masked) => expect(maskNumber(number)).toBe(masked))
})

describe('text without numbers', () => {
  it.each([
    '13912340826',
    '139 1234 0826',
    '139-1234-0826',
    '+8613912340826',
    '+86 139 1234 0826',
    '008613912340826',
    '１３９１２３４０８２６',
    '0451-82345678',
    '045182345678',
    '230108199001011234',
    '23010819900101123X',
  ])('hides %s wherever it stands', (number) => {
    const written = withoutNumbers(`来电${number}，请回`)
    expect(written).toMatch(/^来电[^，]*\*{4,}[^，]*，请回$/)
    expect(written.normalize('NFKC').replace(/\D/g, '').length).toBeLessThanOrEqual(7)
  })

  it.each(['网格230108001001003', '部件2301080100100001', '友协大街 12 号 3 单元 601', '2026-11-27 09:30 积水 15 cm', '19 点 20 分'])(
    'leaves %s',
    (text) => expect(withoutNumbers(text)).toBe(text),
  )
})
