import { useEffect, useMemo, useState } from 'react'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { useBridge, useTopic } from '../../bridge/react'
import { indexText } from '../../ui/pinyin-match'
import type { ReferenceFocus } from '../panes'
import type { Command } from './command'

type Entry = Omit<Command, 'run'> & { readonly focus: ReferenceFocus }

const searchedKinds = ['classification', 'areas', 'departments'] as const

/**
 * Subclasses, streets, communities and departments as commands. They are read when the command line opens for the first time and again when a
 * document changed (its hash tells); nothing is searched on the wire.
 */
export function useReferenceCommands(isWanted: boolean, open: (focus: ReferenceFocus) => void): readonly Command[] {
  const bridge = useBridge()
  const manifest = useTopic('reference.changed')?.entries
  const wanted = useMemo(() => (manifest ?? []).filter((entry) => (searchedKinds as readonly string[]).includes(entry.kind)), [manifest])
  const key = wanted.map((entry) => `${entry.kind}/${entry.id}@${entry.hash}`).join(' ')
  const [read, setRead] = useState<{ readonly key: string; readonly entries: readonly Entry[] }>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the documents wanted.
  useEffect(() => {
    if (!isWanted || read?.key === key) return
    let isCurrent = true
    void Promise.all(wanted.map(({ kind, id }) => bridge.call('reference.get', { kind, id }))).then((answers) => {
      if (!isCurrent) return
      const documents = answers.flatMap((answer) => (answer.ok ? [{ id: answer.value.entry.id, document: answer.value.document }] : []))
      const current = documents.filter(({ document }) => document.kind !== 'classification' || document.replacedBy === null)
      setRead({ key, entries: current.flatMap(({ id, document }) => entriesOf(id, document)) })
    })
    return () => {
      isCurrent = false
    }
  }, [isWanted, key, bridge])

  const entries = read?.entries
  return useMemo(() => (entries ?? []).map((entry) => ({ ...entry, run: () => open(entry.focus) })), [entries, open])
}

export function entriesOf(id: string, document: ReferenceDocument): readonly Entry[] {
  if (document.kind === 'classification') {
    return document.subclasses.map((each) => entry(document.kind, id, each, each.kind === 'component' ? '部件小类' : '事件小类', 'tag'))
  }
  if (document.kind === 'departments') return document.departments.map((each) => entry(document.kind, id, each, '责任单位', 'department'))
  if (document.kind === 'areas') {
    return [
      ...document.streets.map((each) => entry(document.kind, id, each, '街道', 'place')),
      ...document.communities.map((each) => entry(document.kind, id, each, '社区', 'place')),
    ]
  }
  return []
}

function entry(
  kind: ReferenceFocus['kind'],
  id: string,
  item: { readonly code: string; readonly name: string },
  group: string,
  icon: Command['icon'],
): Entry {
  return {
    id: `${kind}/${id}/${group}/${item.code}`,
    title: item.name,
    hint: item.code,
    group,
    icon,
    reason: null,
    index: indexText({ text: item.name, code: item.code }),
    rank: 1,
    focus: { kind, id, code: item.code },
  }
}
