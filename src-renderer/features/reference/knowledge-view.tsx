import type { ReferenceDocument } from '#shared/contracts/reference'
import { articleKindIds, articleKinds } from '#shared/domain/knowledge/article'
import { Fact } from '../../ui/pane-header'

/** How much is in it; it is read, searched and kept in the pane of its own. */
export function KnowledgeView({ document }: { readonly document: ReferenceDocument<'knowledge'> }) {
  const { articles } = document
  return (
    <dl>
      {articleKindIds.map((kind) => (
        <Fact key={kind} name={articleKinds[kind].name}>
          {articles.filter((article) => article.kind === kind).length} 条，{articleKinds[kind].meaning}
        </Fact>
      ))}
      <Fact name="待核">{articles.filter(({ isCertain }) => !isCertain).length} 条须由中心核定，答复前先核对</Fact>
      <Fact name="用途">在「知识库」（Alt+K）查、引用；平台主管与平台助理在那里修改，各版都留着。</Fact>
    </dl>
  )
}
