import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { quantise } from './quantise'

/** Takes pictures of the running program for the manual, and keeps count of what they weigh. It decides nothing about what is on them. */
export interface Camera {
  /** The whole window, or the part that the paragraph is about with a little of what surrounds it. */
  take(page: Page, name: string, part?: Part): Promise<void>
  readonly taken: readonly Picture[]
}

export interface Picture {
  readonly name: string
  readonly bytes: number
}

export interface Part {
  readonly of: Locator | readonly Locator[]
  /** Pixels around it. */
  readonly margin?: number
  /** Pixels from its top; what is further down says nothing. */
  readonly height?: number
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export function createCamera(folder: string): Camera {
  mkdirSync(folder, { recursive: true })
  const taken: Picture[] = []
  return {
    taken,
    async take(page, name, part) {
      await page.evaluate('document.fonts.ready.then(() => undefined)')
      const clip = part && (await boxAround(page, part))
      // Results of the step before go by themselves after some seconds.
      await page.locator('.ant-message-notice').first().waitFor({ state: 'detached' })
      // The hand is not on the mouse: nothing is hovered by accident.
      await page.mouse.move(0, 0)
      const picture = quantise(await page.screenshot({ animations: 'disabled', ...(clip && { clip }) }))
      writeFileSync(join(folder, `${name}.png`), picture)
      taken.push({ name, bytes: picture.length })
    },
  }
}

async function boxAround(page: Page, { of, margin = 8, height = Number.POSITIVE_INFINITY }: Part): Promise<Box> {
  const parts = Array.isArray(of) ? (of as readonly Locator[]) : [of as Locator]
  const boxes = await Promise.all(parts.map(boxOf))
  const window = page.viewportSize() ?? { width: 1366, height: 768 }
  const left = Math.max(0, Math.min(...boxes.map((box) => box.x)) - margin)
  const top = Math.max(0, Math.min(...boxes.map((box) => box.y)) - margin)
  const right = Math.min(window.width, Math.max(...boxes.map((box) => box.x + box.width)) + margin)
  const bottom = Math.min(window.height, top + height, Math.max(...boxes.map((box) => box.y + box.height)) + margin)
  return { x: left, y: top, width: right - left, height: bottom - top }
}

async function boxOf(part: Locator): Promise<Box> {
  const box = await part.boundingBox()
  if (!box) throw new Error(`nothing to take a picture of: ${part}`)
  return box
}
