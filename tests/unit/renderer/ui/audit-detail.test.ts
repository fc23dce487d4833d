import { describe, expect, it } from 'vitest'
import { auditDetailText } from '../../../../src-renderer/ui/audit-detail'

describe('the details of an audit entry', () => {
  it('are told in words', () => {
    expect(auditDetailText({ name: '陈晨', roles: ['intake', 'shiftLead'] })).toBe('名称：陈晨　岗位：受理员、值班长')
    expect(auditDetailText({ reason: 'signedOut' })).toBe('原因：签出')
    expect(auditDetailText({ isEnabled: false, extension: null })).toBe('在用：否　分机：—')
  })

  it('hide nothing that has no word', () => {
    expect(auditDetailText({ newField: { a: 1 }, reason: 'novel' })).toBe('newField：{"a":1}　原因：novel')
  })
})
