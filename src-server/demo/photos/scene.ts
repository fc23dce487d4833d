/** Draws a street corner with one thing wrong with it, or put right, and 演示 across it: nobody is to take it for a photo. */
import { type Chance, chanceOf } from '../city/random'
import { type Canvas, type Colour, createCanvas, type Dot } from './canvas'
import { paperPicture, type Subject, subjects } from './subjects'

const [width, height] = [1280, 960]
/** Pixels for each unit in which the scenes below are told. */
const scale = 0.6
const kerb = 640

type Draw = (canvas: Canvas, isWrong: boolean, chance: Chance) => void

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

const grey = (light: number): Colour => [light, light, light]
const wood: Colour = [139, 101, 66]
const green: Colour = [84, 140, 76]
const red: Colour = [190, 60, 52]
const blue: Colour = [60, 104, 168]
const dark = grey(44)

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

function heap(canvas: Canvas, chance: Chance, at: Dot, colours: readonly [Colour, ...Colour[]], count = 26): void {
  for (let index = 0; index < count; index += 1) {
    const [aside, up] = [chance.between(-170, 170), chance.next() ** 2 * 110]
    const size = chance.between(22, 48)
    canvas.ellipse(at[0] + aside * (1 - up / 150), at[1] - up, size, size * 0.8, chance.pick(colours))
  }
}

function blots(canvas: Canvas, chance: Chance, colour: Colour, count: number, low = 690, high = 900): void {
  for (let index = 0; index < count; index += 1) {
    const across = chance.between(24, 110)
    canvas.ellipse(chance.between(160, 1120), chance.between(low, high), across, across * 0.28, colour)
  }
}

const pole = (canvas: Canvas, lean: number, tall: number, colour: Colour): Dot => {
  const top: Dot = [640 + lean, 600 - tall]
  canvas.line([[640, 610], top], 16, colour)
  return top
}

function box(canvas: Canvas, x: number, y: number, size: number, colour: Colour): void {
  canvas.rectangle(x, y - size, size, size, colour)
  canvas.line(
    [
      [x, y - size / 2],
      [x + size, y - size / 2],
    ],
    4,
    wood,
  )
}

function car(canvas: Canvas, x: number, y: number, colour: Colour): void {
  canvas.polygon(
    [
      [x, y],
      [x, y - 70],
      [x + 60, y - 80],
      [x + 100, y - 130],
      [x + 230, y - 130],
      [x + 280, y - 76],
      [x + 330, y - 66],
      [x + 330, y],
    ],
    colour,
  )
  canvas.polygon(
    [
      [x + 80, y - 80],
      [x + 110, y - 118],
      [x + 222, y - 118],
      [x + 258, y - 80],
    ],
    [150, 178, 196],
  )
  for (const wheel of [70, 262]) canvas.ellipse(x + wheel, y, 34, 34, dark)
}

function bicycle(canvas: Canvas, x: number, y: number, colour: Colour): void {
  for (const wheel of [0, 104]) {
    canvas.ellipse(x + wheel, y, 38, 38, dark)
    canvas.ellipse(x + wheel, y, 31, 31, grey(180))
  }
  canvas.line(
    [
      [x, y],
      [x + 40, y - 54],
      [x + 92, y - 54],
      [x + 104, y],
    ],
    8,
    colour,
  )
  canvas.line(
    [
      [x + 40, y - 54],
      [x + 56, y],
      [x + 92, y - 54],
      [x + 86, y - 84],
    ],
    8,
    colour,
  )
}

const tint = (chance: Chance): Colour => [chance.between(60, 220), chance.between(60, 200), chance.between(60, 200)]

const things: Readonly<Record<Subject, Draw>> = {
  rubbish: (canvas, isWrong, chance) =>
    isWrong && heap(canvas, chance, [640, 640], [grey(40), [90, 120, 70], [200, 190, 170], [120, 80, 60]]),
  dirt: (canvas, isWrong, chance) => isWrong && blots(canvas, chance, [124, 98, 70], 34),
  potholes: (canvas, isWrong, chance) => blots(canvas, chance, isWrong ? grey(46) : grey(88), 7),
  cover: (canvas, isWrong) => {
    canvas.ellipse(640, 770, 150, 62, grey(74))
    canvas.ellipse(640, 770, 128, 50, isWrong ? grey(14) : grey(120))
    if (isWrong) canvas.ellipse(850, 800, 128, 46, grey(126))
    else
      for (const y of [746, 770, 794])
        canvas.line(
          [
            [540, y],
            [740, y],
          ],
          6,
          grey(84),
        )
  },
  lamp: (canvas, isWrong) => {
    const [x, y] = pole(canvas, isWrong ? 130 : 0, 430, grey(90))
    canvas.line(
      [
        [x, y],
        [x + 120, y + 10],
      ],
      12,
      grey(90),
    )
    canvas.ellipse(x + 130, y + 20, 40, 16, isWrong ? grey(70) : [255, 232, 150])
  },
  tree: (canvas, isWrong, chance) => {
    canvas.line(
      isWrong
        ? [
            [420, 640],
            [900, 600],
          ]
        : [
            [640, 640],
            [640, 330],
          ],
      34,
      wood,
    )
    heap(canvas, chance, isWrong ? [900, 620] : [640, 330], [green, [70, 124, 64], [104, 156, 86]], 40)
  },
  stall: (canvas, isWrong, chance) => {
    if (!isWrong) return
    canvas.rectangle(470, 540, 340, 90, wood)
    canvas.polygon(
      [
        [430, 420],
        [640, 330],
        [850, 420],
      ],
      red,
    )
    canvas.line(
      [
        [640, 420],
        [640, 560],
      ],
      10,
      grey(60),
    )
    for (let x = 500; x < 790; x += 42) canvas.ellipse(x, 530, 20, 18, tint(chance))
  },
  cars: (canvas, isWrong, chance) => {
    if (isWrong) for (const x of [90, 480, 870]) car(canvas, x, 620, tint(chance))
    else car(canvas, 480, 900, tint(chance))
  },
  bicycles: (canvas, isWrong, chance) => {
    for (let index = 0; index < 9; index += 1)
      bicycle(
        canvas,
        isWrong ? chance.between(200, 960) : 180 + index * 104,
        isWrong ? chance.between(560, 720) : 590,
        isWrong ? tint(chance) : blue,
      )
  },
  adverts: (canvas, isWrong, chance) => {
    canvas.rectangle(300, 250, 680, 330, [206, 196, 180])
    if (isWrong)
      for (let index = 0; index < 16; index += 1) canvas.rectangle(chance.between(320, 880), chance.between(270, 500), 74, 58, tint(chance))
  },
  snow: (canvas, isWrong, chance) => {
    if (isWrong) canvas.rectangle(0, 560, width, 400, [232, 238, 246])
    blots(canvas, chance, [244, 248, 252], isWrong ? 40 : 3, isWrong ? 560 : 650, isWrong ? 930 : 660)
  },
  site: (canvas, isWrong, chance) => {
    if (isWrong)
      heap(
        canvas,
        chance,
        [640, 630],
        [
          [196, 164, 110],
          [180, 148, 96],
        ],
        44,
      )
    for (let x = 180; x < 1100; x += 130) if (!isWrong || x % 4 === 0) canvas.rectangle(x, 470, 120, 130, blue)
  },
  smoke: (canvas, isWrong, chance) => {
    canvas.rectangle(560, 560, 180, 30, dark)
    canvas.line(
      [
        [580, 590],
        [570, 650],
      ],
      8,
      dark,
    )
    canvas.line(
      [
        [720, 590],
        [730, 650],
      ],
      8,
      dark,
    )
    if (isWrong)
      for (let index = 0; index < 30; index += 1)
        canvas.ellipse(640 + chance.between(-60, 60) - index * 4, 540 - index * 12, 24 + index, 20 + index, grey(150 + index * 2))
  },
  water: (canvas, isWrong, chance) => isWrong && blots(canvas, chance, [112, 138, 160], 22),
  cable: (canvas, isWrong) => {
    const low = isWrong ? 620 : 270
    for (const x of [160, 1120])
      canvas.line(
        [
          [x, 620],
          [x, 210],
        ],
        18,
        wood,
      )
    canvas.line(
      [
        [160, 230],
        [400, low * 0.9],
        [640, low],
        [880, low * 0.9],
        [1120, 230],
      ],
      7,
      dark,
    )
  },
  sign: (canvas, isWrong) => {
    const [x, y] = pole(canvas, isWrong ? 150 : 0, 320, grey(110))
    canvas.polygon(
      [
        [x - 110, y - 60],
        [x + 110, y - 60 + (isWrong ? 70 : 0)],
        [x + 110, y + 50 + (isWrong ? 70 : 0)],
        [x - 110, y + 50],
      ],
      blue,
    )
  },
  bin: (canvas, isWrong, chance) => {
    for (const x of [480, 640]) canvas.rectangle(x, 470, 130, 160, green)
    if (isWrong) heap(canvas, chance, [620, 640], [grey(52), [210, 200, 180], [140, 90, 60]], 30)
    if (isWrong) heap(canvas, chance, [620, 480], [grey(60), [220, 210, 190]], 10)
  },
  wall: (canvas, isWrong, chance) => {
    canvas.rectangle(260, 180, 760, 400, [214, 204, 186])
    if (isWrong)
      for (let index = 0; index < 14; index += 1)
        canvas.ellipse(chance.between(300, 980), chance.between(220, 540), chance.between(20, 80), 40, [150, 132, 110])
    if (isWrong)
      canvas.line(
        [
          [420, 180],
          [470, 320],
          [440, 420],
          [520, 580],
        ],
        8,
        dark,
      )
  },
  signal: (canvas, isWrong) => {
    const [x, y] = pole(canvas, isWrong ? 90 : 0, 340, grey(70))
    canvas.rectangle(x - 40, y - 150, 80, 210, dark)
    const lights: readonly Colour[] = isWrong ? [grey(70), grey(70), grey(70)] : [grey(70), grey(70), [80, 220, 110]]
    for (const [index, colour] of lights.entries()) canvas.ellipse(x, y - 112 + index * 66, 26, 26, colour)
  },
  goods: (canvas, isWrong, chance) => {
    if (!isWrong) return
    for (let index = 0; index < 14; index += 1)
      box(canvas, chance.between(320, 880), chance.between(540, 650), chance.between(60, 110), [188, 150, 100])
  },
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
