import type { Clock, EpochMs, Stop } from '#shared/base/clock'
import type { Result } from '#shared/base/result'

/**
 * Sends what is being typed to the core often enough that a crash costs less than a second of text, and rarely enough that typing stays free:
 * `debounceMs` after the last key, but never later than `maxWaitMs` after the first unsaved one. Saves never overlap and never go backwards.
 * It knows neither the bridge nor React.
 */
export interface DraftSaver {
  changed(body: string): void
  /** Saves what is unsaved now (blur, page hidden). */
  flush(): void
  /** Holds saves back while the text is being submitted: one that overtook the submission would bring the accepted text back as a draft. */
  pause(): void
  /** Goes on saving, because the submission failed. */
  resume(): void
  /** Forgets unsaved text and goes on, because it was accepted. */
  forget(): void
  /** Whether the core has everything that was typed. */
  isSaved(): boolean
  /** Flushes, then stops the timers. */
  stop: Stop
}

export interface DraftSaverOptions<E> {
  readonly clock: Pick<Clock, 'now' | 'after'>
  readonly debounceMs: number
  readonly maxWaitMs: number
  save(body: string): Promise<Result<{ readonly savedAt: EpochMs }, E>>
  onSaved(savedAt: EpochMs): void
  onFailed(error: E): void
}

export function createDraftSaver<E>(options: DraftSaverOptions<E>): DraftSaver {
  const { clock, debounceMs, maxWaitMs } = options
  let unsaved: { body: string; readonly since: EpochMs } | undefined
  let isSaving = false
  let stopTimer: Stop = () => {}
  let generation = 0
  let isPaused = false

  function schedule(): void {
    stopTimer()
    if (!unsaved || isPaused) return
    const untilDeadline = unsaved.since + maxWaitMs - clock.now()
    stopTimer = clock.after(Math.max(0, Math.min(debounceMs, untilDeadline)), saveNow)
  }

  function saveNow(): void {
    stopTimer()
    if (!unsaved || isSaving || isPaused) return
    const { body } = unsaved
    const mine = generation
    unsaved = undefined
    isSaving = true
    void options.save(body).then((answer) => {
      isSaving = false
      if (mine === generation) report(answer, body)
      if (unsaved) schedule()
    })
  }

  function report(answer: Result<{ readonly savedAt: EpochMs }, E>, body: string): void {
    if (answer.ok) {
      options.onSaved(answer.value.savedAt)
      return
    }
    options.onFailed(answer.error)
    // Kept for the next key or flush; newer text typed meanwhile is worth more.
    unsaved ??= { body, since: clock.now() + maxWaitMs }
  }

  return {
    changed(body) {
      unsaved = { body, since: unsaved?.since ?? clock.now() }
      if (!isSaving) schedule()
    },
    flush: saveNow,
    pause() {
      saveNow()
      isPaused = true
      stopTimer()
    },
    resume() {
      isPaused = false
      schedule()
    },
    forget() {
      isPaused = false
      generation += 1
      unsaved = undefined
      stopTimer()
    },
    isSaved: () => !unsaved && !isSaving,
    stop() {
      saveNow()
      stopTimer()
    },
  }
}
