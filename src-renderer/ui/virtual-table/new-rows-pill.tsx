import { Kbd } from '../kbd'
import './virtual-table.css'

/** Says how many rows came and are held back, so that nothing moves under the cursor. Stands in a pane's header or on the table itself. */
export function NewRowsPill({ count, onShow }: { readonly count: number; onShow(): void }) {
  return (
    <span role="status" className="vt-new">
      {count > 0 && (
        <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={onShow}>
          <span aria-hidden="true">↑</span> {count} 条新到 <Kbd framed>Home</Kbd>
        </button>
      )}
    </span>
  )
}
