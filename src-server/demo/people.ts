/**
 * Who works in the demonstration: the hall, one operator for every department, and the city's collectors. Names are invented, and the same ones
 * every time. It makes no accounts.
 */
import type { RoleId } from '#shared/domain/account/role'
import type { CaseActor } from '#shared/domain/case/history'
import { chanceOf } from './city/random'

export interface DemonstrationAccount {
  readonly accountNo: string
  readonly name: string
  readonly role: RoleId
  /** Of a department's operator. */
  readonly departmentCode?: string
}

/** One for every post. */
export const demonstrationAccounts: readonly DemonstrationAccount[] = [
  { accountNo: '0101', name: '周敏', role: 'shiftLead' },
  { accountNo: '0201', name: '林小燕', role: 'intake' },
  { accountNo: '0301', name: '何志强', role: 'dispatcher' },
  { accountNo: '0401', name: '苏文静', role: 'supervisor' },
  { accountNo: '0501', name: '唐悦', role: 'opinionMonitor' },
  { accountNo: '0601', name: '高磊', role: 'wallOperator' },
  { accountNo: '0701', name: '沈若兰', role: 'presenter' },
  { accountNo: '0801', name: '梁建国', role: 'commander' },
  { accountNo: '0802', name: '许晓东', role: 'assistant' },
  { accountNo: '0803', name: '方玉华', role: 'director' },
  { accountNo: '0901', name: '罗海生', role: 'departmentOperator' },
  { accountNo: '0001', name: '程思远', role: 'admin' },
]

/** Where one alone cannot do what the rules ask two people for. */
export const secondAccounts: readonly DemonstrationAccount[] = [
  { accountNo: '0102', name: '郑国平', role: 'shiftLead' },
  { accountNo: '0202', name: '魏春红', role: 'intake' },
  { accountNo: '0302', name: '贺东', role: 'dispatcher' },
]

/** 环境卫生管理单位, which most cases go to: dirt on streets is what collectors see most. */
export const busiestDepartment = '104'

interface Named {
  readonly code: string
  readonly name: string
}
interface Patrol {
  readonly collectorNo: string
  readonly collectorName: string
}

/** Everybody: the hall, 0901 and on for the departments with the busiest first, and the collectors under the numbers of their patrol areas. */
export function peopleOf(departments: readonly Named[], patrols: readonly Patrol[]): readonly DemonstrationAccount[] {
  const busiest = departments.find(({ code }) => code === busiestDepartment) ?? departments[0]
  const others = departments.filter((department) => department !== busiest)
  const names = operatorNames(others.length)
  return [
    ...demonstrationAccounts.map((account) =>
      account.role === 'departmentOperator' && busiest ? { ...account, departmentCode: busiest.code } : account,
    ),
    ...secondAccounts,
    ...others.map(
      ({ code }, index): DemonstrationAccount => ({
        accountNo: String(902 + index).padStart(4, '0'),
        name: names[index] ?? '',
        role: 'departmentOperator',
        departmentCode: code,
      }),
    ),
    ...patrols.map(
      ({ collectorNo, collectorName }): DemonstrationAccount => ({
        accountNo: collectorNo,
        name: collectorName,
        role: 'collector',
      }),
    ),
  ]
}

export const actorOf = ({ accountNo, name, role, departmentCode }: DemonstrationAccount): CaseActor => ({
  accountNo,
  name,
  role,
  departmentCode: departmentCode ?? null,
})

function operatorNames(count: number): readonly string[] {
  const families = [...'姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文']
  const given = '明辉 淑兰 建业 丽娟 洪涛 爱民 晓峰 玉洁 德胜 雅琴 卫东 秋月 世杰'.split(' ')
  const all = families.map((family, index) => family + (given[index % given.length] ?? ''))
  return chanceOf(902).shuffle(all).slice(0, count)
}
