import type { AppError } from '../../src-shared/base/app-error'
import { err, ok, type Result } from '../../src-shared/base/result'
import { appError } from '../../src-shared/contracts/errors'
import type { ReferenceDocument, ReferenceKind } from '../../src-shared/contracts/reference'
import { type GridIndex, gridIndexOf } from '../../src-shared/domain/geo/grid-index'
import type { Central } from './central'

/** What reporting a new problem needs of the reference data, fetched when it is first needed: classes of the edition in force, grids, favourites. */
export interface Subclass {
  readonly kind: 'component' | 'event'
  readonly standard: string
  readonly code: string
  readonly name: string
  readonly majorName: string
}

export interface Reference {
  subclasses(): Promise<Result<readonly Subclass[], AppError>>
  /** Those of the cases that this collector has to do with, the most frequent first. */
  frequent(all: readonly Subclass[]): Promise<readonly Subclass[]>
  grids(): Promise<Result<GridIndex, AppError>>
}

const mostFrequent = 8

export function createReference(central: Central): Reference {
  async function documents<K extends ReferenceKind>(kind: K): Promise<Result<readonly ReferenceDocument<K>[], AppError>> {
    const manifest = await central.call('reference.manifest', {})
    if (!manifest.ok) return manifest
    const found: ReferenceDocument<K>[] = []
    for (const { id } of manifest.value.items.filter((item) => item.kind === kind)) {
      const answer = await central.call('reference.get', { params: { kind, id } })
      if (!answer.ok) return answer
      found.push(answer.value.document as ReferenceDocument<K>)
    }
    return ok(found)
  }
  const subclasses = onceItWorks(async () => {
    const editions = await documents('classification')
    if (!editions.ok) return editions
    const edition = editions.value.find(({ replacedBy }) => replacedBy === null)
    if (!edition) return err(appError('record/notFound'))
    const majors = new Map(edition.majorClasses.map(({ kind, code, name }) => [`${kind}${code}`, name]))
    return ok(
      edition.subclasses.map(({ kind, code, name, majorCode }) => ({
        ...{ kind, code, name, standard: edition.standard },
        majorName: majors.get(`${kind}${majorCode}`) ?? '',
      })),
    )
  })
  const grids = onceItWorks(async () => {
    const found = await documents('grids')
    return found.ok ? ok(gridIndexOf(found.value.flatMap((document) => document.grids))) : found
  })
  return {
    subclasses,
    grids,
    async frequent(all) {
      const answer = await central.call('cases.list', { query: { limit: 200 } })
      if (!answer.ok) return []
      const counts = new Map<string, number>()
      for (const { kind, subclassCode } of answer.value.items) {
        const id = `${kind}${subclassCode}`
        counts.set(id, (counts.get(id) ?? 0) + 1)
      }
      const countOf = ({ kind, code }: Subclass) => counts.get(`${kind}${code}`) ?? 0
      return all
        .filter((subclass) => countOf(subclass) > 0)
        .sort((a, b) => countOf(b) - countOf(a))
        .slice(0, mostFrequent)
    },
  }
}

/** Keeps an answer, and asks again after a failure. */
function onceItWorks<T>(load: () => Promise<Result<T, AppError>>): () => Promise<Result<T, AppError>> {
  let kept: Promise<Result<T, AppError>> | undefined
  return async () => {
    kept ??= load()
    const answer = await kept
    if (!answer.ok) kept = undefined
    return answer
  }
}
