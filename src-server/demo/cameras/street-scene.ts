import { type Chance, chanceOf } from '../city/random'
import type { YuvPicture } from './plain-coder'

/** A street that a demonstration camera sees: houses, cars that drive, and the camera's number and clock drawn into the picture. */
export interface StreetScene {
  /** What is seen at a moment; the same moment always gives the same picture. */
  draw(atEpochMs: number): YuvPicture
}

export const sceneSize = { width: 640, height: 368, shownHeight: 360 } as const

type Rgb = readonly [number, number, number]

interface Car {
  readonly top: number
  readonly length: number
  /** Points per second; negative drives to the left. */
  readonly speed: number
  readonly start: number
  readonly colour: Yuv
}

interface Yuv {
  readonly y: number
  readonly u: number
  readonly v: number
}

const { width, height, shownHeight } = sceneSize
const roadTop = 236
const walls: readonly Rgb[] = [
  [188, 162, 132],
  [160, 172, 186],
  [142, 126, 118],
  [196, 188, 170],
  [122, 138, 150],
]
const carColours: readonly Rgb[] = [
  [214, 52, 44],
  [236, 236, 232],
  [44, 92, 176],
  [238, 178, 40],
  [58, 62, 68],
  [70, 140, 88],
]

/** `isNight`: dark, empty and still, but for the clock. */
export function createStreetScene(cameraNo: string, isNight: boolean): StreetScene {
  const random = chanceOf(Number(cameraNo))
  const dim = isNight ? 0.28 : 1
  const ground = emptyPicture()
  drawGround(ground, random, dim)
  const cars = isNight ? [] : Array.from({ length: 7 }, (_, index) => carOf(random, index))
  return {
    draw(atEpochMs) {
      const picture = { ...ground, y: ground.y.slice(), u: ground.u.slice(), v: ground.v.slice() }
      for (const car of cars) drawCar(picture, car, atEpochMs)
      drawText(picture, clockText(atEpochMs), width - 16 - 19 * 12, 12)
      drawText(picture, cameraNo, 16, shownHeight - 26)
      return picture
    },
  }
}

function carOf(random: Chance, index: number): Car {
  const goesRight = index % 2 === 0
  const colour = carColours[random.below(carColours.length)] ?? carColours[0]
  return {
    top: roadTop + (goesRight ? 62 : 18) + (index % 3) * 8,
    length: 38 + random.below(5) * 10,
    speed: (goesRight ? 1 : -1) * (40 + random.below(110)),
    start: random.below(2_000),
    colour: toYuv(colour ?? [200, 60, 50], 1),
  }
}

/** Cars drive round a street three pictures long, so that it is empty at times. */
function drawCar(picture: YuvPicture, { top, length, speed, start, colour }: Car, at: number): void {
  const way = width * 3
  const place = start + (speed * (at % 86_400_000)) / 1_000
  const left = Math.round((((place % way) + way) % way) - length)
  fill(picture, left, top, length, 20, colour)
  fill(picture, left + 8, top - 8, length - 16, 8, toYuv([60, 74, 86], 1))
  for (const wheel of [left + 6, left + length - 12]) fill(picture, wheel, top + 18, 6, 6, toYuv([24, 24, 26], 1))
}

function drawGround(picture: YuvPicture, random: Chance, dim: number): void {
  fill(picture, 0, 0, width, 120, toYuv([158, 190, 218], dim))
  fill(picture, 0, 120, width, roadTop - 120, toYuv([186, 206, 222], dim))
  for (let left = 0; left < width; ) {
    const wide = 56 + random.below(9) * 8
    const tall = 90 + random.below(120)
    fill(picture, left, roadTop - tall, wide - 4, tall, toYuv(walls[random.below(walls.length)] ?? [160, 160, 160], dim))
    for (let y = roadTop - tall + 12; y < roadTop - 24; y += 22)
      for (let x = left + 8; x < left + wide - 18; x += 18) {
        const isLit = dim < 1 && random.below(5) === 0
        fill(picture, x, y, 8, 12, isLit ? toYuv([238, 206, 120], 1) : toYuv([70, 84, 98], dim))
      }
    left += wide
  }
  fill(picture, 0, roadTop, width, height - roadTop, toYuv([96, 98, 102], dim))
  fill(picture, 0, roadTop, width, 8, toYuv([150, 148, 142], dim))
  for (let left = 8; left < width; left += 48) fill(picture, left, roadTop + 54, 24, 4, toYuv([226, 222, 206], dim))
  const crossing = 180 + random.below(200)
  for (let line = 0; line < 7; line++) fill(picture, crossing + line * 16, roadTop + 10, 8, 100, toYuv([226, 226, 222], dim))
}

function emptyPicture(): YuvPicture {
  const quarter = (width / 2) * (height / 2)
  return {
    width,
    height,
    y: new Uint8Array(width * height).fill(16),
    u: new Uint8Array(quarter).fill(128),
    v: new Uint8Array(quarter).fill(128),
  }
}

function fill(picture: YuvPicture, left: number, top: number, wide: number, tall: number, { y, u, v }: Yuv): void {
  const [x0, x1] = [Math.max(0, left), Math.min(width, left + wide)]
  const [y0, y1] = [Math.max(0, top), Math.min(height, top + tall)]
  if (x1 <= x0) return
  for (let line = y0; line < y1; line++) picture.y.fill(y, line * width + x0, line * width + x1)
  const half = width / 2
  for (let line = y0 >> 1; line < (y1 + 1) >> 1; line++) {
    picture.u.fill(u, line * half + (x0 >> 1), line * half + ((x1 + 1) >> 1))
    picture.v.fill(v, line * half + (x0 >> 1), line * half + ((x1 + 1) >> 1))
  }
}

/** ITU-R BT.601 in studio range. */
function toYuv([r, g, b]: Rgb, dim: number): Yuv {
  const [red, green, blue] = [r * dim, g * dim, b * dim]
  return {
    y: Math.round(16 + 0.257 * red + 0.504 * green + 0.098 * blue),
    u: Math.round(128 - 0.148 * red - 0.291 * green + 0.439 * blue),
    v: Math.round(128 + 0.439 * red - 0.368 * green - 0.071 * blue),
  }
}

/** Beijing time, as cameras write it. */
function clockText(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

/** Five by seven points a sign, a row each from the top, the leftmost point highest. */
const signs: Readonly<Record<string, readonly number[]>> = {
  '0': [14, 17, 19, 21, 25, 17, 14],
  '1': [4, 12, 4, 4, 4, 4, 14],
  '2': [14, 17, 1, 2, 4, 8, 31],
  '3': [31, 2, 4, 2, 1, 17, 14],
  '4': [2, 6, 10, 18, 31, 2, 2],
  '5': [31, 16, 30, 1, 1, 17, 14],
  '6': [6, 8, 16, 30, 17, 17, 14],
  '7': [31, 1, 2, 4, 8, 8, 8],
  '8': [14, 17, 17, 14, 17, 17, 14],
  '9': [14, 17, 17, 15, 1, 2, 12],
  '-': [0, 0, 0, 31, 0, 0, 0],
  ':': [0, 4, 4, 0, 4, 4, 0],
}

const point = 2

function drawText(picture: YuvPicture, text: string, left: number, top: number): void {
  const [white, black] = [toYuv([255, 255, 255], 1), toYuv([0, 0, 0], 1)]
  fill(picture, left - 4, top - 4, text.length * 6 * point + 6, 7 * point + 8, black)
  ;[...text].forEach((sign, place) => {
    signs[sign]?.forEach((row, line) => {
      for (let bit = 0; bit < 5; bit++)
        if ((row >> (4 - bit)) & 1) fill(picture, left + (place * 6 + bit) * point, top + line * point, point, point, white)
    })
  })
}
