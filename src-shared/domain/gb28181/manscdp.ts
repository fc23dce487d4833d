import { escapeXml, readXml, type XmlElement, xmlAll, xmlText } from '../../base/xml'
import { isGbCode } from './codes'

/**
 * MANSCDP: what platforms and devices tell each other in the body of a SIP MESSAGE (GB/T 28181-2016 annex A). Text in, a value out, and the other way
 * round; how text becomes bytes, and who sent it, is decided elsewhere. What nobody here needs is read as `other`, so that it can still be answered.
 */
export type DeviceMessage =
  | { readonly kind: 'keepAlive'; readonly deviceId: string; readonly isWell: boolean }
  | { readonly kind: 'catalog'; readonly deviceId: string; readonly sn: number; readonly piece: CatalogPiece }
  | { readonly kind: 'deviceInfo'; readonly deviceId: string; readonly sn: number; readonly info: DeviceInfo }
  | { readonly kind: 'deviceStatus'; readonly deviceId: string; readonly sn: number; readonly status: DeviceStatus }
  | { readonly kind: 'deviceControl'; readonly deviceId: string; readonly sn: number; readonly isDone: boolean }
  /** §9.8, annex A.2.5: `isAtEnd` (type 121) says that a recording has been sent to its end. */
  | { readonly kind: 'mediaStatus'; readonly deviceId: string; readonly isAtEnd: boolean }
  | { readonly kind: 'other'; readonly deviceId: string; readonly command: string }

export interface CatalogPiece {
  /** How many items the whole answer has. */
  readonly total: number
  readonly items: readonly CatalogItem[]
}

export interface CatalogItem {
  readonly channelId: string
  readonly name: string
  /** The recorder, folder or platform above it. */
  readonly parentId: string | null
  readonly manufacturer: string | null
  readonly isOn: boolean
  /** Longitude and latitude, when the device says them and they are on earth. */
  readonly position: readonly [number, number] | null
  /** Null: it does not say. Annex A.2.1: 1 a dome, 2 half a dome, 3 fixed, 4 a fixed one on a turning head. */
  readonly canTurn: boolean | null
}

export interface DeviceInfo {
  readonly name: string | null
  readonly manufacturer: string | null
  readonly model: string | null
  readonly firmware: string | null
}

export interface DeviceStatus {
  readonly isOnline: boolean
  readonly isWell: boolean
}

/** Longest name that a directory takes. */
const mostName = 60
/** One answer names so many at most; a city has 5 000 cameras in its directory. */
export const mostChannels = 20_000

/** Undefined: no message of this standard. Values beyond the standard's ranges are read as unknown, not as an error: devices are careless. */
export function readDeviceMessage(text: string): DeviceMessage | undefined {
  const root = readXml(text)
  const command = xmlText(root, 'CmdType')
  const deviceId = xmlText(root, 'DeviceID') ?? ''
  if (!root || command === undefined || !isGbCode(deviceId)) return undefined
  const sn = Number(xmlText(root, 'SN'))
  if (root.name === 'Notify') return readNotify(root, command, deviceId)
  if (root.name !== 'Response' || !Number.isSafeInteger(sn)) return { kind: 'other', deviceId, command }
  if (command === 'Catalog') return readCatalog(root, deviceId, sn)
  if (command === 'DeviceInfo') return { kind: 'deviceInfo', deviceId, sn, info: readInfo(root) }
  if (command === 'DeviceStatus') {
    const isOnline = xmlText(root, 'Online')?.toUpperCase() === 'ONLINE'
    return { kind: 'deviceStatus', deviceId, sn, status: { isOnline, isWell: xmlText(root, 'Status')?.toUpperCase() !== 'ERROR' } }
  }
  if (command === 'DeviceControl') return { kind: 'deviceControl', deviceId, sn, isDone: xmlText(root, 'Result')?.toUpperCase() === 'OK' }
  return { kind: 'other', deviceId, command }
}

function readNotify(root: XmlElement, command: string, deviceId: string): DeviceMessage {
  if (command === 'Keepalive') return { kind: 'keepAlive', deviceId, isWell: xmlText(root, 'Status')?.toUpperCase() !== 'ERROR' }
  if (command === 'MediaStatus') return { kind: 'mediaStatus', deviceId, isAtEnd: xmlText(root, 'NotifyType') === '121' }
  return { kind: 'other', deviceId, command }
}

function readCatalog(root: XmlElement, deviceId: string, sn: number): DeviceMessage {
  const total = Number(xmlText(root, 'SumNum'))
  const items = xmlAll(root, 'Item').flatMap(readItem)
  const isUsable = Number.isInteger(total) && total >= 0 && total <= mostChannels
  return isUsable ? { kind: 'catalog', deviceId, sn, piece: { total, items } } : { kind: 'other', deviceId, command: 'Catalog' }
}

function readItem(item: XmlElement): CatalogItem[] {
  const channelId = xmlText(item, 'DeviceID') ?? ''
  if (!isGbCode(channelId)) return []
  const parentId = textOf(item, 'ParentID')?.split('/').at(-1) ?? null
  const kind = xmlText(item, 'Info', 'PTZType') ?? xmlText(item, 'PTZType')
  return [
    {
      channelId,
      name: textOf(item, 'Name') ?? channelId,
      parentId: parentId !== null && isGbCode(parentId) ? parentId : null,
      manufacturer: textOf(item, 'Manufacturer'),
      // Annex A.2.1 says ON and OFF; some makes write OK, or nothing at all for a camera that is there.
      isOn: !/^(OFF|OFFLINE|ERROR|0)$/i.test(xmlText(item, 'Status') ?? ''),
      position: positionOf(xmlText(item, 'Longitude'), xmlText(item, 'Latitude')),
      canTurn: kind === undefined || kind === '' ? null : ['1', '2', '4'].includes(kind),
    },
  ]
}

function readInfo(root: XmlElement): DeviceInfo {
  return {
    ...{ name: textOf(root, 'DeviceName'), manufacturer: textOf(root, 'Manufacturer') },
    ...{ model: textOf(root, 'Model'), firmware: textOf(root, 'Firmware') },
  }
}

/** Without what no screen can show. */
function textOf(element: XmlElement, name: string): string | null {
  const text = xmlText(element, name)
    ?.replace(/[\p{Cc}\p{Cf}\uFFFD]/gu, '')
    .trim()
    .slice(0, mostName)
  return text === undefined || text === '' ? null : text
}

/** Zero and zero is what a device says that nobody gave a place. */
function positionOf(longitude: string | undefined, latitude: string | undefined): readonly [number, number] | null {
  const [east, north] = [Number(longitude || Number.NaN), Number(latitude || Number.NaN)]
  const isOnEarth = Math.abs(east) <= 180 && Math.abs(north) <= 90 && (east !== 0 || north !== 0)
  return isOnEarth ? [east, north] : null
}

export type DeviceQuery = 'Catalog' | 'DeviceInfo' | 'DeviceStatus'

export function writeQuery(command: DeviceQuery, sn: number, deviceId: string): string {
  return body('Query', command, sn, deviceId, '')
}

/** Annex A.2.3.1. `priority` 1–255 of ControlPriority: more is stronger. */
export function writePtz(sn: number, channelId: string, octets: string, priority: number): string {
  return body(
    ...(['Control', 'DeviceControl', sn, channelId] as const),
    `<PTZCmd>${escapeXml(octets)}</PTZCmd><Info><ControlPriority>${priority}</ControlPriority></Info>`,
  )
}

/** Everything written is plain ASCII: the name of the code page costs nothing then, and old devices insist on it. */
function body(root: string, command: string, sn: number, deviceId: string, rest: string): string {
  return [
    '<?xml version="1.0" encoding="GB2312"?>',
    `<${root}>`,
    `<CmdType>${command}</CmdType>`,
    `<SN>${sn}</SN>`,
    `<DeviceID>${deviceId}</DeviceID>`,
    ...(rest === '' ? [] : [rest]),
    `</${root}>`,
    '',
  ].join('\r\n')
}
