import type { Content } from '#shared/domain/wall/wall'

/** The device's names of sources, by `kind/id`, as a configuration lists them. */
export type Sources = Readonly<Record<string, string>>

const titles = { camera: '探头', case: '案卷', map: '地图', dashboard: '看板', web: '网页' } as const

export const sourceOf = (sources: Sources, { kind, id }: Content): string | undefined => sources[`${kind}/${id}`]

/** What a device shows that the configuration does not know is shown by the device's own name of it. */
export function contentOfSource(sources: Sources, source: string): Content {
  const key = Object.keys(sources).find((one) => sources[one] === source)
  const [kind, ...rest] = (key ?? '').split('/')
  const id = rest.join('/')
  const known = kind !== undefined && kind in titles ? (kind as keyof typeof titles) : undefined
  return known ? { kind: known, id, title: `${titles[known]} ${id}` } : { kind: 'web', id: source, title: `信号源 ${source}` }
}
