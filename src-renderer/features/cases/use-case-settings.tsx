import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { ReferenceDocument, ReferenceKind } from '#shared/contracts/reference'
import type { CentreProfile } from '#shared/domain/case/profile'
import { type WorkCalendar, workCalendarOf } from '#shared/domain/clock/work-calendar'
import { useBridge, useTopic } from '../../bridge/react'

/**
 * What a centre has settled, read from its reference documents once per pane: working calendar, profile, names of streets and departments. It is
 * read again when a document's hash changes. It holds no cases.
 */
export interface CaseSettings {
  /** Usual office hours where no calendar is here yet. */
  readonly calendar: WorkCalendar
  /** In force for new cases; null while none is here: what depends on it is left to the centre. */
  readonly profile: CentreProfile | null
  /** All profiles by id: a case finishes under the one it was registered with. */
  readonly profiles: ReadonlyMap<string, CentreProfile>
  /** Names by code. */
  readonly streets: ReadonlyMap<string, string>
  readonly communities: ReadonlyMap<string, string>
  readonly departments: readonly { readonly code: string; readonly name: string }[]
  readonly handbook: ReferenceDocument<'handbook'> | null
}

const wantedKinds: readonly ReferenceKind[] = ['calendar', 'centreProfile', 'areas', 'departments', 'handbook']
const SettingsContext = createContext<CaseSettings | undefined>(undefined)

/** Reads the settings for everything below it. */
export function CaseSettingsProvider({ children }: { readonly children: ReactNode }) {
  return <SettingsContext value={useReadSettings()}>{children}</SettingsContext>
}

/** Undefined until the documents were read for the first time. */
export function useCaseSettings(): CaseSettings | undefined {
  return useContext(SettingsContext)
}

function useReadSettings(): CaseSettings | undefined {
  const bridge = useBridge()
  const entries = useTopic('reference.changed')?.entries
  const wanted = useMemo(() => entries?.filter(({ kind }) => wantedKinds.includes(kind)), [entries])
  const key = wanted?.map(({ kind, id, hash }) => `${kind}/${id}@${hash}`).join(' ')
  const [settings, setSettings] = useState<CaseSettings>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the documents wanted.
  useEffect(() => {
    if (wanted === undefined) return
    let isCurrent = true
    void Promise.all(wanted.map(({ kind, id }) => bridge.call('reference.get', { kind, id }))).then((answers) => {
      if (isCurrent) setSettings(settingsOf(answers.flatMap((answer) => (answer.ok ? [answer.value.document] : []))))
    })
    return () => {
      isCurrent = false
    }
  }, [bridge, key])

  return settings
}

/** Pure: the documents in the order of the manifest; of what there should be one, the first counts. */
export function settingsOf(documents: readonly ReferenceDocument[]): CaseSettings {
  const of = <K extends ReferenceKind>(kind: K) => documents.filter((each): each is ReferenceDocument<K> => each.kind === kind)
  // The schema and the domain describe the same document; its limits are keyed by state.
  const profiles = of('centreProfile') as unknown as readonly CentreProfile[]
  const areas = of('areas')[0]
  return {
    calendar: workCalendarOf(of('calendar')),
    profile: profiles[0] ?? null,
    profiles: new Map(profiles.map((profile) => [profile.profileId, profile])),
    streets: new Map(areas?.streets.map(({ code, name }) => [code, name])),
    communities: new Map(areas?.communities.map(({ code, name }) => [code, name])),
    departments: of('departments')[0]?.departments.map(({ code, name }) => ({ code, name })) ?? [],
    handbook: of('handbook')[0] ?? null,
  }
}
