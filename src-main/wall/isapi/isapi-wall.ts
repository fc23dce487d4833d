import type { AppError } from '#shared/base/app-error'
import type { Clock } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { Layout, WallSize } from '#shared/domain/wall/layout'
import { type Content, cellName } from '#shared/domain/wall/wall'
import { type AskDevice, createAskDevice, type DeviceRequest } from '../../device-http/ask-device'
import type { WallDriver, WallReading } from '../driver'
import { done } from '../line'
import { type PjlinkSettings, readPower, setPower } from '../pjlink'
import { contentOfSource, sourceOf } from '../sources'
import { type DeviceWindow, readSignal, readWindows, refusalIn, signalText, tileOf, windowXml } from './windows'

/**
 * A decoder wall over ISAPI: XML over HTTP with Digest. Each of our cells is one window of the device, found again by its place; windows have numbers
 * of the device's own, which nothing here remembers.
 */
export interface IsapiSetup {
  readonly product: string
  readonly origin: string
  readonly account: { readonly user: string; readonly password: string }
  /** Number of the wall at the device. */
  readonly wallNo: number
  readonly withinMs: number
  /** `input:…`, `stream:…` or `url:…` for each source, by `kind/id`. */
  readonly sources: Readonly<Record<string, string>>
  readonly power: readonly PjlinkSettings[]
}

const xmlType = 'application/xml; charset=UTF-8'

export function createIsapiWall(setup: IsapiSetup, clock: Clock, fetch: typeof globalThis.fetch): WallDriver {
  const ask: AskDevice = createAskDevice(setup, fetch)
  const base = `/ISAPI/DisplayDev/VideoWall/${setup.wallNo}`
  let layout: Layout | undefined

  async function request(asked: DeviceRequest): Promise<Result<string, AppError>> {
    const answer = await ask(asked)
    if (!answer.ok) {
      const { kind, reason } = answer.error
      return err(appError(kind === 'wrongAccount' ? 'wall/refused' : 'wall/unreachable', { reason }))
    }
    const refusal = refusalIn(answer.value.status, answer.value.text)
    return refusal === undefined ? ok(answer.value.text) : err(appError('wall/refused', { reason: refusal }))
  }
  async function order(method: DeviceRequest['method'], path: string, text?: string): Promise<Result<void, AppError>> {
    const answer = await request({ method, path: `${base}${path}`, ...(text !== undefined && { body: { type: xmlType, text } }) })
    return answer.ok ? done : answer
  }
  async function windows(): Promise<Result<readonly DeviceWindow[], AppError>> {
    const answer = await request({ method: 'GET', path: `${base}/windows` })
    if (!answer.ok) return answer
    const read = readWindows(answer.value)
    return read ? ok(read) : err(appError('wall/refused', { reason: '窗口列表看不懂' }))
  }
  const windowOf = (all: readonly DeviceWindow[], cell: number, of: Layout) => all.find((one) => tileOf(one, of)?.cell === cell)

  return {
    product: setup.product,
    capabilities: () => ({
      ...{ mostTiles: 64, hasFreeLayouts: true, hasScenes: true, hasPower: setup.power.length > 0 },
      kinds: ['camera', 'case', 'map', 'dashboard', 'web'],
    }),
    listOutputs: async () => ok([{ number: setup.wallNo, name: `${setup.product} ${setup.wallNo}` }]),
    listSources: async () => ok(Object.values(setup.sources).map((source) => ({ content: contentOfSource(setup.sources, source) }))),
    async getState(of): Promise<Result<WallReading, AppError>> {
      const read = await windows()
      if (!read.ok) return read
      const cells = of.tiles.map(({ cell }) => {
        const signal = windowOf(read.value, cell, of)?.signal
        return { cell, content: signal ? contentOfSource(setup.sources, signalText(signal)) : null }
      })
      const display = setup.power[0]
      const power = display ? await readPower(display, clock) : undefined
      return ok({ isOn: power?.ok ? power.value : null, cells })
    },
    /** Windows that lie elsewhere are closed; the others stay as they are. */
    async setLayout(next: Layout, _size: WallSize) {
      const read = await windows()
      if (!read.ok) return read
      for (const one of read.value) {
        if (tileOf(one, next)) continue
        const closed = await order('DELETE', `/windows/${encodeURIComponent(one.id)}`)
        if (!closed.ok) return closed
      }
      layout = next
      return done
    },
    async assign(cell, content: Content) {
      const source = sourceOf(setup.sources, content)
      const signal = source === undefined ? undefined : readSignal(source)
      if (!signal) return err(appError('wall/refused', { reason: `配置里没有“${content.title}”的信号源` }))
      const tile = layout?.tiles.find((one) => one.cell === cell)
      if (!layout || !tile) return err(appError('wall/refused', { reason: `布局还没有送到大屏，或没有格 ${cellName(cell)}` }))
      const read = await windows()
      if (!read.ok) return read
      const there = windowOf(read.value, cell, layout)
      return there
        ? order('PUT', `/windows/${encodeURIComponent(there.id)}`, windowXml(tile, signal, there.id))
        : order('POST', '/windows', windowXml(tile, signal))
    },
    async clear(cell) {
      const read = await windows()
      if (!read.ok) return read
      const there = layout && windowOf(read.value, cell, layout)
      return there ? order('DELETE', `/windows/${encodeURIComponent(there.id)}`) : done
    },
    saveScene: (number) => order('PUT', `/scene/${number}/saveData`),
    recallScene: (number) => order('PUT', `/scene/${number}/activate`),
    async power(isOn) {
      if (setup.power.length === 0) return err(appError('wall/notSupported', { what: '开关屏' }))
      for (const display of setup.power) {
        const answer = await setPower(display, clock, isOn)
        if (!answer.ok) return answer
      }
      return done
    },
    onStatus: () => () => {},
    stop: async () => {},
  }
}
