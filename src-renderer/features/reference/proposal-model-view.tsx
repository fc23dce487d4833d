import type { ReferenceDocument } from '#shared/contracts/reference'
import { Fact } from '../../ui/pane-header'
import { formatDateTime } from '../../ui/time-format'

/** What the centre learned from, and when; the numbers in it say nothing to people. */
export function ProposalModelView({ document }: { readonly document: ReferenceDocument<'proposalModel'> }) {
  return (
    <dl>
      <Fact name="学自">
        {document.samples} 件已结案卷与 {document.labels.length} 个小类的手册条目
      </Fact>
      <Fact name="学成于">{formatDateTime(document.madeAt)}</Fact>
      <Fact name="用途">登记表里边写边提小类建议，说出依据的词；采不采纳由受理员定。中心每天重学一次，敏感件与回避件不学。</Fact>
    </dl>
  )
}
