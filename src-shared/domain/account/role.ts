/**
 * Who works in the hall. Ids follow `docs/glossary.md`; the Chinese names are those of the posts. What a role may do on the central server is
 * in the route table, what it may do at a seat is in the command table: never here, so that it is written once.
 */
export const roles = {
  intake: '受理员',
  shiftLead: '值班长',
  dispatcher: '派遣员',
  supervisor: '督查员',
  opinionMonitor: '12319 热线舆情监控员',
  wallOperator: '大屏操作员',
  presenter: '讲解员',
  commander: '指挥长',
  assistant: '平台助理',
  director: '平台主管',
  departmentOperator: '专业部门终端操作员',
  collector: '信息采集员',
  admin: '系统管理员',
} as const

export type RoleId = keyof typeof roles

export const roleIds = Object.keys(roles) as readonly RoleId[]

/** Collectors work on their mobile terminals; nobody signs in to a workstation as one. */
export const seatRoleIds: readonly RoleId[] = roleIds.filter((role) => role !== 'collector')
