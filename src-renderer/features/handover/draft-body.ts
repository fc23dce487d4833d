import { type DutyLogKind, dutyLogKinds } from '#shared/domain/duty-log/duty-log'

/** What is being typed into the duty log, as it is kept in the core's drafts. */
export interface DutyLogDraftBody {
  readonly kind: DutyLogKind
  readonly text: string
}

export const emptyDraft: DutyLogDraftBody = { kind: 'event', text: '' }

export const isDutyLogKind = (value: unknown): value is DutyLogKind => typeof value === 'string' && Object.hasOwn(dutyLogKinds, value)

export const draftToBody = ({ kind, text }: DutyLogDraftBody): string => JSON.stringify({ kind, text })

/** Reads a kept draft. Bare text (a withdrawn record comes back as its text) becomes an event, so that no words are ever thrown away. */
export function draftFromBody(body: string | null): DutyLogDraftBody {
  if (body === null || body === '') return emptyDraft
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed === 'object' && parsed !== null && 'text' in parsed && typeof parsed.text === 'string') {
      const kind = 'kind' in parsed && isDutyLogKind(parsed.kind) ? parsed.kind : emptyDraft.kind
      return { kind, text: parsed.text }
    }
  } catch {
    // Not JSON: somebody's words, kept as they are below.
  }
  return { ...emptyDraft, text: body }
}
