import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { antdTheme, type Scheme } from '../../../src-renderer/app/theme/tokens'
import type { Photo } from '../../../src-renderer/ui/photos/photo'
import '../../../src-renderer/app/theme/tokens.css'
import '@fontsource-variable/noto-sans-sc'

/** Puts a part on a page of one of the two screens that the program is made for, in a theme, with the frame's own colours. */
export async function put(
  part: ReactNode,
  { scheme = 'light', width = 1366, height = 768 }: { scheme?: Scheme; width?: number; height?: number } = {},
) {
  await page.viewport(width, height)
  document.documentElement.dataset.scheme = scheme
  document.body.style.margin = '0'
  const around = (inner: ReactNode) => (
    <ConfigProvider locale={zhCN} theme={antdTheme(scheme, false)} button={{ autoInsertSpace: false }}>
      <App component={false}>{inner}</App>
    </ConfigProvider>
  )
  const screen = await render(around(part))
  return { container: screen.container, change: (next: ReactNode) => screen.rerender(around(next)) }
}

/** A picture drawn here, as a data address: what is on it is known to the pixel. */
export function drawnPicture(width: number, height: number, draw: (context: CanvasRenderingContext2D) => void): string {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  draw(context)
  return canvas.toDataURL('image/png')
}

/** A chequered ground of one-pixel columns, black and white: any average of it is grey. */
export const finePattern = (width = 400, height = 300) =>
  drawnPicture(width, height, (context) => {
    context.fillStyle = '#fff'
    context.fillRect(0, 0, width, height)
    context.fillStyle = '#000'
    for (let x = 0; x < width; x += 2) context.fillRect(x, 0, 1, height)
  })

/** A picture of four colours, one in each corner, so that turning and moving it can be seen. */
export const fourCorners = (width = 800, height = 600) =>
  drawnPicture(width, height, (context) => {
    const colours = ['#c00000', '#00a000', '#0000c0', '#c0c000']
    for (const [index, colour] of colours.entries()) {
      context.fillStyle = colour
      context.fillRect((index % 2) * (width / 2), Math.floor(index / 2) * (height / 2), width / 2, height / 2)
    }
  })

export function photoOf(photoId: string, over: Partial<Photo> = {}): Photo {
  return {
    photoId,
    src: fourCorners(),
    alt: `照片 ${photoId}`,
    caption: { at: '2026-11-20 08:29', who: '采集员 12 核实', distanceM: 4 },
    annotations: [],
    ...over,
  }
}
