import { useDeferredValue, useMemo } from 'react'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { classesToWire } from '#shared/domain/case/similarity'
import { believedClasses, type Model, type Proposal, propose } from '#shared/domain/proposals/classifier'
import { withoutPlace } from '#shared/domain/proposals/samples'
import type { RegistrationDraft } from '../registration-draft'

/** Too few characters say nothing, and what is guessed from them changes with every key. */
const fewestCharacters = 4

/** All of them: who is responsible is said by the many classes together, however little each is believed in. */
const mostAsked = Number.POSITIVE_INFINITY

/** What the words so far speak of, from the model that this seat holds: the centre is not asked. */
export function useProposals(document: ReferenceDocument<'proposalModel'> | undefined, draft: RegistrationDraft): readonly Proposal[] {
  const text = useDeferredValue(`${draft.cause} ${draft.course}`.trim())
  const { address } = draft
  return useMemo(
    () =>
      document === undefined || text.length < fewestCharacters ? [] : propose(document as Model, withoutPlace(text, address), mostAsked),
    [document, text, address],
  )
}

/** Classes to look for duplicates of, as they are asked for: the chosen one, or those believed in. */
export const classesToAskFor = ({ subclassCode }: RegistrationDraft, proposals: readonly Proposal[]): string =>
  classesToWire(subclassCode !== '' ? [{ subclassCode, belief: 1 }] : believedClasses(proposals))
