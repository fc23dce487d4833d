import type { BaseMapSource } from './source'
import { plain } from './tile-address'
import { tilePlaneOf } from './tile-plane'

/** What keeps a configuration of base maps from being used, each as a Chinese sentence without a full stop that names the source. */
export function sourceMistakes(sources: readonly BaseMapSource[]): readonly string[] {
  const ids = sources.map(({ sourceId }) => sourceId)
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at)
  return [
    ...[...new Set(twice)].map((id) => `编号 ${id} 用了两次，每个底图一个编号`),
    ...sources.flatMap((source) => mistakesOf(source).map((mistake) => `「${source.name}」${mistake}`)),
  ]
}

/** Names under which services expect a key; one written into the address would be seen by everybody. */
const keyParameter = /[?&](tk|token|key|ak|apikey|api_key|access_token|appkey)=(?!\{key\})[^&]+/i

function mistakesOf(source: BaseMapSource): readonly string[] {
  const { coordinates, tiling, minZoom, maxZoom, layers } = source
  const mistakes: string[] = []
  if (minZoom > maxZoom) mistakes.push(`的最小级别 ${minZoom} 大于最大级别 ${maxZoom}`)
  else if (maxZoom >= tilePlaneOf(source).levels)
    mistakes.push(`的最大级别 ${maxZoom} 超出了分辨率表（共 ${tilePlaneOf(source).levels} 级）`)
  if (tiling.kind === 'plane') {
    if (coordinates.system !== 'gaussKruger') mistakes.push('按地方平面切片，坐标系应选高斯-克吕格并填中央经线')
    if (tiling.resolutions.some((each, at) => at > 0 && each >= (tiling.resolutions[at - 1] ?? 0)))
      mistakes.push('的分辨率应从大到小，一级一个')
  } else if (coordinates.system === 'gaussKruger') {
    mistakes.push('的坐标系是高斯-克吕格，切片方式应选“地方平面”')
  }
  if (tiling.kind === 'baidu' && coordinates.system !== 'BD-09') mistakes.push('按百度切片，坐标系应为 BD-09')
  return [...mistakes, ...layers.flatMap((template, at) => addressMistakes(source, template, at + 1))]
}

function addressMistakes({ subdomains, tiling }: BaseMapSource, template: string, no: number): readonly string[] {
  const what = `的第 ${no} 个地址`
  const url = URL.canParse(plain(template).replaceAll('{s}', 'a')) ? new URL(plain(template).replaceAll('{s}', 'a')) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return [`${what}不是 http 或 https 网址`]
  const host = /^[a-z]+:\/\/([^/?#]*)/i.exec(template)?.[1] ?? ''
  const mistakes: string[] = []
  if (/\{(?!s\})/.test(host)) mistakes.push(`${what}的主机名里只能用 {s}`)
  if (url.username !== '' || url.password !== '') mistakes.push(`${what}带了用户名或口令，请去掉`)
  if (!template.includes('{z}') || !template.includes('{x}') || !(template.includes('{y}') || template.includes('{-y}')))
    mistakes.push(`${what}须有 {z}、{x} 和 {y}（行号从南数起用 {-y}）`)
  if (template.includes('{-y}') && (tiling.kind === 'plane' || tiling.kind === 'baidu'))
    mistakes.push(`${what}用了 {-y}，地方平面和百度切片没有总行数，请用 {y}`)
  const unknown = template.match(/\{[^}]*\}/g)?.find((name) => !/^\{(?:-?y|[xzs]|key)\}$/.test(name))
  if (unknown) mistakes.push(`${what}有认不出的 ${unknown}，只能用 {z} {x} {y} {-y} {s} {key}`)
  if (template.includes('{s}') && subdomains.length === 0) mistakes.push(`${what}用了 {s}，请填子域，如 0,1,2,3`)
  const written = keyParameter.exec(template)?.[1]
  if (written) mistakes.push(`${what}里写了密钥（${written}=…），人人看得见；请改为 ${written}={key}，密钥填在密钥栏`)
  return mistakes
}
