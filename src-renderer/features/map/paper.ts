import { pdfOf } from '../../ui/pdf'
import type { BaseMap } from './base-layer'
import type { City } from './city'
import { type CityMap, componentsFrom, createCityMap, type LayerId } from './city-map'
import { type MapColours, paperColours } from './colours'
import { cameraKind, caseKind, caseLevels, collectorKind, collectorLevels, componentKind } from './marks'
import type { LayerPoint } from './point-set'

/**
 * The map on paper: what the screen shows, drawn anew in the colours of paper and finer than a screen, with title, date, north, scale bar and a legend of
 * what is on it; one sheet A4 or A3 across, as a PDF. The same in both shells, and in a dark hall.
 */
export interface Paper {
  readonly size: 'A4' | 'A3'
  readonly title: string
  readonly date: string
  readonly madeAt: Date
  readonly shown: readonly LayerId[]
  readonly base: BaseMap | undefined
  readonly cases: readonly LayerPoint[]
  readonly collectors: readonly LayerPoint[]
  /** Put onto the new map what else the screen shows: pin, track, drawing. */
  prepare(map: CityMap): void
}

/** Millimetres, across. */
const sizes = { A4: [297, 210], A3: [420, 297] } as const
/** CSS pixels in a millimetre. */
const pxPerMm = 96 / 25.4
/** Print dots for each of them: 240 dots an inch. */
const dots = 2.5
const [marginMm, headMm, footMm] = [10, 14, 20]

export async function paperPdf(city: City, screen: CityMap, paper: Paper): Promise<Blob> {
  const sheet = await sheetOf(city, screen, paper)
  const [width, height] = sizes[paper.size]
  const jpeg = await bytesOf(sheet)
  const pixels = { width: sheet.width, height: sheet.height }
  return new Blob([pdfOf({ title: paper.title, width, height, jpeg, pixels, madeAt: paper.madeAt })], { type: 'application/pdf' })
}

async function bytesOf(sheet: HTMLCanvasElement): Promise<Uint8Array> {
  const blob = await new Promise<Blob | null>((done) => sheet.toBlob(done, 'image/jpeg', 0.92))
  return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))
}

export async function sheetOf(city: City, screen: CityMap, paper: Paper): Promise<HTMLCanvasElement> {
  await document.fonts.ready
  const [width, height] = sizes[paper.size].map((mm) => mm * pxPerMm) as [number, number]
  const [margin, head, foot] = [marginMm, headMm, footMm].map((mm) => mm * pxPerMm) as [number, number, number]
  const frame = { x: margin, y: margin + head, width: width - 2 * margin, height: height - 2 * margin - head - foot }
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * dots)
  canvas.height = Math.round(height * dots)
  const context = canvas.getContext('2d')
  if (!context) return canvas
  context.scale(dots, dots)
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  const { picture, metresAPx, scale } = await mapPicture(city, screen, paper, frame)
  context.drawImage(picture, frame.x, frame.y, frame.width, frame.height)
  context.strokeStyle = '#000000'
  context.lineWidth = 1
  context.strokeRect(frame.x, frame.y, frame.width, frame.height)
  heading(context, paper, frame, scale)
  scaleBar(context, frame, metresAPx)
  legend(context, paper, frame)
  return canvas
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A map that nobody sees, as large as its place on the sheet, over the same ground. */
async function mapPicture(city: City, screen: CityMap, paper: Paper, { width, height }: Box) {
  const host = document.createElement('div')
  host.style.cssText = `position:fixed;left:-10000px;top:0;width:${width}px;height:${height}px`
  document.body.append(host)
  const map = createCityMap(host, city, { pick: () => undefined, moved: () => undefined, isSmall: true, componentsFrom, paper: { dots } })
  try {
    for (const id of allLayers) map.show(id, paper.shown.includes(id))
    map.setCases(paper.cases)
    map.setCollectors(paper.collectors)
    paper.prepare(map)
    map.showExtent(screen.extent())
    map.setBase(paper.base)
    if (paper.base) await map.drawn()
    return { picture: map.picture(), metresAPx: map.scale() * 0.00028, scale: map.scale() * 0.00028 * pxPerMm * 1000 }
  } finally {
    map.dispose()
    host.remove()
  }
}

const allLayers: readonly LayerId[] = ['grids', 'areas', 'roads', 'components', 'cameras', 'sights', 'collectors', 'cases', 'calls', 'heat']
const font = paperColours.font

function heading(context: CanvasRenderingContext2D, { title, date }: Paper, { x, y, width }: Box, scale: number): void {
  context.fillStyle = '#000000'
  context.textBaseline = 'alphabetic'
  context.textAlign = 'left'
  context.font = `600 22px ${font}`
  context.fillText(title, x, y - 16)
  context.textAlign = 'right'
  context.font = `12px ${font}`
  context.fillText(`1:${(Math.round(scale / 50) * 50).toLocaleString('zh-CN')}　制图时间 ${date}`, x + width - 44, y - 16)
  north(context, x + width - 16, y - 26)
}

function north(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath()
  context.moveTo(x, y - 16)
  context.lineTo(x + 7, y + 8)
  context.lineTo(x, y + 3)
  context.lineTo(x - 7, y + 8)
  context.closePath()
  context.fill()
  context.font = `12px ${font}`
  context.textAlign = 'center'
  context.fillText('北', x, y + 22)
}

/** Of a length that people can take with a ruler: 1, 2 or 5 times a power of ten, at most a fifth of the sheet. */
function scaleBar(context: CanvasRenderingContext2D, { x, y, width, height }: Box, metresAPx: number): void {
  const most = (width / 5) * metresAPx
  const power = 10 ** Math.floor(Math.log10(most))
  const metres = [5, 2, 1].map((each) => each * power).find((each) => each <= most) ?? power
  const long = metres / metresAPx
  const [left, top] = [x, y + height + 16]
  context.lineWidth = 1
  for (const [from, isDark] of [
    [0, true],
    [0.25, false],
    [0.5, true],
    [0.75, false],
  ] as const) {
    context.fillStyle = isDark ? '#000000' : '#ffffff'
    context.fillRect(left + from * long, top, long / 4, 6)
    context.strokeRect(left + from * long, top, long / 4, 6)
  }
  context.fillStyle = '#000000'
  context.font = `12px ${font}`
  context.textAlign = 'center'
  context.fillText('0', left + 4, top + 22)
  context.fillText(metres < 1000 ? `${metres} 米` : `${metres / 1000} 公里`, left + long, top + 22)
}

type Draw = (context: CanvasRenderingContext2D) => void

/** What is drawn, by the very marks of the map. */
function legend(context: CanvasRenderingContext2D, { shown, base }: Paper, { x, y, width, height }: Box): void {
  const entries = legendOf(paperColours).filter(({ layer }) => shown.includes(layer))
  let left = x + width / 5 + 60
  let top = y + height + 20
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  for (const { draw, words } of entries) {
    context.font = `12px ${font}`
    const wide = 30 + context.measureText(words).width
    if (left + wide > x + width) {
      left = x + width / 5 + 60
      top += 20
    }
    context.save()
    context.translate(left, top)
    draw(context)
    context.restore()
    context.fillStyle = '#000000'
    context.font = `12px ${font}`
    context.textAlign = 'left'
    context.textBaseline = 'middle'
    context.fillText(words, left + 14, top)
    left += wide
  }
  context.textAlign = 'right'
  context.fillStyle = '#444444'
  context.font = `11px ${font}`
  context.fillText(`${base?.attribution ? `底图 ${base.attribution}　` : ''}坐标系 CGCS2000，墨卡托投影`, x + width, y + height + 58)
}

const haze =
  ({ red }: MapColours): Draw =>
  (context) => {
    const glow = context.createRadialGradient(0, 0, 0, 0, 0, 10)
    glow.addColorStop(0, red)
    glow.addColorStop(1, `${red}00`)
    context.fillStyle = glow
    context.fillRect(-10, -10, 20, 20)
  }

function legendOf(colours: MapColours): readonly { readonly layer: LayerId; readonly words: string; readonly draw: Draw }[] {
  const of = () => colours
  const [cases, people, cameras, components] = [caseKind(of), collectorKind(of), cameraKind(of), componentKind(of)]
  const line =
    (colour: string, dash: readonly number[], wide: number): Draw =>
    (context) => {
      context.strokeStyle = colour
      context.lineWidth = wide
      context.setLineDash([...dash])
      context.beginPath()
      context.moveTo(-10, 0)
      context.lineTo(10, 0)
      context.stroke()
    }
  return [
    { layer: 'cases', words: '案卷，时限内', draw: (context) => cases.draw(context, caseLevels.green) },
    { layer: 'cases', words: '将超时', draw: (context) => cases.draw(context, caseLevels.amber) },
    { layer: 'cases', words: '已超时', draw: (context) => cases.draw(context, caseLevels.red) },
    { layer: 'heat', words: '案卷热力', draw: haze(colours) },
    { layer: 'collectors', words: '采集员', draw: (context) => people.draw(context, collectorLevels.onDuty) },
    { layer: 'collectors', words: '越界', draw: (context) => people.draw(context, collectorLevels.outside) },
    { layer: 'cameras', words: '监控点', draw: (context) => cameras.draw(context, 1) },
    { layer: 'components', words: '部件', draw: (context) => components.draw(context, 0) },
    { layer: 'grids', words: '单元网格', draw: line(colours.gridCode, [], 1.1) },
    { layer: 'areas', words: '街道界', draw: line(colours.secondary, [10, 4, 2, 4], 1.5) },
    { layer: 'areas', words: '社区界', draw: line(colours.lineStrong, [5, 4], 1) },
    { layer: 'roads', words: '道路', draw: line(colours.line, [], 5) },
  ]
}
