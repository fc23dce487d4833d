import type { Clock, Stop } from '#shared/base/clock'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { cellName } from '#shared/domain/wall/wall'

/**
 * What of the big screen goes into the duty log: cells that did not show what was asked for, and a wall that nobody drives any more, when it lasts. What comes
 * and goes within a minute stays in the wall's own record. Each incident is said once, and once more when it is over.
 */
const incidentAfterMs = 60_000

type Walls = StateOfTopic<'wall.changed'>['walls']

export interface WallIncidents {
  follow(walls: Walls): void
  readonly stop: Stop
}

export function createWallIncidents(clock: Pick<Clock, 'after'>, say: (text: string) => boolean): WallIncidents {
  /** By what is wrong: the timer until it is said, or that it was. */
  const open = new Map<string, { readonly words: string; isSaid: boolean; stop: Stop }>()
  return {
    follow(walls) {
      const wrong = new Map(walls.flatMap(wrongOf))
      for (const [key, words] of wrong) {
        if (open.has(key)) continue
        const incident = { words, isSaid: false, stop: () => {} }
        open.set(key, incident)
        incident.stop = clock.after(incidentAfterMs, () => {
          incident.isSaid = say(`${words}。`)
        })
      }
      for (const [key, { words, isSaid, stop }] of open) {
        if (wrong.has(key)) continue
        stop()
        open.delete(key)
        if (isSaid) say(`已恢复：${words}。`)
      }
    },
    stop() {
      for (const { stop } of open.values()) stop()
      open.clear()
    },
  }
}

function wrongOf({ wall }: Walls[number]): readonly (readonly [key: string, words: string])[] {
  if (wall.driver.status === 'lost') return [[`${wall.wallId}/driver`, `大屏“${wall.name}”控制中断${because(wall.driver.message)}`]]
  return wall.cells
    .filter(({ phase }) => phase === 'failed')
    .map(
      ({ cell, reason }) =>
        [`${wall.wallId}/${cellName(cell)}`, `大屏“${wall.name}”格 ${cellName(cell)} 没有按要求显示${because(reason)}`] as const,
    )
}

const because = (reason: string | null) => (reason === null || reason === '' ? '' : `：${reason}`)
