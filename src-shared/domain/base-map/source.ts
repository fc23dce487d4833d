import type { CoordinateSystem } from '../geo/coordinate-system'

/**
 * A base map from elsewhere 外部底图: pictures in squares (XYZ or WMTS) that lie below everything of ours. Where it comes from, what its coordinates are in, and
 * how the plane is cut into squares. Keys are not here: who may see a source may not see its key.
 */
export const baseMapLooks = { electronic: '电子地图', imagery: '影像' } as const
export type BaseMapLook = keyof typeof baseMapLooks

/**
 * How the plane is cut. `webMercator`: EPSG:3857, halved from the whole world on. `geographic`: degrees (EPSG:4490, 4326), halved from 360°. `baidu`: Baidu's plane,
 * counted north-east from its origin. `plane`: a survey's own Gauss–Krüger plane, from a corner in the north-west on.
 */
export const tilingNames = {
  webMercator: 'Web 墨卡托（EPSG:3857，天地图 w）',
  geographic: '经纬度（EPSG:4490/4326，天地图 c）',
  baidu: '百度切片',
  plane: '地方平面（高斯-克吕格）',
} as const
export type TilingKind = keyof typeof tilingNames

export type Tiling =
  | { readonly kind: 'webMercator' | 'geographic' | 'baidu' }
  | {
      readonly kind: 'plane'
      /** Metres; the corner from which columns count east and rows south. */
      readonly originEast: number
      readonly originNorth: number
      /** Metres a pixel of each level, the coarsest first. */
      readonly resolutions: readonly number[]
    }

export interface BaseMapSource {
  readonly sourceId: string
  readonly name: string
  readonly look: BaseMapLook
  /** Whose it is and by which number it was examined (审图号); shown on the map. */
  readonly attribution: string
  readonly coordinates: CoordinateSystem
  readonly tiling: Tiling
  readonly tileSize: 256 | 512
  readonly minZoom: number
  readonly maxZoom: number
  /**
   * Addresses of a square, drawn one over the other (picture, then names): `{z}` `{x}` `{y}`, `{-y}` for rows counted from the south, `{s}` for one of `subdomains`,
   * `{key}` for the key.
   */
  readonly layers: readonly string[]
  readonly subdomains: readonly string[]
}

/** 天地图, whose addresses are known: only the key is to be entered. `c` is CGCS2000 in degrees, `w` the same in Web Mercator. */
export function tianditu(look: BaseMapLook, set: 'c' | 'w'): BaseMapSource {
  const names = { electronic: ['vec', 'cva'], imagery: ['img', 'cia'] }[look]
  return {
    sourceId: `tianditu-${look === 'electronic' ? 'vec' : 'img'}`,
    name: `天地图${baseMapLooks[look]}`,
    look,
    attribution: '天地图',
    coordinates: { system: 'CGCS2000' },
    tiling: { kind: set === 'c' ? 'geographic' : 'webMercator' },
    tileSize: 256,
    minZoom: 1,
    maxZoom: 18,
    layers: names.map((layer) => `https://t{s}.tianditu.gov.cn/${layer}_${set}/wmts?${tiandituQuery(layer, set)}`),
    subdomains: ['0', '1', '2', '3', '4', '5', '6', '7'],
  }
}

const tiandituQuery = (layer: string, set: string) =>
  `SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}&STYLE=default&TILEMATRIXSET=${set}&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}`
