/** The sheet on which the demonstration's pictures are drawn, in units, and its few colours. */
import type { Colour } from './canvas'

export const [width, height] = [1280, 960]

export const grey = (light: number): Colour => [light, light, light]
export const wood: Colour = [139, 101, 66]
export const green: Colour = [84, 140, 76]
export const red: Colour = [190, 60, 52]
export const blue: Colour = [60, 104, 168]
export const dark = grey(44)
