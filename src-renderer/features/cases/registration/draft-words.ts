import { caseSources } from '#shared/domain/case/states'
import type { RegistrationDraft } from './registration-draft'

/** A draft in one line, for the list of drafts: no name and no number of anybody. */
export function describeDraft({ source, subclassName, address, course }: RegistrationDraft): string {
  const words = [subclassName, address, course.replace(/\s+/g, ' ').trim()].filter((part) => part !== '')
  const start = source === '' ? '未选来源' : caseSources[source].name
  return words.length === 0 ? start : words.join(' ')
}
