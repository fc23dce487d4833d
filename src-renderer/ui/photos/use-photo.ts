import { useEffect, useState } from 'react'
import type { Photo } from './photo'

/** A photo whose pixels are here: `image` is decoded and knows its size, `photo` carries the marks that belong on it. */
export interface LoadedPhoto {
  readonly photo: Photo
  readonly image: HTMLImageElement
}

export interface PhotoLoad {
  /** What can be painted now. While another photo loads it is still the one before, with its own marks. */
  readonly shown: LoadedPhoto | null
  readonly status: 'loading' | 'ready' | 'failed'
  /** Why, as a sentence, when it failed. */
  readonly failure: string | null
  tryAgain(): void
}

interface Attempt {
  readonly src: string
  readonly image: HTMLImageElement | null
}

/** Loads a photo before it is shown, so that its marks, above all what a mosaic hides, are painted in the same frame as its pixels. */
export function usePhoto(photo: Photo): PhotoLoad {
  const [attemptNo, setAttemptNo] = useState(0)
  const [finished, setFinished] = useState<Attempt | null>(null)
  const [lastLoaded, setLastLoaded] = useState<LoadedPhoto | null>(null)
  const { src } = photo

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt loads the same address again.
  useEffect(() => {
    if (src === null) return
    let isCurrent = true
    const image = new Image()
    image.src = src
    image.decode().then(
      () => isCurrent && setFinished({ src, image }),
      () => isCurrent && setFinished({ src, image: null }),
    )
    return () => {
      isCurrent = false
    }
  }, [src, attemptNo])

  const isFinished = finished !== null && finished.src === src
  const now = isFinished && finished.image ? { photo, image: finished.image } : null
  if (now && (lastLoaded?.photo !== photo || lastLoaded.image !== now.image)) setLastLoaded(now)

  const isFailed = !now && (isFinished || Boolean(photo.failure))
  return {
    shown: now ?? lastLoaded,
    status: now ? 'ready' : isFailed ? 'failed' : 'loading',
    failure: isFailed ? (photo.failure ?? '这张照片打不开，可能没有传完整。') : null,
    tryAgain: () => {
      setFinished(null)
      setAttemptNo(attemptNo + 1)
    },
  }
}
