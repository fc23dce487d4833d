import type { Quoted } from '#shared/domain/knowledge/article'
import { type Entry, quoteOf } from '#shared/domain/knowledge/entries'
import type { RegistrationDraft } from '../registration-draft'

/** Taking an entry of the knowledge into a report as the answer that was given. Pure. */
export const quotedIn = ({ quotedId, quotedEdition, quotedTitle, quotedBasis }: RegistrationDraft): Quoted | null =>
  quotedId === '' ? null : { sourceId: quotedId, edition: quotedEdition, title: quotedTitle, basis: quotedBasis }

/** A second article that is quoted adds its words; the ground is the one quoted last. A script is said and answers nothing. */
export function quoting(draft: RegistrationDraft, entry: Entry): Partial<RegistrationDraft> {
  const { sourceId, edition, title, basis } = quoteOf(entry)
  const said = draft.answer.includes(entry.text) ? draft.answer : [draft.answer.trim(), entry.text].filter(Boolean).join('\n')
  return { answer: said.slice(0, 2_000), quotedId: sourceId, quotedEdition: edition, quotedTitle: title, quotedBasis: basis }
}
