import { describe, expect, it } from 'vitest'
import {
  type HandbookEntry,
  nextConditionId,
  type Responsibility,
  type ResponsibilityRow,
  withEntry,
  withRow,
} from '../../../../src-renderer/features/reference/edit-document'

const entry: HandbookEntry = {
  kind: 'event',
  subclassCode: '06013',
  name: '道路破损',
  conditions: [
    { conditionId: 'E06013-1', text: '坑深', limit: { value: 2, unit: 'urgentHour' } },
    { conditionId: 'E06013-4', text: '裂缝', limit: { value: 5, unit: 'workingDay' } },
  ],
  closing: '修复',
  departmentType: '市政设施管理单位',
  legalBasis: '城市道路管理条例',
}
const row = (areaCode: string, departmentCode = '101'): ResponsibilityRow => ({
  kind: 'event',
  subclassCode: '06013',
  areaCode,
  departmentCode,
  legalBasis: '条例',
  limit: { value: 1, unit: 'workingDay' },
})
const matrix = (rows: ResponsibilityRow[]): Responsibility => ({ kind: 'responsibility', title: '', standard: '', rows })

describe('documents that a city keeps', () => {
  it('never gives the id of a removed condition to another one', () => {
    expect(nextConditionId(entry, entry.conditions.slice(0, 1))).toBe('E06013-5')
    expect(nextConditionId({ ...entry, kind: 'component', conditions: [] }, [])).toBe('C06013-1')
  })

  it('tells two new conditions apart', () => {
    const given = [...entry.conditions, { conditionId: 'E06013-5', text: '', limit: { value: 1, unit: 'minute' as const } }]
    expect(nextConditionId(entry, given)).toBe('E06013-6')
  })

  it('changes one subclass and leaves the component of the same code alone', () => {
    const component = { ...entry, kind: 'component' as const }
    const changed = withEntry({ kind: 'handbook', title: '', standard: '', entries: [component, entry] }, { ...entry, closing: '平整' })
    expect(changed.entries.map(({ kind, closing }) => `${kind} ${closing}`)).toEqual(['component 修复', 'event 平整'])
  })

  it('replaces the row of the same area and adds one for another', () => {
    expect(withRow(matrix([row('230108')]), row('230108', '102')).rows.map(({ departmentCode }) => departmentCode)).toEqual(['102'])
    expect(withRow(matrix([row('230108')]), row('230108004', '102')).rows.map(({ areaCode }) => areaCode)).toEqual(['230108004', '230108'])
  })
})
