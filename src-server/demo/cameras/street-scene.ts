import { type Chance, chanceOf } from '../city/random'
import type { View } from './dome'
import type { YuvPicture } from './plain-coder'

/** A street that a demonstration camera sees: houses, cars that drive, and the camera's number and clock drawn into the picture. */
export interface StreetScene {
  /** What is seen at a moment that way; the same moment and view always give the same picture. */
  draw(atEpochMs: number, view: View): YuvPicture
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
/** The street is three pictures wide; a camera that is not turned sees the middle one. */
const worldWidth = width * 3
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
  const world = emptyPicture(worldWidth)
  drawGround(world, random, dim)
  const cars = isNight ? [] : Array.from({ length: 7 }, (_, index) => carOf(random, index))
  let seen = ''
  let ground = emptyPicture(width)
  return {
    draw(atEpochMs, view) {
      const window = windowOf(view)
      const key = `${window.left}/${window.top}/${window.scale}`
      if (key !== seen) {
        ground = cut(world, window)
        seen = key
      }
      const picture = { ...ground, y: ground.y.slice(), u: ground.u.slice(), v: ground.v.slice() }
      for (const car of cars) drawCar(picture, car, atEpochMs, window)
      drawText(picture, clockText(atEpochMs), width - 16 - 19 * 12, 12)
      drawText(picture, cameraNo, 16, shownHeight - 26)
      return picture
    },
  }
}

/** The part of the street that fills the picture, in points of the street. */
interface Window {
  readonly left: number
  readonly top: number
  /** Points of the picture to one of the street. */
  readonly scale: number
}

/** Up and down it sees a third of its height more; nearer, the middle of what it saw. */
function windowOf({ pan, tilt, zoom }: View): Window {
  const [wide, tall] = [width / zoom, shownHeight / zoom]
  const middleX = worldWidth / 2 + pan * (worldWidth / 2 - width / 2)
  const middleY = shownHeight / 2 - tilt * (shownHeight / 3)
  const even = (value: number) => Math.round(value / 2) * 2
  return { left: even(middleX - wide / 2), top: even(middleY - tall / 2), scale: zoom }
}

/** Beyond the edges of the street the last line goes on. */
function cut(world: YuvPicture, { left, top, scale }: Window): YuvPicture {
  const picture = emptyPicture(width)
  const plane = (from: Uint8Array, to: Uint8Array, of: 1 | 2) => {
    const [fromWidth, fromHeight, toWidth, toHeight] = [worldWidth / of, height / of, width / of, height / of]
    for (let y = 0; y < toHeight; y++) {
      const line = Math.max(0, Math.min(fromHeight - 1, Math.floor(top / of + y / scale)))
      for (let x = 0; x < toWidth; x++) {
        const column = Math.max(0, Math.min(fromWidth - 1, Math.floor(left / of + x / scale)))
        to[y * toWidth + x] = from[line * fromWidth + column] ?? 0
      }
    }
  }
  plane(world.y, picture.y, 1)
  plane(world.u, picture.u, 2)
  plane(world.v, picture.v, 2)
  return picture
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

/** Cars drive round the street, so that each part of it is empty at times. */
function drawCar(picture: YuvPicture, { top, length, speed, start, colour }: Car, at: number, window: Window): void {
  const way = worldWidth
  const place = start + (speed * (at % 86_400_000)) / 1_000
  const left = Math.round((((place % way) + way) % way) - length)
  const box = (x: number, y: number, wide: number, tall: number, of: Yuv) => {
    const at = (value: number, from: number) => Math.round((value - from) * window.scale)
    fill(picture, at(x, window.left), at(y, window.top), Math.round(wide * window.scale), Math.round(tall * window.scale), of)
  }
  box(left, top, length, 20, colour)
  box(left + 8, top - 8, length - 16, 8, toYuv([60, 74, 86], 1))
  for (const wheel of [left + 6, left + length - 12]) box(wheel, top + 18, 6, 6, toYuv([24, 24, 26], 1))
}

function drawGround(world: YuvPicture, random: Chance, dim: number): void {
  fill(world, 0, 0, worldWidth, 120, toYuv([158, 190, 218], dim))
  fill(world, 0, 120, worldWidth, roadTop - 120, toYuv([186, 206, 222], dim))
  for (let left = 0; left < worldWidth; ) {
    const wide = 56 + random.below(9) * 8
    const tall = 90 + random.below(120)
    fill(world, left, roadTop - tall, wide - 4, tall, toYuv(walls[random.below(walls.length)] ?? [160, 160, 160], dim))
    for (let y = roadTop - tall + 12; y < roadTop - 24; y += 22)
      for (let x = left + 8; x < left + wide - 18; x += 18) {
        const isLit = dim < 1 && random.below(5) === 0
        fill(world, x, y, 8, 12, isLit ? toYuv([238, 206, 120], 1) : toYuv([70, 84, 98], dim))
      }
    left += wide
  }
  fill(world, 0, roadTop, worldWidth, height - roadTop, toYuv([96, 98, 102], dim))
  fill(world, 0, roadTop, worldWidth, 8, toYuv([150, 148, 142], dim))
  for (let left = 8; left < worldWidth; left += 48) fill(world, left, roadTop + 54, 24, 4, toYuv([226, 222, 206], dim))
  const crossing = width + 180 + random.below(200)
  for (let line = 0; line < 7; line++) fill(world, crossing + line * 16, roadTop + 10, 8, 100, toYuv([226, 226, 222], dim))
}

function emptyPicture(wide: number): YuvPicture {
  const quarter = (wide / 2) * (height / 2)
  return {
    width: wide,
    height,
    y: new Uint8Array(wide * height).fill(16),
    u: new Uint8Array(quarter).fill(128),
    v: new Uint8Array(quarter).fill(128),
  }
}

function fill(picture: YuvPicture, left: number, top: number, wide: number, tall: number, { y, u, v }: Yuv): void {
  const { width: across } = picture
  const [x0, x1] = [Math.max(0, left), Math.min(across, left + wide)]
  const [y0, y1] = [Math.max(0, top), Math.min(height, top + tall)]
  if (x1 <= x0) return
  for (let line = y0; line < y1; line++) picture.y.fill(y, line * across + x0, line * across + x1)
  const half = across / 2
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
