import { roles } from '#shared/domain/account/role'

/**
 * The details of an audit entry in words: the server names fields and values as the program does, people read them in Chinese. What has no word
 * here is shown as it came, so that nothing of an audit is hidden.
 */
const fieldNames: Readonly<Record<string, string>> = {
  name: '名称',
  role: '岗位',
  roles: '岗位',
  reason: '原因',
  failedCount: '连续输错',
  isEnabled: '在用',
  seatNo: '坐席号',
  extension: '分机',
  hash: '校验值',
  origin: '来源',
  number: '号码',
  cases: '案卷数',
}

const values: Readonly<Record<string, string>> = {
  ...roles,
  signedOut: '签出',
  expired: '到期',
  revoked: '被收回',
  product: '随产品',
  demonstration: '演示',
  city: '本市',
}

export function auditDetailText(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .map(([field, value]) => `${fieldNames[field] ?? field}：${valueText(value)}`)
    .join('　')
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join('、')
  if (value === null) return '—'
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string') return values[value] ?? value
  return JSON.stringify(value)
}
