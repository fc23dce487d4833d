import { describe, expect, it } from 'vitest'
import { withNamedShapes } from '#server/routes/named-shapes'
import { CaseRowSchema } from '#shared/contracts/case-shapes'
import { Uuid } from '#shared/contracts/common'

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('the description of the API', () => {
  const document = {
    paths: plain({ '/one': CaseRowSchema, '/many': { items: [CaseRowSchema], caseId: Uuid } }),
    components: { schemas: { Problem: {} } },
  }
  const named = withNamedShapes(document)

  it('says a shape that routes share once, by the name that the contracts give it, and leaves short ones where they are', () => {
    const ref = { $ref: '#/components/schemas/CaseRow' }
    expect(named.paths).toEqual({ '/one': ref, '/many': { items: [ref], caseId: plain(Uuid) } })
    expect(Object.keys(named.components.schemas)).toEqual(expect.arrayContaining(['CaseRow', 'Problem']))
  })

  it('says the same as before', () => {
    const schemas = named.components.schemas as Readonly<Record<string, unknown>>
    const written = (node: unknown): unknown => {
      if (typeof node !== 'object' || node === null) return node
      if (Array.isArray(node)) return node.map(written)
      const [key, value] = Object.entries(node)[0] ?? []
      if (key === '$ref') return written(schemas[String(value).split('/').at(-1) ?? ''])
      return Object.fromEntries(Object.entries(node).map(([name, each]) => [name, written(each)]))
    }
    expect(written(named.paths)).toEqual(document.paths)
  })
})
