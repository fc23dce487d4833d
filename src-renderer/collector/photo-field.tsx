import { type ChangeEvent, useEffect, useState } from 'react'
import type { KeptPhoto } from './kept'
import { useParts } from './parts'
import { smallerPhoto } from './photo'

/** Photos: taken now with the camera, or shown from the centre to compare with. */
const mostPhotos = 9

interface FieldProps {
  readonly photos: readonly KeptPhoto[]
  readonly onChange: (change: (before: readonly KeptPhoto[]) => readonly KeptPhoto[]) => void
}

export function PhotoField({ photos, onChange }: FieldProps) {
  const [failure, setFailure] = useState<string | null>(null)
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])].slice(0, mostPhotos - photos.length)
    event.target.value = ''
    const smaller = await Promise.all(files.map((file) => smallerPhoto(file)))
    const readable = smaller.filter((photo) => photo !== undefined)
    setFailure(readable.length < files.length ? '有照片打不开，没有加入；请重拍。' : null)
    if (readable.length > 0) onChange((before) => [...before, ...readable])
  }
  return (
    <div>
      <div className="photos">
        {photos.map((photo) => (
          <OwnPhoto
            key={photo.attachmentId}
            photo={photo}
            onRemove={() => onChange((before) => before.filter(({ attachmentId }) => attachmentId !== photo.attachmentId))}
          />
        ))}
        {photos.length < mostPhotos && (
          <label className="take">
            <span aria-hidden>＋</span>拍照
            <input type="file" accept="image/*" capture="environment" onChange={take} aria-label="拍照" />
          </label>
        )}
      </div>
      {failure && (
        <p className="bad-text" role="alert">
          {failure}
        </p>
      )}
    </div>
  )
}

function OwnPhoto({ photo, onRemove }: { readonly photo: KeptPhoto; readonly onRemove: () => void }) {
  const url = useObjectUrl(photo.blob)
  return (
    <div className="photo">
      {url && <img src={url} alt="现场照片" />}
      <button type="button" aria-label="去掉这张" onClick={onRemove}>
        ✕
      </button>
    </div>
  )
}

export function CentralPhotos({ ids }: { readonly ids: readonly string[] }) {
  if (ids.length === 0) return <p className="quiet">没有照片。</p>
  return (
    <div className="photos">
      {ids.map((id) => (
        <CentralPhoto key={id} attachmentId={id} />
      ))}
    </div>
  )
}

/** A touch shows it large, another small again. */
function CentralPhoto({ attachmentId }: { readonly attachmentId: string }) {
  const { central } = useParts()
  const [isLarge, setLarge] = useState(false)
  const [loaded, setLoaded] = useState<{ readonly blob: Blob | null; readonly failure: string | null }>({ blob: null, failure: null })
  useEffect(() => {
    let isGone = false
    void central.photo(attachmentId, 'display').then((answer) => {
      if (!isGone) setLoaded(answer.ok ? { blob: answer.value, failure: null } : { blob: null, failure: answer.error.message })
    })
    return () => {
      isGone = true
    }
  }, [central, attachmentId])
  const url = useObjectUrl(loaded.blob)
  if (loaded.failure) return <p className="quiet">{loaded.failure}</p>
  return (
    <button
      type="button"
      className={isLarge ? 'photo large' : 'photo'}
      aria-label={isLarge ? '缩小' : '放大'}
      onClick={() => setLarge(!isLarge)}
    >
      {url && <img src={url} alt="原来的照片" />}
    </button>
  )
}

function useObjectUrl(blob: Blob | null): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!blob) return undefined
    const made = URL.createObjectURL(blob)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob])
  return url
}
