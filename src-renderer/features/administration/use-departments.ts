import { useMemo } from 'react'
import { useTopic } from '../../bridge/react'
import { useQuery } from '../../bridge/use-query'

/** The centre's departments to choose from, out of the reference data on this PC; empty until they are read. */
export function useDepartments(): readonly { readonly value: string; readonly label: string }[] {
  const entry = useTopic('reference.changed')?.entries.find(({ kind }) => kind === 'departments')
  const { value } = useQuery('reference.get', entry && { kind: 'departments', id: entry.id })
  return useMemo(() => {
    const document = value?.document
    return document?.kind === 'departments' ? document.departments.map(({ code, name }) => ({ value: code, label: `${name} ${code}` })) : []
  }, [value])
}
