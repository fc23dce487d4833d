import type { Annotation } from '#shared/domain/annotation/annotation'

/** One photo as the screen shows it. Where it comes from, and whether somebody may see it, is settled before it gets here. */
export interface Photo {
  readonly photoId: string
  /** `blob:`, `data:` or an address of our own origin; null while it is still being fetched. */
  readonly src: string | null
  /** What is on it, for people who cannot see it. */
  readonly alt: string
  readonly caption: PhotoCaption
  /** Marks in places relative to the upright picture. */
  readonly annotations: readonly Annotation[]
  /** Faces and number plates were hidden before the photo came here: `src` itself is pixelated. */
  readonly isMasked?: boolean
  /** It comes from this PC because the centre is away; there may be newer ones. */
  readonly isCached?: boolean
  /** Why it could not be fetched, as a sentence; null or absent when nothing failed. */
  readonly failure?: string | null
}

/** The strip under a photo: `2026-11-20 08:29`, `采集员 12 核实`, and how far from the place of the case it was taken, in metres. */
export interface PhotoCaption {
  readonly at: string
  readonly who: string
  readonly distanceM?: number | null
}
