import type { AnnotationColour } from '#shared/domain/annotation/annotation'

/** Colours of marks lie on photos, not on panes: the same in both themes and in what is sent out. `markHalo` sets them off from any ground. */
export const markColours: Readonly<Record<AnnotationColour, string>> = { red: '#e5202b', yellow: '#ffd21f', blue: '#2f7dff' }

export const markHalo: Readonly<Record<AnnotationColour, string>> = {
  red: 'rgba(255,255,255,0.75)',
  yellow: 'rgba(0,0,0,0.6)',
  blue: 'rgba(255,255,255,0.75)',
}

/** How much wider than the line the halo is. */
export const haloRatio = 1.7
