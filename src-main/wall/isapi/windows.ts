import { escapeXml, readXml, xmlAll, xmlAt, xmlText } from '#shared/base/xml'
import { type Layout, type Tile, unitsPerScreen } from '#shared/domain/wall/layout'

/**
 * Windows of a decoder wall as ISAPI writes them (`WallWindow` of `/ISAPI/DisplayDev/VideoWall/<id>/windows`). In the mode `uniformCoordinate` every
 * screen counts 1920 × 1920 whatever its resolution, so 160 to a unit of ours. Values of real devices stand on lines of their own: text is trimmed.
 */
export interface DeviceWindow {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly signal: Signal | null
}

/** What feeds a window: an input of the decoder, a stream that the decoder knows by number, or an address that it opens itself. */
export type Signal =
  | { readonly kind: 'input'; readonly value: string }
  | { readonly kind: 'stream'; readonly value: string }
  | { readonly kind: 'url'; readonly value: string }

export const perScreen = 1_920
const perUnit = perScreen / unitsPerScreen
/** Decoders align windows to a few points. */
const slack = 16

/** `input:16842753`, `stream:3`, `url:rtsp://…`; undefined: none of them. */
export function readSignal(text: string): Signal | undefined {
  const [, kind, value] = /^(input|stream|url):(.+)$/.exec(text) ?? []
  return kind !== undefined && value !== undefined ? { kind: kind as Signal['kind'], value } : undefined
}

export const signalText = ({ kind, value }: Signal): string => `${kind}:${value}`

export function readWindows(text: string): readonly DeviceWindow[] | undefined {
  const root = readXml(text)
  if (root?.name !== 'WallWindowList') return undefined
  return xmlAll(root, 'WallWindow').flatMap((element) => {
    const rect = xmlAt(element, 'Rect')
    const number = (...path: string[]) => Number(xmlText(rect, ...path) ?? Number.NaN)
    const [x, y] = [number('Coordinate', 'x'), number('Coordinate', 'y')]
    const [width, height] = [number('width'), number('height')]
    const id = xmlText(element, 'id')
    if (id === undefined || ![x, y, width, height].every(Number.isFinite)) return []
    return [{ id, x, y, width, height, signal: signalOf(xmlAll(element, 'SubWindowParam')[0]) }]
  })
}

function signalOf(param: ReturnType<typeof readXml>): Signal | null {
  const mode = xmlText(param, 'signalMode')
  const [input, stream] = [xmlText(param, 'videoInputChannelID'), xmlText(param, 'streamingChannelID')]
  if (mode === 'video input' && input) return { kind: 'input', value: input }
  if (mode === 'stream id' && stream) return { kind: 'stream', value: stream }
  const url = param && xmlAll(param, 'StreamInURL').map((one) => xmlText(one, 'URL'))[0]
  return mode === 'stream setting' && url ? { kind: 'url', value: url } : null
}

export function windowXml(tile: Tile, signal: Signal, id?: string): string {
  const param = {
    input: `<signalMode>video input</signalMode><videoInputChannelID>${escapeXml(signal.value)}</videoInputChannelID>`,
    stream: `<signalMode>stream id</signalMode><streamingChannelID>${escapeXml(signal.value)}</streamingChannelID>`,
    url: `<signalMode>stream setting</signalMode><StreamInput><streamInputMode>realtime</streamInputMode><StreamInputRealtime><durationInUnit>0</durationInUnit><StreamRealtimeUnitList><StreamRealtimeUnit><streamType>in URL</streamType><StreamInURL><URL>${escapeXml(signal.value)}</URL></StreamInURL></StreamRealtimeUnit></StreamRealtimeUnitList></StreamInputRealtime></StreamInput>`,
  }[signal.kind]
  const at = (units: number) => units * perUnit
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<WallWindow version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">',
    ...(id === undefined ? [] : [`<id>${escapeXml(id)}</id>`]),
    '<wndOperateMode>uniformCoordinate</wndOperateMode>',
    `<Rect><Coordinate><x>${at(tile.x)}</x><y>${at(tile.y)}</y></Coordinate><width>${at(tile.width)}</width><height>${at(tile.height)}</height></Rect>`,
    '<windowMode>1</windowMode>',
    `<SubWindowList><SubWindow><id>1</id><SubWindowParam>${param}</SubWindowParam></SubWindow></SubWindowList>`,
    '</WallWindow>',
  ].join('')
}

/** The tile that a window fills, as nearly as decoders align. */
export function tileOf({ x, y, width, height }: DeviceWindow, layout: Layout): Tile | undefined {
  const near = (points: number, units: number) => Math.abs(points - units * perUnit) <= slack
  return layout.tiles.find((tile) => near(x, tile.x) && near(y, tile.y) && near(width, tile.width) && near(height, tile.height))
}

/** `ResponseStatus`: a refusal may come with HTTP 200. Undefined: it was done; otherwise the device's own words. */
export function refusalIn(status: number, text: string): string | undefined {
  const root = readXml(text)
  const [code, words, sub] = ['statusCode', 'statusString', 'subStatusCode'].map((name) => xmlText(root, name))
  if (root?.name === 'ResponseStatus' && code !== '0' && code !== '1') return known[sub ?? ''] ?? `${words ?? '拒绝'}（${sub ?? code}）`
  if (status >= 300) return known[sub ?? ''] ?? `设备回答 ${status}`
  return undefined
}

const known: Readonly<Record<string, string>> = {
  badParameters: '参数不对',
  deviceBusy: '设备正忙',
  lowPrivilege: '账号没有这个权限',
  noMemory: '设备资源不足',
  notSupport: '设备不支持',
  resourceInsufficient: '解码资源不足',
  maxWindowNumber: '窗口已到上限',
}
