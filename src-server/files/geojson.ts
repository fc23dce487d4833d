import { createReadStream } from 'node:fs'
import { faultyRow, type GeoFileRow, geometryFrom } from './geo-rows'

/**
 * Reads a GeoJSON FeatureCollection (RFC 7946) feature by feature: only the one that is being read is in memory. Members of the collection that are not
 * features, such as the old `crs`, are passed over.
 */
const mostFeatureChars = 4_000_000

export async function* readGeoJson(path: string, onRead: (bytes: number) => void): AsyncGenerator<GeoFileRow> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const scanner = createScanner()
  let row = 0
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 262_144 }) as AsyncIterable<Buffer>) {
      onRead(chunk.length)
      for (const text of scanner.take(decoder.decode(chunk, { stream: true }))) yield featureRow(text, ++row)
      if (scanner.isTooLong()) {
        yield faultyRow(row + 1, '这个要素过大（超过 4 MB），无法读取')
        return
      }
    }
    decoder.decode()
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown
    yield faultyRow(null, '文件不是 UTF-8 编码的 GeoJSON，请另存为 UTF-8 后再导入')
    return
  }
  if (!scanner.hasFeatures()) yield faultyRow(null, '文件不是 GeoJSON 要素集合（没有 features）')
  else if (!scanner.isWhole()) yield faultyRow(null, '文件不完整，在末尾之前中断')
}

function featureRow(text: string, row: number): GeoFileRow {
  let feature: { properties?: unknown; geometry?: unknown; id?: unknown }
  try {
    feature = JSON.parse(text)
  } catch {
    return faultyRow(row, '要素不是合法的 JSON')
  }
  const geometry = geometryFrom(feature.geometry)
  if (typeof geometry === 'string') return { ...faultyRow(row, geometry), fields: fieldsOf(feature.properties) }
  return { row, fields: fieldsOf(feature.properties), geometry, fault: null }
}

function fieldsOf(properties: unknown): GeoFileRow['fields'] {
  const fields: Record<string, string | number | boolean | null> = {}
  for (const [name, value] of Object.entries((properties ?? {}) as Record<string, unknown>)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') fields[name] = value
    else if (Array.isArray(value)) fields[name] = value.join(' ')
    else fields[name] = null
  }
  return fields
}

interface Scanner {
  /** Whole features that end in this piece of text. */
  take(text: string): readonly string[]
  hasFeatures(): boolean
  isWhole(): boolean
  isTooLong(): boolean
}

/** Follows brackets and strings; a feature is an object directly within the array `features` of the outermost object. */
function createScanner(): Scanner {
  let [depth, isInString, isEscaped, isInFeatures, hasSeen] = [0, false, false, false, false]
  let [lastString, current, feature] = ['', '', '']
  let isCapturing = false
  return {
    take(text) {
      const found: string[] = []
      let from = isCapturing ? 0 : -1
      for (let at = 0; at < text.length; at++) {
        const char = text.charCodeAt(at)
        if (isInString) {
          if (isEscaped) isEscaped = false
          else if (char === 92) isEscaped = true
          else if (char === 34) {
            isInString = false
            if (depth === 1) lastString = current
          } else if (depth === 1 && current.length < 40) current += text[at]
          continue
        }
        if (char === 34) {
          isInString = true
          current = ''
        } else if (char === 123 || char === 91) {
          depth++
          if (char === 91 && depth === 2 && lastString === 'features') isInFeatures = hasSeen = true
          if (char === 123 && depth === 3 && isInFeatures && !isCapturing) {
            isCapturing = true
            from = at
            feature = ''
          }
        } else if (char === 125 || char === 93) {
          depth--
          if (isCapturing && depth === 2) {
            found.push(feature + text.slice(from, at + 1))
            isCapturing = false
            from = -1
          }
          if (depth === 1) isInFeatures = false
        }
      }
      if (isCapturing) feature += text.slice(Math.max(from, 0))
      return found
    },
    hasFeatures: () => hasSeen,
    isWhole: () => depth === 0 && hasSeen,
    isTooLong: () => isCapturing && feature.length > mostFeatureChars,
  }
}
