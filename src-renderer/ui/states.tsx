import { Button } from 'antd'
import type { AppError } from '#shared/base/app-error'
import { Kbd } from './kbd'
import { Lamp } from './lamp'
import './ui.css'

/** Nothing here yet, and the key that fills it. */
export function EmptyState({
  text,
  keys,
  action,
}: {
  readonly text: string
  /** The key to press, with what it does in `action`. */
  readonly keys?: string
  readonly action?: string
}) {
  return (
    <p className="ui-empty">
      {text}
      {keys !== undefined && (
        <>
          {'　'}按 <Kbd framed>{keys}</Kbd> {action}
        </>
      )}
    </p>
  )
}

/** The first snapshot is not here yet. Later waits keep the old content, dimmed (`ui-dimmed`). */
export function LoadingState({ what }: { readonly what: string }) {
  return (
    <p className="ui-empty" role="status">
      正在读取{what}…
    </p>
  )
}

/** This role may not see it: says so, never an empty list. */
export function NoPermission({ text }: { readonly text: string }) {
  return (
    <p className="ui-empty">
      <Lamp tone="none" label="" /> {text}
    </p>
  )
}

/** An expected failure: the sentence, the code small for the telephone with IT, and a way to try again when that can help. */
export function CodedError({
  error,
  onRetry,
}: {
  readonly error: Pick<AppError, 'code' | 'message'> & { readonly retryable?: boolean }
  readonly onRetry?: (() => void) | undefined
}) {
  return (
    <div className="ui-error" role="alert">
      <Lamp tone="red" label="出错" />
      <span>
        {error.message} <code>{error.code}</code>
      </span>
      {error.retryable && onRetry && (
        <Button size="small" onClick={onRetry}>
          重试
        </Button>
      )}
    </div>
  )
}
