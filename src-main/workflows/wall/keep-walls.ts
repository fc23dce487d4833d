import type { Clock, EpochMs, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { wallReaders } from '#shared/contracts/central-api/walls'
import type { WallsView } from '#shared/contracts/seat-api/wall-views'
import type { RoleId } from '#shared/domain/account/role'
import { applyNews, entriesAfter, type WallNews } from '#shared/domain/wall/news'
import type { Entry, Wall } from '#shared/domain/wall/wall'
import type { Central, Publish } from '../ports'

/**
 * The walls as the centre has them, followed by news. News that do not continue what is held make it read everything anew; what is heard while it reads
 * is laid over what was read. It decides nothing and keeps nothing on disk: a wall from yesterday is worth nothing.
 */
export interface WallKeeper {
  entered(role: RoleId): void
  left(): void
  heard(news: WallNews): void
  /** The centre answers again, or the state of the centre is read anew. */
  readAgain(): void
  wall(wallId: string): Wall | undefined
  /** How the wall that this workstation drives does. */
  setDrives(drives: WallsView['drives']): void
  onChanged(listener: () => void): Stop
  stop(): void
}

interface Held {
  readonly wall: Wall
  readonly entries: readonly Entry[]
}

export interface WallKeeperParts {
  readonly central: Central
  readonly publish: Publish
  readonly clock: Clock
  readonly now: () => EpochMs
  readonly log: Log
}

const newestLines = 100
const againMs = 5_000

export function createWallKeeper({ central, publish, clock, now, log }: WallKeeperParts): WallKeeper {
  let held: readonly Held[] = []
  let readAt: EpochMs | null = null
  let drives: WallsView['drives'] = null
  let mayRead = false
  /** Counts sign-ins: what was asked for somebody else is dropped. */
  let turn = 0
  let isReading = false
  let isReadDue = false
  let meanwhile: WallNews[] = []
  let stopAgain: Stop = () => {}
  const listeners = new Set<() => void>()

  function show(): void {
    publish('wall.changed', { walls: held.map(({ wall, entries }) => ({ wall, entries: [...entries] })), readAt, drives })
    for (const listener of [...listeners]) listener()
  }

  /** False: the news do not connect. What is older than what is held is known already. */
  function take(news: WallNews): boolean {
    const known = held.find(({ wall }) => wall.wallId === news.wallId)
    if (known && news.head.revision <= known.wall.revision) return true
    const next = known && applyNews(known.wall, news)
    if (!known || !next) return false
    const entries = entriesAfter(known.entries, news, newestLines)
    held = held.map((one) => (one === known ? { wall: next, entries } : one))
    return true
  }

  async function read(): Promise<void> {
    isReadDue = true
    if (isReading) return
    isReading = true
    stopAgain()
    while (isReadDue && mayRead) {
      isReadDue = false
      const mine = turn
      meanwhile = []
      const answer = await central.call('walls.list', {})
      if (mine !== turn) continue
      if (!answer.ok) {
        log.info('walls not read', { code: answer.error.code })
        stopAgain = clock.after(againMs, () => void read())
        break
      }
      held = answer.value.items
      readAt = now()
      if (!meanwhile.every(take)) isReadDue = true
      show()
    }
    isReading = false
  }

  return {
    entered(role) {
      turn += 1
      mayRead = wallReaders.includes(role)
      held = []
      readAt = null
      show()
      if (mayRead) void read()
    },
    left() {
      turn += 1
      mayRead = false
      stopAgain()
      held = []
      readAt = null
      show()
    },
    heard(news) {
      if (!mayRead) return
      if (isReading) meanwhile.push(news)
      if (take(news)) show()
      else void read()
    },
    readAgain() {
      if (mayRead) void read()
    },
    wall: (wallId) => held.find(({ wall }) => wall.wallId === wallId)?.wall,
    setDrives(next) {
      drives = next
      show()
    },
    onChanged(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop() {
      mayRead = false
      turn += 1
      stopAgain()
    },
  }
}
