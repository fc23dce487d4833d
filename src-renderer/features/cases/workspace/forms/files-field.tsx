import { Button } from 'antd'
import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react'
import { keepFile, type Purpose } from '../../../../bridge/keep-file'
import { useBridge } from '../../../../bridge/react'
import { Lamp } from '../../../../ui/lamp'
import { formatBytes } from '../../../../ui/time-format'
import { type FieldProps, FormField } from './form-field'

interface FilesFieldProps extends Pick<FieldProps, 'input' | 'change'> {
  readonly name: 'photoIds' | 'documentIds'
  readonly title: string
  readonly purpose: Purpose
  readonly isDue?: boolean
}

interface Item {
  readonly key: string
  readonly name: string
  readonly bytes: number
  readonly share: number
  readonly attachmentId: string | null
  readonly failure: string | null
}

const mostFiles = 20

/** Several photos or papers: chosen, pasted or dropped; each with its progress, and with the reason when it was not taken. */
export function FilesField({ name, title, purpose, isDue = false, input, change }: FilesFieldProps) {
  const { call } = useBridge()
  const [items, setItems] = useState<readonly Item[]>([])
  const picker = useRef<HTMLInputElement>(null)
  const ids = useRef<readonly string[]>(input[name] ?? [])
  ids.current = input[name] ?? []
  const accept = name === 'photoIds' ? 'image/*' : 'image/*,application/pdf'

  async function add(files: readonly File[]): Promise<void> {
    for (const file of files.slice(0, mostFiles - ids.current.length)) {
      const key = `${file.name}-${file.size}-${file.lastModified}-${items.length}`
      const patch = (part: Partial<Item>) => setItems((before) => before.map((item) => (item.key === key ? { ...item, ...part } : item)))
      setItems((before) => [
        ...before.filter((item) => item.key !== key),
        { key, name: file.name, bytes: file.size, share: 0, attachmentId: null, failure: null },
      ])
      const kept = await keepFile(call, file, purpose, (share) => patch({ share }))
      if (!kept.ok) patch({ failure: kept.error.message })
      else {
        patch({ attachmentId: kept.value, share: 1 })
        ids.current = [...ids.current, kept.value]
        change({ [name]: ids.current })
      }
    }
  }
  function remove(item: Item): void {
    setItems((before) => before.filter((each) => each !== item))
    ids.current = ids.current.filter((id) => id !== item.attachmentId)
    change({ [name]: ids.current })
  }
  function take(event: ClipboardEvent | DragEvent, files: FileList | undefined): void {
    if (!files || files.length === 0) return
    event.preventDefault()
    void add([...files])
  }
  const others = ids.current.filter((id) => items.every(({ attachmentId }) => attachmentId !== id)).length
  return (
    <FormField name={name} title={title} isDue={isDue}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a place to drop on; the button inside does the same from the keyboard. */}
      <div
        className="case-files"
        onPaste={(event) => take(event, event.clipboardData.files)}
        onDrop={(event) => take(event, event.dataTransfer.files)}
        onDragOver={(event) => event.preventDefault()}
      >
        <input
          ref={picker}
          type="file"
          multiple
          accept={accept}
          hidden
          aria-label={`选择${title}`}
          onChange={(event) => {
            void add([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        <Button size="small" onClick={() => picker.current?.click()}>
          选择{title}
        </Button>
        <span className="cases-quiet">或粘贴、拖到这里</span>
        {others > 0 && <span>{`已有 ${others} 份`}</span>}
        {items.map((item) => (
          <span key={item.key} className="case-file" role="status">
            {item.failure !== null && <Lamp tone="red" label="未收下" />}
            <bdi title={item.failure ?? item.name}>{item.name}</bdi> {formatBytes(item.bytes)}{' '}
            {item.failure ?? (item.attachmentId === null ? `${Math.round(item.share * 100)} %` : '✓ 已存')}
            <button type="button" className="ui-link" aria-label={`去掉 ${item.name}`} onClick={() => remove(item)}>
              ✕
            </button>
          </span>
        ))}
      </div>
    </FormField>
  )
}
