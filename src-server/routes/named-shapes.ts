import * as baseMaps from '#shared/contracts/base-map-shapes'
import * as calls from '#shared/contracts/call-shapes'
import * as callers from '#shared/contracts/caller-shapes'
import * as cameras from '#shared/contracts/camera-shapes'
import * as cases from '#shared/contracts/case-shapes'
import * as accountRows from '#shared/contracts/central-api/accounts'
import * as callRows from '#shared/contracts/central-api/calls'
import * as centreRows from '#shared/contracts/central-api/centre'
import * as dutyLogRows from '#shared/contracts/central-api/duty-log'
import * as fieldRows from '#shared/contracts/central-api/field'
import * as geoRows from '#shared/contracts/central-api/geo'
import * as shiftRows from '#shared/contracts/central-api/shift'
import * as wallRows from '#shared/contracts/central-api/walls'
import * as common from '#shared/contracts/common'
import * as gb from '#shared/contracts/gb-shapes'
import * as geo from '#shared/contracts/geo-shapes'
import * as knowledge from '#shared/contracts/knowledge-shapes'
import * as quality from '#shared/contracts/quality-shapes'
import * as reference from '#shared/contracts/reference'
import * as city from '#shared/contracts/reference-city'
import * as shift from '#shared/contracts/shift-shapes'
import * as steering from '#shared/contracts/steering-shapes'
import * as walls from '#shared/contracts/wall-shapes'

/**
 * Names the shapes that routes share, so that the description of the API says each once (OpenAPI 3.1 §4.8.7, components) where the tables would write it out at
 * every use. The names are those that the contracts give them. Pure.
 */
const modules: readonly Readonly<Record<string, unknown>>[] = [
  ...[common, calls, callers, cameras, cases, gb, geo, baseMaps, knowledge, quality, reference, city, shift, steering, walls],
  ...[accountRows, callRows, centreRows, dutyLogRows, fieldRows, geoRows, shiftRows, wallRows],
]
/** Written out, a shorter one is easier to read than to look up. */
const leastLength = 240

interface OpenApi {
  readonly paths?: unknown
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> }
}

const names: ReadonlyMap<string, string> = new Map(
  modules.flatMap((module) =>
    Object.entries(module).flatMap(([name, shape]): [string, string][] => {
      if (typeof shape !== 'object' || shape === null || Array.isArray(shape)) return []
      const text = JSON.stringify(shape)
      const isShape = 'type' in shape || 'anyOf' in shape
      return isShape && text.length >= leastLength ? [[text, name.replace(/Schema$/, '')]] : []
    }),
  ),
)

export function withNamedShapes<Document extends OpenApi>(document: Document): Document {
  const schemas: Record<string, unknown> = {}
  const name = (node: unknown, isWhole = true): unknown => {
    if (typeof node !== 'object' || node === null) return node
    if (Array.isArray(node)) return node.map((each) => name(each))
    const known = isWhole ? names.get(JSON.stringify(node)) : undefined
    if (known === undefined) return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, name(value)]))
    schemas[known] ??= name(node, false)
    return { $ref: `#/components/schemas/${known}` }
  }
  const paths = name(document.paths)
  const inOrder = Object.fromEntries(Object.entries(schemas).sort(([one], [other]) => (one < other ? -1 : 1)))
  return { ...document, paths, components: { ...document.components, schemas: { ...document.components?.schemas, ...inOrder } } }
}
