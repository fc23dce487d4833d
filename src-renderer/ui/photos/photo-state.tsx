import { Button } from 'antd'
import { Lamp } from '../lamp'
import type { PhotoLoad } from './use-photo'

/** What a place for a photo says while its pixels are not there: that they are coming, or why not and how to try again. */
export function PhotoState({ load, onRetry }: { readonly load: PhotoLoad; onRetry?: (() => void) | undefined }) {
  if (load.status === 'ready') return null
  if (load.status === 'loading') {
    return (
      <p className="photos-state" role="status">
        正在读取照片…
      </p>
    )
  }
  function tryAgain(): void {
    load.tryAgain()
    onRetry?.()
  }
  return (
    <div className="photos-state" role="alert">
      <Lamp tone="red" label="出错" />
      <span>{load.failure}</span>
      <Button size="small" onClick={tryAgain}>
        重试
      </Button>
    </div>
  )
}
