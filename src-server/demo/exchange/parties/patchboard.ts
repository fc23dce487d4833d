import type { Frame } from '../speech/frames'

/** One end of a conversation: a telephone of ours, or somebody played. */
export interface Party {
  /** As others are told who this is. */
  readonly identity: CallerId
  /** What the other side says now. */
  hear(frame: Frame): void
  /** The other side pressed a key. */
  press(digit: string, durationMs: number): void
  /** The other side put this one on hold, or took it back. */
  setHeld(isHeld: boolean): void
  /** Only of an announcement that wants a key: whether it waits for one now. */
  asksForKey?(): boolean
  /** The other side has gone: this one goes, too. */
  end(): void
}

/** `number` null: there is one, and it is not told (RFC 3323). */
export interface CallerId {
  readonly number: string | null
  readonly name: string | null
}

/** Who talks with whom: pairs, and whoever takes part in one (`supervision.ts`). */
export interface Patchboard {
  /** What `from` says now goes to whoever hears it. */
  say(from: Party, frame: Frame): void
  /** Both are taken away from whoever they talked with, who hears silence then. */
  connect(one: Party, other: Party): void
  /** Takes a party out; the other one is still there. */
  release(party: Party): Party | null
  /** The party has gone by itself. */
  gone(party: Party): void
  otherOf(party: Party): Party | null
}

/** Somebody who takes part in a pair routes its speech. False: nobody does. */
export type Tap = (from: Party, other: Party | null, frame: Frame) => boolean

export function createPatchboard(tap: () => Tap | null = () => null): Patchboard {
  const others = new Map<Party, Party>()
  const release = (party: Party): Party | null => {
    const other = others.get(party) ?? null
    others.delete(party)
    if (other) others.delete(other)
    return other
  }
  return {
    say: (from, frame) => {
      const other = others.get(from) ?? null
      if (!tap()?.(from, other, frame)) other?.hear(frame)
    },
    connect: (one, other) => {
      release(one)
      release(other)
      others.set(one, other)
      others.set(other, one)
    },
    release,
    gone: (party) => release(party)?.end(),
    otherOf: (party) => others.get(party) ?? null,
  }
}
