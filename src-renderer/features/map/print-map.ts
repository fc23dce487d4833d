import type { CityMap } from './city-map'

/** The map on paper: the picture on screen with title, date, north, scale and legend, as one PNG. */
export interface Sheet {
  readonly title: string
  readonly date: string
  /** Names of the layers shown. */
  readonly legend: readonly string[]
  readonly font: string
}

const headPx = 44
const footPx = 30

export function sheetOf(map: Pick<CityMap, 'picture' | 'scale'>, { title, date, legend, font }: Sheet): HTMLCanvasElement {
  const picture = map.picture()
  const ratio = window.devicePixelRatio
  const canvas = document.createElement('canvas')
  canvas.width = picture.width
  canvas.height = picture.height + (headPx + footPx) * ratio
  const context = canvas.getContext('2d')
  if (!context) return canvas
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, 0, headPx * ratio)
  context.scale(ratio, ratio)
  const [width, height] = [canvas.width / ratio, canvas.height / ratio]
  context.fillStyle = '#000000'
  context.textBaseline = 'middle'
  context.font = `600 17px ${font}`
  context.fillText(title, 12, headPx / 2)
  context.font = `12px ${font}`
  context.textAlign = 'right'
  context.fillText(`${date}　比例尺约 1:${Math.round(map.scale() / 10) * 10}`, width - 44, headPx / 2)
  north(context, width - 22, headPx / 2, font)
  context.textAlign = 'left'
  context.fillText(`图例：${legend.join('、')}。案卷 ● 时限内 ▲ 将超时 ■ 已超时。坐标系 CGCS2000，墨卡托投影。`, 12, height - footPx / 2)
  return canvas
}

function north(context: CanvasRenderingContext2D, x: number, y: number, font: string): void {
  context.beginPath()
  context.moveTo(x, y - 16)
  context.lineTo(x + 6, y + 4)
  context.lineTo(x, y)
  context.lineTo(x - 6, y + 4)
  context.closePath()
  context.fill()
  context.font = `10px ${font}`
  context.textAlign = 'center'
  context.fillText('北', x, y + 12)
  context.font = `12px ${font}`
}

export function saveSheet(sheet: HTMLCanvasElement, name: string): void {
  const link = document.createElement('a')
  link.href = sheet.toDataURL('image/png')
  link.download = `${name}.png`
  link.click()
}
