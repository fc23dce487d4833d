import { createContext, useContext } from 'react'
import type { QueueId } from '#shared/domain/case/queues'

/**
 * How something inside a pane asks the frame to open something else, without features knowing each other or the frame. The frame provides the
 * function; where none is provided (a popped-out pane), links show as plain text.
 */
export type OpenTarget = PlaceTarget | { readonly queue: QueueId } | { readonly caseId: string } | { readonly search: string }
type PlaceTarget =
  | 'registration'
  | 'outbox'
  | 'connection'
  | 'diagnostics'
  | 'notices'
  | 'dutyLog'
  | 'callLog'
  | 'reference'
  | 'administration'
  | 'quality'
  | 'quickEntry'

const OpenTargetContext = createContext<((target: OpenTarget) => void) | undefined>(undefined)

export const OpenTargetProvider = OpenTargetContext.Provider

export function useOpenTarget(): ((target: OpenTarget) => void) | undefined {
  return useContext(OpenTargetContext)
}

export function OpenLink({ target, children }: { readonly target: OpenTarget; readonly children: React.ReactNode }) {
  const open = useOpenTarget()
  if (!open) return <span>{children}</span>
  return (
    <button type="button" className="ui-link" onClick={() => open(target)}>
      {children}
    </button>
  )
}
