import type { ReferenceDocument } from '#shared/contracts/reference'
import { type RoleId, roles } from '#shared/domain/account/role'
import { type HotlineSettings, usualHotlineSettings } from '#shared/domain/call/hotline'
import { type CaseSource, type CaseState, caseSources, caseStates } from '#shared/domain/case/states'
import { describeLimit, type Limit } from '#shared/domain/clock/limit'
import { type ShiftSettings, usualShiftSettings } from '#shared/domain/shift/leaving'
import { Fact, SectionTitle } from '../../ui/pane-header'
import type { DocumentViewProps } from './document-view'

/** The settings of a centre in words. They are changed as a whole, by importing a checked file; a case finishes under the one it began with. */
const roleNames = (ids: readonly string[]) => ids.map((id) => roles[id as RoleId]).join('、')
const sourceNames = (ids: readonly string[]) => (ids.length === 0 ? '无' : ids.map((id) => caseSources[id as CaseSource].name).join('、'))
const percent = (share: number) => `${Math.round(share * 100)} %`

function hotlineWords({ isWrapUpCodeCompulsory, wrapUpSeconds, masksNumbers }: HotlineSettings = usualHotlineSettings): string {
  const code = isWrapUpCodeCompulsory ? '必须选小结才能示闲' : '小结可不选'
  return `话后整理 ${wrapUpSeconds} 秒，${code}，来电号码${masksNumbers ? '遮住中间几位，显示须记入审计' : '直接显示'}`
}

const shiftWords = ({ leavingPostMinutes, leavingWarnMinutes }: ShiftSettings = usualShiftSettings): string =>
  `离开坐席 ${leavingPostMinutes} 分钟为脱岗限，提前 ${leavingWarnMinutes} 分钟提醒本人，到限告诉值班长`

export function ProfileView({ document }: DocumentViewProps<ReferenceDocument<'centreProfile'>>) {
  const { authority, followUp } = document
  const nodes = Object.entries(document.nodeLimits) as [CaseState, Limit][]
  return (
    <>
      <SectionTitle title={document.title} meta={document.profileId} />
      <dl className="ref-facts">
        <Fact name="延期由谁批">{`${roleNames(authority.extend)}；合计不超过原时限的 ${percent(document.extensionCap)}，占比到 ${percent(document.extensionShareWarning)} 预警`}</Fact>
        <Fact name="缓办由谁批">{roleNames(authority.suspend)}</Fact>
        <Fact name="回退由谁批">{roleNames(authority.sendBack)}</Fact>
        <Fact name="无核查结案由谁批">{roleNames(authority.closeWithoutCheck)}</Fact>
        <Fact name="作废">{`${roleNames(authority.voidReview)}初审，${roleNames(authority.voidConsent)}同意，须两个人`}</Fact>
        <Fact name="督查处置结果">{roleNames([document.reviewsHandling])}</Fact>
        <Fact name="须先核实的来源">{sourceNames(document.verifiedFirst)}</Fact>
        <Fact name="须回访的来源">{`${sourceNames(followUp.sources)}；无人接听满 ${followUp.attempts} 个时段可结案`}</Fact>
        <Fact name="抽样回访">{`办结而未回访的抽 ${Math.round((followUp.sampleShare ?? 0) * 100)}%`}</Fact>
        <Fact name="节点时限">{nodes.map(([state, limit]) => `${caseStates[state].name} ${describeLimit(limit)}`).join('，')}</Fact>
        <Fact name="自动催办">{document.autoUrgeShare === 0 ? '不自动催办' : `时限剩 ${percent(document.autoUrgeShare)} 仍未回报时`}</Fact>
        <Fact name="撤销">{`办理后 ${document.undoSeconds} 秒内，下一人看到之前`}</Fact>
        <Fact name="分类标准">{document.classification}</Fact>
        <Fact name="市民打开的网址">{document.publicAddress ?? '没有写：传照片的链接用坐席连接中心的地址'}</Fact>
        <Fact name="热线">{hotlineWords(document.hotline)}</Fact>
        <Fact name="脱岗">{shiftWords(document.shift)}</Fact>
      </dl>
    </>
  )
}
