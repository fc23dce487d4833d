import { useDeferredValue, useMemo } from 'react'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { believed, type Model, type Proposal, propose } from '#shared/domain/proposals/classifier'
import { withoutPlace } from '#shared/domain/proposals/samples'
import type { RegistrationDraft } from '../registration-draft'

/** Too few characters say nothing, and what is guessed from them changes with every key. */
const fewestCharacters = 4

/** What the words so far speak of, from the model that this seat holds: the centre is not asked. */
export function useProposals(document: ReferenceDocument<'proposalModel'> | undefined, draft: RegistrationDraft): readonly Proposal[] {
  const text = useDeferredValue(`${draft.cause} ${draft.course}`.trim())
  const { address } = draft
  return useMemo(
    () => (document === undefined || text.length < fewestCharacters ? [] : propose(document as Model, withoutPlace(text, address))),
    [document, text, address],
  )
}

/** Codes to look for duplicates of, the chosen one or those believed in. */
export const codesToAskFor = ({ subclassCode }: RegistrationDraft, proposals: readonly Proposal[]): readonly string[] =>
  subclassCode !== '' ? [subclassCode] : believed(proposals).map(({ label }) => label.split('/')[1] ?? '')
