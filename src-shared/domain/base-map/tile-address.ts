import type { BaseMapSource } from './source'

/** The address at which one square of a base map is fetched. Only numbers go into what the administrator entered. */
export interface TileNo {
  readonly z: number
  readonly x: number
  readonly y: number
}

/** Larger than any number of a square that there can be. */
export const mostTileNo = 2 ** 24

export function tileAddress(
  { layers, subdomains }: Pick<BaseMapSource, 'layers' | 'subdomains'>,
  layer: number,
  { z, x, y }: TileNo,
  key: string | null,
): string | undefined {
  const template = layers[layer]
  if (template === undefined) return undefined
  const values: Readonly<Record<string, string>> = {
    '{z}': String(z),
    '{x}': String(x),
    '{y}': String(y),
    '{-y}': String(2 ** z - 1 - y),
    // The same square always from the same host: whoever keeps a copy on the way finds it again.
    '{s}': subdomains[(x + y) % Math.max(1, subdomains.length)] ?? '',
    '{key}': encodeURIComponent(key ?? ''),
  }
  return template.replace(/\{(?:-?y|[xzs]|key)\}/g, (name) => values[name] ?? name)
}

/** The hosts that a source may be fetched from; a key belongs to them and goes nowhere else. */
export function originsOf({ layers, subdomains }: Pick<BaseMapSource, 'layers' | 'subdomains'>): readonly string[] {
  const hosts = layers.flatMap((template) => {
    const names = template.includes('{s}') && subdomains.length > 0 ? subdomains : ['']
    return names.map((name) => new URL(plain(template.replaceAll('{s}', name))).origin)
  })
  return [...new Set(hosts)].sort()
}

/** An address with numbers in the place of what is filled in. */
export const plain = (template: string): string => template.replace(/\{(?:-?y|[xz]|key)\}/g, '0')
