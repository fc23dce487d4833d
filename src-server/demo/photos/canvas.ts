/**
 * A small drawing surface: flat shapes on RGB pixels. The picture library of this program opens photos only and no drawings, so the demonstration
 * paints its own pixels. It does not smooth edges.
 */
export type Colour = readonly [red: number, green: number, blue: number]
export type Dot = readonly [x: number, y: number]

export interface Canvas {
  readonly width: number
  readonly height: number
  readonly pixels: Buffer
  rectangle(x: number, y: number, width: number, height: number, colour: Colour): void
  /** Even-odd rule. */
  polygon(dots: readonly Dot[], colour: Colour): void
  ellipse(x: number, y: number, across: number, down: number, colour: Colour): void
  line(dots: readonly Dot[], width: number, colour: Colour): void
}

/** Shapes are told in units, each `scale` pixels long. */
export function createCanvas(width: number, height: number, scale: number): Canvas {
  const pixels = Buffer.alloc(width * height * 3)
  const row = (y: number, from: number, until: number, colour: Colour) => {
    const [left, right] = [Math.max(0, Math.round(from)), Math.min(width, Math.round(until))]
    if (y >= 0 && y < height && right > left) pixels.fill(Buffer.from(colour), (y * width + left) * 3, (y * width + right) * 3)
  }
  const polygon: Canvas['polygon'] = (units, colour) => {
    const dots = units.map(([x, y]): Dot => [x * scale, y * scale])
    const heights = dots.map(([, y]) => y)
    for (let y = Math.floor(Math.min(...heights)); y <= Math.max(...heights); y += 1) {
      const ends = crossings(dots, y + 0.5).sort((a, b) => a - b)
      for (let at = 0; at + 1 < ends.length; at += 2) row(y, ends[at] ?? 0, ends[at + 1] ?? 0, colour)
    }
  }
  return {
    width,
    height,
    pixels,
    polygon,
    rectangle: (x, y, across, down, colour) => {
      for (let line = Math.round(y * scale); line < Math.round((y + down) * scale); line += 1)
        row(line, x * scale, (x + across) * scale, colour)
    },
    ellipse: (x, y, across, down, colour) => {
      const tall = down * scale
      for (let line = -Math.floor(tall); line <= tall; line += 1) {
        const half = across * scale * Math.sqrt(Math.max(0, 1 - (line / tall) ** 2))
        row(Math.round(y * scale) + line, x * scale - half, x * scale + half, colour)
      }
    },
    line: (dots, width, colour) => {
      for (const [index, to] of dots.entries()) {
        const from = dots[index - 1]
        if (from) polygon(thick(from, to, width / 2), colour)
      }
    },
  }
}

/** Where the outline crosses a height. */
function crossings(dots: readonly Dot[], y: number): number[] {
  return dots.flatMap(([x, top], index) => {
    const [nextX, nextY] = dots[(index + 1) % dots.length] ?? [x, top]
    return top <= y !== nextY <= y ? [x + ((y - top) / (nextY - top)) * (nextX - x)] : []
  })
}

function thick([x, y]: Dot, [toX, toY]: Dot, half: number): Dot[] {
  const length = Math.hypot(toX - x, toY - y) || 1
  const [alongX, alongY] = [((toX - x) / length) * half, ((toY - y) / length) * half]
  return [
    [x - alongX - alongY, y - alongY + alongX],
    [x - alongX + alongY, y - alongY - alongX],
    [toX + alongX + alongY, toY + alongY - alongX],
    [toX + alongX - alongY, toY + alongY + alongX],
  ]
}
