/**
 * Writes docs/workflow.md from the transition table: states, who holds them, every action with its roles, inputs and rules, and the diagram.
 *   npm run workflow            writes
 *   npm run workflow -- --check fails when the file is not what the table says
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { roles } from '../src-shared/domain/account/role'
import { actionSpec, caseActions } from '../src-shared/domain/case/actions'
import { closingChecks } from '../src-shared/domain/case/closing-checks'
import { inputTitles } from '../src-shared/domain/case/inputs'
import { grantedState } from '../src-shared/domain/case/progress'
import { queueIds, queueSpec } from '../src-shared/domain/case/queues'
import { type CaseState, caseStateIds, caseStates, isEnd, stageIds, stages } from '../src-shared/domain/case/states'
import { type Transition, transitions } from '../src-shared/domain/case/transitions'
import { describeLimit } from '../src-shared/domain/clock/limit'

const root = join(import.meta.dirname, '..')
const file = join(root, 'docs/workflow.md')
const { document: profile } = JSON.parse(readFileSync(join(root, 'resources/reference/centre-profile-standard.json'), 'utf8'))

const profileRoles: Readonly<Record<string, string>> = { '@decider': '有权批的岗位', '@consenter': '第二位同意人', '@reviewer': '督查岗位' }
const roleName = (role: string) => profileRoles[role] ?? roles[role as keyof typeof roles] ?? role
const stateName = (state: CaseState) => `${caseStates[state].name} \`${state}\``
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n')

const moves = transitions.filter(({ to }) => to !== undefined)
const granted: readonly (readonly [CaseState, string, CaseState])[] = [
  ['dispatched', '同意缓办', grantedState.suspend ?? 'suspended'],
  ['dispatched', '同意回退', grantedState.sendBack ?? 'filed'],
  ['dispatched', '同意无核查结案', grantedState.closeWithoutCheck ?? 'checked'],
  ['dispatched', '同意作废（第二人）', 'voided'],
]

function diagram(): string {
  const groups = stageIds.map((stage) => {
    const states = caseStateIds.filter((state) => caseStates[state].stage === stage)
    return [
      `  subgraph ${stage}["${stages[stage].no} ${stages[stage].name}"]`,
      ...states.map((state) => `    ${state}["${caseStates[state].name}"]`),
      '  end',
    ].join('\n')
  })
  const labels = new Map<string, string[]>()
  const join2 = (from: CaseState, to: CaseState, label: string) => {
    const key = `${from} ${to}`
    labels.set(key, [...(labels.get(key) ?? []), label])
  }
  for (const { action, from, to } of moves) if (to && action !== 'reopen') join2(from, to, actionSpec(action).title)
  for (const [from, label, to] of granted) join2(from, to, label)
  const arrows = [...labels].map(([key, names]) => {
    const [from, to] = key.split(' ')
    return `  ${from} -->|${[...new Set(names)].join('、')}| ${to}`
  })
  return ['```mermaid', 'flowchart LR', ...groups, ...arrows, '```'].join('\n')
}

function stateRows(): string[][] {
  return caseStateIds.map((state) => {
    const { stage, heldBy } = caseStates[state]
    const limit = profile.nodeLimits[state]
    return [
      `${stages[stage].no} ${stages[stage].name}`,
      stateName(state),
      heldBy ? roleName(heldBy) : '办结',
      limit ? describeLimit(limit) : '—',
    ]
  })
}

function row({ action, from, to, roles: who, requires, guards }: Transition): string[] {
  const { title, key, isUndoable, isQueued } = actionSpec(action)
  const marks = [key, isUndoable ? '可撤销' : undefined, isQueued ? '离线排队' : undefined].filter(Boolean).join('、')
  return [
    caseStates[from].name,
    `${title} \`${action}\``,
    to ? caseStates[to].name : '不变',
    who.map(roleName).join('、'),
    requires.map((name) => inputTitles[name]).join('、') || '—',
    guards.map((guard) => `\`${guard}\``).join(' ') || '—',
    marks || '—',
  ]
}

/** Notes and requests allowed in many states are one line each. */
function gathered(): string[][] {
  const rest = transitions.filter(({ to }) => to === undefined)
  const byRule = new Map<string, { readonly first: Transition; readonly from: CaseState[] }>()
  for (const one of rest) {
    const key = JSON.stringify([one.action, one.roles, one.requires, one.guards])
    const known = byRule.get(key)
    if (known) known.from.push(one.from)
    else byRule.set(key, { first: one, from: [one.from] })
  }
  return [...byRule.values()].map(({ first, from }) => {
    const [, ...others] = row(first)
    const all = caseStateIds.filter((state) => !isEnd(state)).length
    return [from.length === all ? '所有未办结状态' : from.map((state) => caseStates[state].name).join('、'), ...others]
  })
}

const text = `# 案卷流程

本页由 \`npm run workflow\` 从 \`src-shared/domain/case\` 的流程表生成，请改表而不改本页。规则 \`guards\` 各有一句拒绝的话，见 \`contracts/errors.ts\`。
节点时限与授权岗位取自标准配置 \`resources/reference/centre-profile-standard.json\`，各中心可另配。

${diagram()}

办结的案卷可由值班长写明理由重新打开一次，回到待派遣。

## 状态

${table(['环节', '状态', '在谁手上', '节点时限'], stateRows())}

## 移交案卷的动作

${table(['从', '动作', '到', '岗位', '必填', '规则', '说明'], moves.map(row))}

结案前由结案人逐项核对 \`checkedOff\`：${Object.values(closingChecks).join('；')}。无核查结案以审批手续代替核查，没有这些项。
系统自己比对的（照片的位置与时间）和“超时原因属实”只提醒，不拦结案。

## 申请、审批与记录

${table(['何时', '动作', '到', '岗位', '必填', '规则', '说明'], gathered())}

## 队列

${table(
  ['队列', '岗位', '条件'],
  queueIds.map((id) => {
    const { title, roles: who, filter } = queueSpec(id)
    const { states, ...rest } = filter
    const where = [
      states ? states.map((state) => caseStates[state].name).join('、') : '',
      ...Object.entries(rest).map(([name, value]) => `\`${name}: ${JSON.stringify(value)}\``),
    ]
    const short = states && states.length > 10 ? ['所有未办结状态', ...where.slice(1)] : where
    return [`${title} \`${id}\``, who.map(roleName).join('、'), short.filter(Boolean).join('；')]
  }),
)}

共 ${Object.keys(caseActions).length} 种动作，${transitions.length} 条规则行。
`

if (!process.argv.includes('--check')) writeFileSync(file, text)
else if (readFileSync(file, 'utf8') !== text) {
  console.error('docs/workflow.md differs from the transition table: run npm run workflow and commit the result.')
  process.exitCode = 1
}
