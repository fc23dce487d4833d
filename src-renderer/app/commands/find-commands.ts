import { matchIndexed } from '../../ui/pinyin-match'
import type { Command } from './command'

/** As many as fit the sheet on the smallest screen with scrolling of one page; more would only ask for better words. */
export const shownLimit = 30

export interface FoundCommand {
  readonly command: Command
  /** Characters of the title that were hit. */
  readonly positions: readonly number[]
}

/**
 * What the typed words mean, best first, at most `shownLimit`. Without words: the actions, which teaches what is there. Pure; measured at
 * 1,500 entries in its test.
 */
export function findCommands(query: string, commands: readonly Command[]): readonly FoundCommand[] {
  if (query.trim() === '') {
    return commands.filter((command) => command.rank === 0).map((command) => ({ command, positions: [] }))
  }
  const hits: { readonly command: Command; readonly positions: readonly number[]; readonly score: number; readonly order: number }[] = []
  commands.forEach((command, order) => {
    const hit = matchIndexed(query, command.index)
    if (hit) hits.push({ command, positions: hit.positions, score: hit.score, order })
  })
  return hits
    .sort(
      (a, b) =>
        b.score - a.score || a.command.rank - b.command.rank || a.command.title.length - b.command.title.length || a.order - b.order,
    )
    .slice(0, shownLimit)
    .map(({ command, positions }) => ({ command, positions }))
}
