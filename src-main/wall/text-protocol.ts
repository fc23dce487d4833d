import type { AppError } from '#shared/base/app-error'
import type { Clock } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { Layout } from '#shared/domain/wall/layout'
import type { WallDriver, WallReading } from './driver'
import { done, exchange } from './line'
import { type PjlinkSettings, readPower, setPower } from './pjlink'
import { contentOfSource, sourceOf } from './sources'

/**
 * A wall processor that is told in lines of text, as its manual writes them: templates of what is said, and patterns of what is answered, both from the
 * configuration. Places in a template: `{cell}` `{x}` `{y}` `{w}` `{h}` (thousandths of the wall) `{source}` `{number}` `{sum}`.
 */
export interface TextProtocol {
  readonly product: string
  readonly host: string
  readonly port: number
  readonly ending: string
  readonly withinMs: number
  readonly checksum: 'none' | 'sum8' | 'xor8'
  readonly say: {
    readonly open: string
    readonly close: string
    /** Before the tiles of another layout. */
    readonly closeAll: string
    readonly read: string
    readonly saveScene: string | null
    readonly recallScene: string | null
  }
  /** Regular expressions. `ok` and `failed` (its first group is the reason) for what was done; `tile` with groups `cell` and `source`, each one found in the answer. */
  readonly heard: { readonly ok: string; readonly failed: string; readonly tile: string }
  /** The device's name of each source, by `kind/id`. */
  readonly sources: Readonly<Record<string, string>>
  readonly power: readonly PjlinkSettings[]
}

export function checksumOf(kind: TextProtocol['checksum'], text: string): string {
  if (kind === 'none') return ''
  const bytes = [...new TextEncoder().encode(text)]
  const sum = bytes.reduce((total, byte) => (kind === 'sum8' ? (total + byte) & 0xff : total ^ byte), 0)
  return sum.toString(16).toUpperCase().padStart(2, '0')
}

export function createTextWall(protocol: TextProtocol, clock: Clock): WallDriver {
  let layout: Layout | undefined
  let size = { columns: 1, rows: 1 }
  const fill = (template: string, places: Readonly<Record<string, string | number>>): string => {
    const text = template.replace(/\{(\w+)\}/g, (whole, name: string) => (name === 'sum' ? whole : String(places[name] ?? '')))
    return text.replace('{sum}', checksumOf(protocol.checksum, text.replace('{sum}', '')))
  }
  const ask = (text: string): Promise<Result<string, AppError>> =>
    exchange(protocol, clock, async (line) => {
      line.say(text)
      return ok(await line.hear())
    })
  async function order(template: string | null, places: Readonly<Record<string, string | number>>): Promise<Result<void, AppError>> {
    if (template === null) return err(appError('wall/notSupported', { what: '设备内的场景' }))
    const answer = await ask(fill(template, places))
    if (!answer.ok) return answer
    if (new RegExp(protocol.heard.ok).test(answer.value)) return done
    const reason = new RegExp(protocol.heard.failed).exec(answer.value)?.[1] ?? `回答看不懂：${answer.value.slice(0, 40)}`
    return err(appError('wall/refused', { reason }))
  }
  async function read(): Promise<Result<WallReading, AppError>> {
    const answer = await ask(fill(protocol.say.read, {}))
    if (!answer.ok) return answer
    if (new RegExp(protocol.heard.failed).test(answer.value)) return err(appError('wall/refused', { reason: answer.value.slice(0, 60) }))
    const found = [...answer.value.matchAll(new RegExp(protocol.heard.tile, 'g'))].map(({ groups }) => ({
      cell: Number(groups?.cell),
      content: contentOfSource(protocol.sources, groups?.source ?? ''),
    }))
    // A tile that the device does not name is closed.
    const dark = Array.from({ length: 64 }, (_, index) => index + 1).filter((cell) => !found.some((one) => one.cell === cell))
    const display = protocol.power[0]
    const power = display ? await readPower(display, clock) : undefined
    return ok({ isOn: power?.ok ? power.value : null, cells: [...found, ...dark.map((cell) => ({ cell, content: null }))] })
  }
  return {
    product: protocol.product,
    capabilities: () => ({
      ...{ mostTiles: 64, hasFreeLayouts: true, hasScenes: protocol.say.saveScene !== null, hasPower: protocol.power.length > 0 },
      kinds: ['camera', 'case', 'map', 'dashboard', 'web'],
    }),
    listOutputs: async () => ok([{ number: 1, name: protocol.product }]),
    listSources: async () => ok(Object.values(protocol.sources).map((source) => ({ content: contentOfSource(protocol.sources, source) }))),
    getState: read,
    async setLayout(next, of) {
      const closed = await order(protocol.say.closeAll, {})
      if (!closed.ok) return closed
      layout = next
      size = of
      return done
    },
    async assign(cell, content) {
      const source = sourceOf(protocol.sources, content)
      if (source === undefined) return err(appError('wall/refused', { reason: `配置里没有“${content.title}”的信号源` }))
      const tile = layout?.tiles.find((one) => one.cell === cell)
      if (!tile) return err(appError('wall/refused', { reason: '布局还没有送到大屏' }))
      const across = (units: number) => Math.round((units * 1_000) / (size.columns * 12))
      const down = (units: number) => Math.round((units * 1_000) / (size.rows * 12))
      return order(protocol.say.open, { cell, source, x: across(tile.x), y: down(tile.y), w: across(tile.width), h: down(tile.height) })
    },
    clear: (cell) => order(protocol.say.close, { cell }),
    saveScene: (number) => order(protocol.say.saveScene, { number }),
    recallScene: (number) => order(protocol.say.recallScene, { number }),
    async power(isOn) {
      if (protocol.power.length === 0) return err(appError('wall/notSupported', { what: '开关屏' }))
      for (const display of protocol.power) {
        const answer = await setPower(display, clock, isOn)
        if (!answer.ok) return answer
      }
      return done
    },
    onStatus: () => () => {},
    stop: async () => {},
  }
}
