import { Input, type InputRef } from 'antd'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { type DutyLogLink, linkKinds } from '#shared/domain/duty-log/seal'
import { keepFile } from '../../bridge/keep-file'
import { useBridge } from '../../bridge/react'
import { OpenLink } from '../../ui/open-target'
import { PhotoLink } from './photo-link'
import { linkTitle, useLinkTargets } from './use-link-targets'

const mostLinks = 20

interface EntryLinksProps {
  readonly links: readonly DutyLogLink[]
  onChange(links: readonly DutyLogLink[]): void
  onFailed(error: AppError | undefined): void
  /** Where the keys go when the choice is over. */
  onLeave(): void
}

/** What the entry being written points at: chosen by typing a part of its name, or a photo from this PC. Backspace in the empty field takes the last away. */
export function EntryLinks({ links, onChange, onFailed, onLeave }: EntryLinksProps) {
  const [typed, setTyped] = useState('')
  const [isOpen, setOpen] = useState(false)
  const { targets, isSearching } = useLinkTargets(typed)
  const [at, setAt] = useState(0)
  const listId = useId()
  const field = useRef<InputRef>(null)
  const photo = usePhoto((link) => onChange([...links, link]), onFailed)
  const free = targets.filter((target) => !links.some((link) => link.to === target.to && link.id === target.id))
  const current = Math.min(at, free.length - 1)

  function take(target: DutyLogLink | undefined): void {
    if (!target || links.length >= mostLinks) return
    const { to, id, label } = target
    onChange([...links, { to, id, label: label.slice(0, 80) }])
    setTyped('')
    setAt(0)
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') setAt(Math.min(current + 1, free.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, current - 1))
    else if (event.key === 'Enter' && !event.ctrlKey && !event.nativeEvent.isComposing) take(free[current])
    else if (event.key === 'Escape') {
      setTyped('')
      setOpen(false)
      onLeave()
    } else if (event.key === 'Backspace' && typed === '' && links.length > 0) onChange(links.slice(0, -1))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="log-links">
      {links.map((link) => (
        <span key={`${link.to}/${link.id}`} className="log-link">
          {linkTitle(link)}
          <button type="button" aria-label={`去掉 ${linkTitle(link)}`} onClick={() => onChange(links.filter((one) => one !== link))}>
            ×
          </button>
        </span>
      ))}
      <span className="log-link-field">
        <Input
          ref={field}
          size="small"
          variant="borderless"
          role="combobox"
          aria-label="关联"
          aria-expanded={isOpen}
          aria-controls={listId}
          {...(isOpen && current >= 0 && { 'aria-activedescendant': `${listId}-${current}` })}
          placeholder={links.length === 0 ? '关联案卷、通话、探头、坐席　Alt+L' : '再关联　Alt+L'}
          value={typed}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onChange={(event) => {
            setTyped(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
        {isOpen && (
          <div className="log-link-list" id={listId} role="listbox" aria-label="可关联的">
            {free.map((target, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys.
              <div
                key={`${target.to}/${target.id}`}
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === current}
                className={index === current ? 'log-link-option log-link-on' : 'log-link-option'}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => take(target)}
              >
                <span className="ui-meta">{linkKinds[target.to]}</span>
                <span>{target.label}</span>
                <span className="ui-meta">{target.note}</span>
              </div>
            ))}
            {free.length === 0 && (
              <p className="ui-meta">
                {isSearching ? '正在查案卷…' : typed.trim().length < 2 ? '输入案卷号、号码、探头号或名称' : '没有找到，换几个字再试'}
              </p>
            )}
          </div>
        )}
      </span>
      <button type="button" className="ui-link" onClick={photo.choose}>
        {photo.progress === undefined ? '附照片…' : `正在存照片 ${Math.round(photo.progress * 100)} %`}
      </button>
      <input ref={photo.input} type="file" accept="image/jpeg,image/png,image/webp" hidden onChange={photo.chosen} />
    </div>
  )
}

function usePhoto(onKept: (link: DutyLogLink) => void, onFailed: (error: AppError | undefined) => void) {
  const { call } = useBridge()
  const input = useRef<HTMLInputElement>(null)
  const [progress, setProgress] = useState<number>()
  return {
    input,
    progress,
    choose: () => input.current?.click(),
    async chosen() {
      const file = input.current?.files?.[0]
      if (!file) return
      setProgress(0)
      const kept = await keepFile(call, file, 'other', setProgress)
      setProgress(undefined)
      if (input.current) input.current.value = ''
      onFailed(kept.ok ? undefined : kept.error)
      if (kept.ok) onKept({ to: 'attachment', id: kept.value, label: file.name.slice(-80) || '照片' })
    },
  }
}

/** The links of an entry that was written: cases open, the rest is named. */
export function LinksOfEntry({ links }: { readonly links: readonly DutyLogLink[] | undefined }) {
  if (!links || links.length === 0) return null
  return (
    <span className="log-links-shown">
      {links.map((link) =>
        link.to === 'case' ? (
          <OpenLink key={`${link.to}/${link.id}`} target={{ caseId: link.id }}>
            {linkTitle(link)}
          </OpenLink>
        ) : link.to === 'attachment' ? (
          <PhotoLink key={`${link.to}/${link.id}`} attachmentId={link.id} title={linkTitle(link)} />
        ) : (
          <span key={`${link.to}/${link.id}`} className="log-link">
            {linkTitle(link)}
          </span>
        ),
      )}
    </span>
  )
}
