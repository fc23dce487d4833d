/** Draws a street corner with one thing wrong with it, or put right, and 演示 across it: nobody is to take it for a photo. */
import { type Chance, chanceOf } from '../city/random'
import { type Canvas, createCanvas, type Dot } from './canvas'
import { blue, dark, grey, height, red, width } from './measures'
import { paperPicture, subjects } from './subjects'
import { things } from './things'

/** Pixels for each unit in which the scenes below are told. */
const scale = 0.6
const kerb = 640

export function drawPicture(picture: number): Canvas {
  const canvas = createCanvas(width * scale, height * scale, scale)
  const chance = chanceOf(7_000 + picture - ((picture + 1) % 2))
  const subject = subjects[(picture - 1) >> 1]
  if (picture === paperPicture || subject === undefined) drawPaper(canvas)
  else {
    drawStreet(canvas, chance)
    things[subject](canvas, picture % 2 === 1, chance)
  }
  mark(canvas)
  return canvas
}

function drawStreet(canvas: Canvas, chance: Chance): void {
  for (let y = 0; y < 420; y += 1) canvas.rectangle(0, y, width, 1, [170 + y / 8, 196 + y / 12, 222])
  let x = 0
  while (x < width) {
    const [across, tall] = [chance.between(150, 300), chance.between(160, 360)]
    const light = chance.between(150, 205)
    canvas.rectangle(x, 480 - tall, across - 8, tall, [light, light * 0.95, light * 0.88])
    for (let up = 480 - tall + 24; up < 440; up += 60)
      for (let side = x + 20; side < x + across - 50; side += 56) canvas.rectangle(side, up, 30, 36, [96, 120, 142])
    x += across
  }
  canvas.rectangle(0, 480, width, kerb - 480, grey(188))
  for (let tile = -200; tile < width + 200; tile += 90)
    canvas.line(
      [
        [tile + 120, 480],
        [tile, kerb],
      ],
      3,
      grey(170),
    )
  canvas.rectangle(0, kerb, width, 16, grey(216))
  canvas.rectangle(0, kerb + 16, width, height - kerb - 16, grey(104))
  for (let dash = 40; dash < width; dash += 240)
    canvas.polygon(
      [
        [dash, 830],
        [dash + 130, 830],
        [dash + 120, 850],
        [dash - 14, 850],
      ],
      grey(236),
    )
}

function drawPaper(canvas: Canvas): void {
  canvas.rectangle(0, 0, width, height, grey(120))
  canvas.rectangle(330, 50, 620, 860, grey(250))
  canvas.rectangle(430, 110, 420, 26, dark)
  for (let y = 200; y < 700; y += 44) canvas.rectangle(400, y, y % 3 === 0 ? 480 : 420, 10, grey(170))
  canvas.ellipse(780, 790, 84, 84, red)
  canvas.ellipse(780, 790, 74, 74, grey(250))
  canvas.line(
    [
      [450, 800],
      [490, 760],
      [520, 810],
      [570, 770],
      [620, 800],
    ],
    8,
    blue,
  )
}

/** 演 and 示 as strokes in a square of a hundred, so that no font is needed. */
const strokes: readonly (readonly (readonly Dot[])[])[] = [
  [
    [
      [10, 12],
      [24, 24],
    ],
    [
      [6, 40],
      [20, 50],
    ],
    [
      [8, 92],
      [26, 62],
    ],
    [
      [62, 4],
      [62, 16],
    ],
    [
      [36, 30],
      [36, 19],
      [92, 19],
      [92, 30],
    ],
    [
      [44, 34],
      [84, 34],
    ],
    [
      [42, 44],
      [86, 44],
      [86, 76],
      [42, 76],
      [42, 44],
    ],
    [
      [42, 60],
      [86, 60],
    ],
    [
      [64, 34],
      [64, 76],
    ],
    [
      [54, 80],
      [40, 94],
    ],
    [
      [74, 80],
      [90, 94],
    ],
  ],
  [
    [
      [24, 18],
      [76, 18],
    ],
    [
      [8, 40],
      [92, 40],
    ],
    [
      [50, 40],
      [50, 90],
      [38, 84],
    ],
    [
      [28, 56],
      [12, 82],
    ],
    [
      [72, 56],
      [88, 82],
    ],
  ],
]

function mark(canvas: Canvas): void {
  canvas.rectangle(32, 32, 268, 136, grey(20))
  for (const [index, character] of strokes.entries())
    for (const stroke of character)
      canvas.line(
        stroke.map(([x, y]): Dot => [52 + index * 122 + x, 50 + y]),
        8,
        [255, 214, 80],
      )
}
