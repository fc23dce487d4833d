import { Modal } from 'antd'
import { useState } from 'react'
import { useQuery } from '../../bridge/use-query'
import { CodedError, LoadingState } from '../../ui/states'

/** A photo that an entry points at, shown large when it is asked for: from this PC when it is here, else from the centre. */
export function PhotoLink({ attachmentId, title }: { readonly attachmentId: string; readonly title: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="ui-link" onClick={() => setOpen(true)}>
        {title}
      </button>
      {isOpen && (
        <Modal open title={title} footer={null} width={880} onCancel={() => setOpen(false)}>
          <Photo attachmentId={attachmentId} title={title} />
        </Modal>
      )}
    </>
  )
}

function Photo({ attachmentId, title }: { readonly attachmentId: string; readonly title: string }) {
  const read = useQuery('attachments.read', { attachmentId, variant: 'display' })
  if (read.error) return <CodedError error={read.error} onRetry={read.reload} />
  if (!read.value) return <LoadingState what="照片" />
  return <img className="log-photo" src={`data:${read.value.mediaType};base64,${read.value.base64}`} alt={title} />
}
