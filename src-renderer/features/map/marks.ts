import type { MapColours } from './colours'
import type { PointKind } from './point-set'

/** How points look: shape and colour together, as everywhere. Colours are asked for at each stroke, so that another scheme needs no new layer. */
type Colours = () => MapColours

/** Levels of a case: the lamp, the worst last. */
export const caseLevels = { none: 0, frozen: 1, green: 2, amber: 3, red: 4 } as const

export function caseKind(colours: Colours): PointKind {
  const colourOf = (level: number) =>
    [colours().frost, colours().frost, colours().green, colours().amber, colours().red][level] ?? colours().frost
  return {
    plainFrom: 3,
    plainCount: 1_000,
    draw(context, level) {
      lampShape(context, level)
      context.fillStyle = colourOf(level)
      context.strokeStyle = colours().pane
      context.lineWidth = 1.5
      context.fill()
      context.stroke()
    },
    drawCount: (context, count, level) =>
      countMark(context, count, { fill: colours().pane, rim: colourOf(level), text: colours().text }, colours().font),
  }
}

/** A call being answered: a handset in a ring, so that it is told from a case of the same place. */
export function callKind(colours: Colours): PointKind {
  const mark = (context: CanvasRenderingContext2D) => {
    const { green, pane } = colours()
    context.beginPath()
    context.arc(0, 0, 10, 0, Math.PI * 2)
    context.fillStyle = pane
    context.strokeStyle = green
    context.lineWidth = 2.5
    context.fill()
    context.stroke()
    // The handset: an arc with a cap at either end.
    context.beginPath()
    context.arc(0, 2.5, 5, Math.PI * 1.12, Math.PI * 1.88)
    context.lineWidth = 2.4
    context.stroke()
    context.fillStyle = green
    context.fillRect(-6.4, 0.2, 3.6, 3.8)
    context.fillRect(2.8, 0.2, 3.6, 3.8)
  }
  return { plainFrom: Number.POSITIVE_INFINITY, plainCount: Number.POSITIVE_INFINITY, draw: mark, drawCount: mark }
}

/** Levels of a collector: off the air, at work, outside their area. */
export const collectorLevels = { lost: 0, onDuty: 1, outside: 2 } as const

/** A person: head and shoulders in a circle; outside the area in a square, off the air hollow. */
export function collectorKind(colours: Colours): PointKind {
  return {
    plainFrom: 14,
    plainCount: 400,
    draw(context, level) {
      const { pane, primary, red, frost } = colours()
      const fill = level === collectorLevels.outside ? red : level === collectorLevels.lost ? pane : primary
      context.beginPath()
      if (level === collectorLevels.outside) context.rect(-8, -8, 16, 16)
      else context.arc(0, 0, 8.5, 0, Math.PI * 2)
      context.fillStyle = fill
      context.strokeStyle = level === collectorLevels.lost ? frost : pane
      context.lineWidth = level === collectorLevels.lost ? 2 : 1.5
      context.fill()
      context.stroke()
      context.fillStyle = level === collectorLevels.lost ? frost : pane
      context.beginPath()
      context.arc(0, -2.5, 2.4, 0, Math.PI * 2)
      context.fill()
      context.beginPath()
      context.arc(0, 5, 4.2, Math.PI, 0)
      context.fill()
    },
    drawCount: (context, count, level) =>
      countMark(
        context,
        count,
        { fill: colours().pane, rim: level === collectorLevels.outside ? colours().red : colours().primary, text: colours().text },
        colours().font,
      ),
  }
}

function lampShape(context: CanvasRenderingContext2D, level: number): void {
  context.beginPath()
  if (level === caseLevels.red) context.rect(-6, -6, 12, 12)
  else if (level === caseLevels.amber) {
    context.moveTo(0, -7)
    context.lineTo(7.5, 6)
    context.lineTo(-7.5, 6)
    context.closePath()
  } else context.arc(0, 0, 6, 0, Math.PI * 2)
}

/** Components: a small square, hollow when something is wrong with it. */
export function componentKind(colours: Colours): PointKind {
  return {
    plainFrom: 1.6,
    plainCount: 1_000,
    draw(context, state) {
      context.beginPath()
      context.rect(-2.5, -2.5, 5, 5)
      if (state === 0) {
        context.fillStyle = colours().secondary
        context.fill()
      } else {
        context.fillStyle = colours().pane
        context.strokeStyle = state === 1 ? colours().amber : colours().red
        context.lineWidth = 2
        context.fill()
        context.stroke()
      }
    },
    drawCount: (context, count) =>
      countMark(context, count, { fill: colours().surface, rim: colours().lineStrong, text: colours().secondary }, colours().font),
  }
}

/** Cameras: a dome that turns is round, a fixed one has a flat back. */
export function cameraKind(colours: Colours): PointKind {
  return {
    plainFrom: 12,
    plainCount: 400,
    draw(context, canTurn) {
      context.beginPath()
      if (canTurn === 1) context.arc(0, 0, 5, 0, Math.PI * 2)
      else context.rect(-5, -3.5, 10, 7)
      context.fillStyle = colours().primary
      context.strokeStyle = colours().pane
      context.lineWidth = 1.5
      context.fill()
      context.stroke()
      context.beginPath()
      context.arc(0, 0, 1.8, 0, Math.PI * 2)
      context.fillStyle = colours().onPrimary
      context.fill()
    },
    drawCount: (context, count) =>
      countMark(context, count, { fill: colours().pane, rim: colours().primary, text: colours().primary }, colours().font),
  }
}

function countMark(
  context: CanvasRenderingContext2D,
  count: number,
  { fill, rim, text }: { readonly fill: string; readonly rim: string; readonly text: string },
  font: string,
): void {
  const words = String(count)
  context.beginPath()
  context.arc(0, 0, 8 + words.length * 2, 0, Math.PI * 2)
  context.fillStyle = fill
  context.strokeStyle = rim
  context.lineWidth = 2
  context.fill()
  context.stroke()
  context.fillStyle = text
  context.font = `11px ${font}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(words, 0, 0.5)
}
