import type { ReferenceDocument } from '#shared/contracts/reference'
import { roles } from '#shared/domain/account/role'
import { Fact, SectionTitle } from '../../ui/pane-header'

/** The score form of 质检 as it stands; it is changed in the pane 质检, by whom it names. */
export function QualityFormView({ document }: { readonly document: ReferenceDocument<'qualityForm'> }) {
  const { version, passMark, appealDays, plan, editors, sections } = document
  return (
    <>
      <SectionTitle title={document.title} meta={`第 ${version} 版`} />
      <dl className="ref-facts">
        <Fact name="抽样">{`每人每月抽 ${Math.round(plan.share * 1_000) / 10}%，至少 ${plan.minimum} 通`}</Fact>
        <Fact name="合格">{`${passMark} 分起；一票否决记 0 分`}</Fact>
        <Fact name="申诉">{`评分后 ${appealDays} 天内，一次`}</Fact>
        <Fact name="可修改">{editors.map((role) => roles[role]).join('、')}，在「质检」（Alt+J）里改</Fact>
        {sections.map(({ title, items }) => (
          <Fact key={title} name={title}>
            {items.map((item) => `${item.title}${item.isVeto ? '' : ` ${item.points}`}`).join('，')}
          </Fact>
        ))}
      </dl>
    </>
  )
}
