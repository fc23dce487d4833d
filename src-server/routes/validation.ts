import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'

/**
 * Checks what came in against the table's schemas. A body must fit exactly: nothing is converted and nothing removed. Only a query, which is
 * all text, has its numbers and its yes and no read. Refusals name each field in words.
 */
export type Check = (value: unknown) => Result<unknown, AppError>

type JsonSchema = { properties?: Record<string, { type?: string; default?: unknown }> }

export function bodyCheck(schema: TSchema): Check {
  const compiled = Compile(schema)
  return (value) => {
    try {
      return compiled.Check(value) ? ok(value) : err(invalid(compiled.Errors(value)))
    } catch {
      // Looking for repeated items walks each of them to its bottom, and thousands of nested lists are deeper than the stack.
      return err(appError('request/invalid', { fields: '嵌套过深' }))
    }
  }
}

export function queryCheck(schema: TSchema): Check {
  const check = bodyCheck(schema)
  const { properties = {} } = schema as JsonSchema
  return (value) => {
    const read: Record<string, unknown> = {}
    for (const [name, { default: preset }] of Object.entries(properties)) if (preset !== undefined) read[name] = preset
    for (const [name, text] of Object.entries((value ?? {}) as Record<string, unknown>)) {
      read[name] = typeof text === 'string' ? readText(text, properties[name]?.type) : text
    }
    return check(read)
  }
}

function readText(text: string, type: string | undefined): unknown {
  if (type === 'integer' && /^-?\d{1,16}$/.test(text)) return Number(text)
  if (type === 'number' && /^-?\d{1,16}(\.\d{1,16})?$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

interface Finding {
  readonly keyword: string
  readonly instancePath: string
  readonly params: object
}

function invalid(findings: readonly Finding[]): AppError {
  const sentences = new Map<string, string>()
  for (const finding of findings) {
    // `boolean` only repeats `additionalProperties` from the inside.
    if (finding.keyword === 'boolean') continue
    const field = finding.instancePath.slice(1).replaceAll('/', '.')
    if (!sentences.has(field)) sentences.set(field, `${field}${field ? ' ' : ''}${saying(finding)}`)
  }
  const fields = [...sentences.values()].slice(0, 8)
  return appError('request/invalid', { fields: fields.join('；'), paths: [...sentences.keys()] })
}

const typeNames: Readonly<Record<string, string>> = {
  string: '文字',
  integer: '整数',
  number: '数字',
  boolean: '是或否',
  object: '一组字段',
  array: '列表',
  null: '空',
}

function saying({ keyword, params }: Finding): string {
  const { limit, type, requiredProperties, additionalProperties, allowedValues } = params as {
    limit?: number
    type?: string
    requiredProperties?: string[]
    additionalProperties?: string[]
    allowedValues?: unknown[]
  }
  switch (keyword) {
    case 'required':
      return `缺少 ${requiredProperties?.join('、') ?? ''}`
    case 'additionalProperties':
      return `不认识 ${additionalProperties?.join('、') ?? ''}`
    case 'type':
      return `应为${typeNames[type ?? ''] ?? '另一种类型'}`
    case 'enum':
      return `须为 ${allowedValues?.join('、') ?? ''} 之一`
    case 'minLength':
      return `至少 ${limit} 个字符`
    case 'maxLength':
      return `最长 ${limit} 个字符`
    case 'minimum':
      return `不小于 ${limit}`
    case 'maximum':
      return `不大于 ${limit}`
    case 'minItems':
      return `至少 ${limit} 项`
    case 'uniqueItems':
      return '有重复项'
    default:
      return '格式不对'
  }
}
