import { useEffect, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { appError } from '#shared/contracts/errors'
import { type GeoImport, type GeoImportAnnouncement, mostImportBytes } from '#shared/contracts/geo-shapes'
import type { Bridge } from '../../../bridge/bridge'
import { browserClock } from '../../../bridge/browser-clock'
import { randomId } from '../../../bridge/random-id'
import { useBridge } from '../../../bridge/react'
import { saveBlob } from '../../../bridge/save-blob'
import { base64Of, bytesOf } from './base64'

/** One import, from the chosen file to the data taken over: sent in pieces, then asked about while the centre works. Nothing changes before `apply`. */
export type ImportWish = Pick<GeoImportAnnouncement, 'layer' | 'format' | 'coordinates' | 'mode'>

export interface ImportInHand {
  readonly current: GeoImport | undefined
  readonly error: AppError | undefined
  readonly isSending: boolean
  check(file: File, wish: ImportWish): Promise<void>
  apply(note: string): Promise<void>
  cancel(): Promise<void>
  saveReport(): Promise<void>
  forget(): void
}

/** Divisible by three, so that pieces of base64 join without filling. */
const pieceBytes = 960_000
const askEveryMs = 1_000
const working: readonly GeoImport['state'][] = ['receiving', 'checking', 'applying']

export function useImport(): ImportInHand {
  const { call } = useBridge()
  const [current, setCurrent] = useState<GeoImport>()
  const [error, setError] = useState<AppError>()
  const [isSending, setSending] = useState(false)
  const isStopped = useRef(false)
  const isWorking = current !== undefined && working.includes(current.state)

  useEffect(() => {
    if (!isWorking || isSending || !current) return
    return browserClock.every(askEveryMs, () => {
      void call('geo.import', { importId: current.importId }).then((answer) => {
        setError(answer.ok ? undefined : answer.error)
        if (answer.ok) setCurrent(answer.value)
      })
    })
  }, [call, isWorking, isSending, current])

  const take = (answer: Awaited<ReturnType<typeof call<'geo.import'>>>) => {
    setError(answer.ok ? undefined : answer.error)
    if (answer.ok) setCurrent(answer.value)
  }
  return {
    current,
    error,
    isSending,
    async check(file, wish) {
      isStopped.current = false
      setCurrent(undefined)
      setError(
        file.size > mostImportBytes
          ? appError('geo/fileTooLarge', { bytes: megabytes(file.size), limit: megabytes(mostImportBytes) })
          : undefined,
      )
      if (file.size === 0 || file.size > mostImportBytes) return
      setSending(true)
      const failure = await send(call, file, wish, setCurrent, isStopped)
      setSending(false)
      if (failure) setError(failure)
    },
    async apply(note) {
      if (current) take(await call('geo.applyImport', { importId: current.importId, note }))
    },
    async cancel() {
      isStopped.current = true
      if (current) take(await call('geo.cancelImport', { importId: current.importId }))
    },
    async saveReport() {
      if (!current) return
      const answer = await call('geo.importReport', { importId: current.importId })
      if (!answer.ok) return setError(answer.error)
      saveBlob(new Blob([bytesOf(answer.value.base64)], { type: answer.value.mediaType }), `检查报告 ${current.fileName}.xlsx`)
    },
    forget: () => setCurrent(undefined),
  }
}

async function send(
  call: Bridge['call'],
  file: File,
  wish: ImportWish,
  show: (progress: GeoImport) => void,
  isStopped: { readonly current: boolean },
): Promise<AppError | undefined> {
  const whole = await file.arrayBuffer()
  const importId = randomId()
  const begun = await call('geo.beginImport', {
    importId,
    ...wish,
    fileName: file.name.slice(-200),
    bytes: file.size,
    sha256: await sha256Of(whole),
  })
  if (!begun.ok) return begun.error
  show(begun.value)
  for (let offset = begun.value.received; offset < whole.byteLength && !isStopped.current; offset += pieceBytes) {
    const base64 = base64Of(new Uint8Array(whole, offset, Math.min(pieceBytes, whole.byteLength - offset)))
    const sent = await call('geo.appendImport', { importId, offset, base64 })
    if (!sent.ok) return sent.error
    show(sent.value)
  }
  return undefined
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_048_576)} MB`

async function sha256Of(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
