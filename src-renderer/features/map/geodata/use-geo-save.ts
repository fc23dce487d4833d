import { useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { GeoChangeSet, GeoFeature } from '#shared/contracts/geo-shapes'
import type { LayerChange } from '#shared/domain/geodata/divide-grid'
import { useBridge } from '../../../bridge/react'

/** A set of changes on its way to the centre, which checks it and takes all of it or nothing. */
export interface GeoSaving {
  readonly note: string
  setNote(note: string): void
  readonly isBusy: boolean
  readonly error: AppError | undefined
  /** What was let through, but should be looked at. */
  readonly warnings: readonly string[]
  /** The features as they are now; undefined when it was refused. */
  save(changes: readonly LayerChange[]): Promise<readonly GeoFeature[] | undefined>
}

export function useGeoSave(): GeoSaving {
  const { call } = useBridge()
  const [note, setNote] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<AppError>()
  const [warnings, setWarnings] = useState<readonly string[]>([])
  return {
    note,
    setNote,
    isBusy,
    error,
    warnings,
    async save(changes) {
      setBusy(true)
      const answer = await call('geo.save', { changes: changes as GeoChangeSet['changes'], note: note.trim() })
      setBusy(false)
      setError(answer.ok ? undefined : answer.error)
      setWarnings(answer.ok ? answer.value.warnings.map(({ reason }) => reason) : [])
      if (!answer.ok) return undefined
      setNote('')
      return answer.value.items
    },
  }
}
