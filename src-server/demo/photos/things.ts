/** The things that are wrong on the demonstration's pictures, before and after: one small drawing for each subject, set on the street of `scene`. */
import type { Chance } from '../city/random'
import type { Canvas, Colour, Dot } from './canvas'
import { blue, dark, green, grey, red, width, wood } from './measures'
import type { Subject } from './subjects'

type Draw = (canvas: Canvas, isWrong: boolean, chance: Chance) => void

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

export const things: Readonly<Record<Subject, Draw>> = {
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
