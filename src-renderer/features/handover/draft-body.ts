import { type DutyLogKind, dutyLogKinds } from '#shared/domain/duty-log/duty-log'
import { type DutyLogLink, linkKinds } from '#shared/domain/duty-log/seal'

/** What is being typed into the duty log, as it is kept in the core's drafts. */
export interface DutyLogDraftBody {
  readonly kind: DutyLogKind
  readonly text: string
  readonly links: readonly DutyLogLink[]
}

export const emptyDraft: DutyLogDraftBody = { kind: 'event', text: '', links: [] }

export const isDutyLogKind = (value: unknown): value is DutyLogKind => typeof value === 'string' && Object.hasOwn(dutyLogKinds, value)

export const draftToBody = ({ kind, text, links }: DutyLogDraftBody): string =>
  JSON.stringify({ kind, text, ...(links.length > 0 && { links }) })

/** Reads a kept draft. Bare text (a withdrawn record comes back as its text) becomes an event, so that no words are ever thrown away. */
export function draftFromBody(body: string | null): DutyLogDraftBody {
  if (body === null || body === '') return emptyDraft
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed === 'object' && parsed !== null && 'text' in parsed && typeof parsed.text === 'string') {
      const kind = 'kind' in parsed && isDutyLogKind(parsed.kind) ? parsed.kind : emptyDraft.kind
      return { kind, text: parsed.text, links: 'links' in parsed && Array.isArray(parsed.links) ? parsed.links.filter(isLink) : [] }
    }
  } catch {
    // Not JSON: somebody's words, kept as they are below.
  }
  return { ...emptyDraft, text: body }
}

function isLink(value: unknown): value is DutyLogLink {
  if (typeof value !== 'object' || value === null) return false
  const { to, id, label } = value as Partial<Record<keyof DutyLogLink, unknown>>
  return typeof to === 'string' && Object.hasOwn(linkKinds, to) && typeof id === 'string' && typeof label === 'string'
}
