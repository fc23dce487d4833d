import { Button } from 'antd'
import type { Proposal } from '#shared/domain/proposals/classifier'
import { Kbd } from '../../../../ui/kbd'
import type { RegistrationPartProps } from '../registration-line'

/** 小类 as the words so far speak of it, each with the words that do. Nothing is filled in before somebody takes it. */
export function SubclassProposals({
  proposals,
  lists,
  onTake,
}: Pick<RegistrationPartProps, 'lists'> & { readonly proposals: readonly Proposal[]; onTake(label: string): void }) {
  const { edition } = lists
  const known = proposals.flatMap((proposal) => {
    const subclass = edition?.subclasses.find(({ kind, code }) => `${kind}/${code}` === proposal.label)
    return subclass ? [{ ...proposal, subclass }] : []
  })
  if (known.length === 0) return null
  return (
    <section className="reg-proposals" aria-label="小类建议">
      {known.map(({ label, words, subclass }, at) => (
        <Button key={label} size="small" type="dashed" onClick={() => onTake(label)}>
          <b>{subclass.name}</b>
          {words.length > 0 && <span className="cases-quiet">据{words.map((word) => `“${word}”`).join('')}</span>}
          {at === 0 && <Kbd>Alt+Q</Kbd>}
        </Button>
      ))}
    </section>
  )
}

/** The part of a draft that a class fills in; empty when the edition does not know it. */
export function classOf(label: string, { edition }: RegistrationPartProps['lists']) {
  const subclass = edition?.subclasses.find(({ kind, code }) => `${kind}/${code}` === label)
  if (!edition || !subclass) return {}
  const major = edition.majorClasses.find(({ kind, code }) => kind === subclass.kind && code === subclass.majorCode)
  return {
    ...{ kind: subclass.kind, standard: edition.standard, subclassCode: subclass.code, subclassName: subclass.name },
    majorName: major?.name ?? '',
  }
}
