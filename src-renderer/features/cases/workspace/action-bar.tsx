import { Button, Dropdown, Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import type { ReactNode, RefObject } from 'react'
import type { ActionId } from '#shared/domain/case/actions'
import { inputTitles } from '#shared/domain/case/inputs'
import { ActionButton } from '../../../ui/action-button'
import { Kbd } from '../../../ui/kbd'
import { Lamp } from '../../../ui/lamp'
import type { Offer, OfferLayout } from './offers'
import { type Phrase, plainWords } from './templates'

export interface Said {
  readonly tone: 'info' | 'error'
  readonly text: string
  /** The version it speaks of, for what is no longer true once the case went on: why a key was grey. */
  readonly ofVersion?: number
}

interface ActionBarProps {
  readonly layout: OfferLayout
  /** What Ctrl+Enter does: the open form's action, else the first. */
  readonly primary: Offer | undefined
  readonly phrases: readonly Phrase[]
  readonly text: string
  readonly field: RefObject<TextAreaRef | null>
  readonly busy: ActionId | null
  readonly said: Said | null
  readonly isMenuOpen: boolean
  readonly children: ReactNode
  setMenuOpen(isOpen: boolean): void
  setText(text: string): void
  onPhrase(phrase: Phrase): void
  onPress(offer: Offer): void
  onLeaveText(): void
}

export const wordsLimit = 2_000
const shownPhrases = 3

/** What is said and what is done, always at the bottom: the words with ready phrases, the buttons with their keys, the answer in words. */
export function ActionBar(props: ActionBarProps) {
  const { layout, primary, text, field, busy, said, isMenuOpen, setMenuOpen, setText, onPress, onLeaveText, children } = props
  const title = primary?.words ? inputTitles[primary.words] : '办理意见'
  // Why the first thing to do cannot be done is said without being asked for.
  const grey = layout.buttons[0]?.reason ? layout.buttons[0] : undefined
  const plain = primary && primary.fields.length === 0 ? plainWords(primary.action) : undefined
  return (
    <footer className="case-bar">
      <div className="case-bar-words">
        <label htmlFor="case-words">{title}</label>
        <Input.TextArea
          id="case-words"
          ref={field}
          aria-label={title}
          autoSize={{ minRows: 1, maxRows: 4 }}
          maxLength={wordsLimit}
          value={text}
          dir="auto"
          placeholder={plain === undefined ? '写在这里；理由与意见都写这一处' : `${plain}（空着按 ${primary?.key} 即用这句）`}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            onLeaveText()
          }}
        />
        {text.length > 0 && (
          <span className="cases-quiet case-bar-count">
            {text.length} / {wordsLimit}
          </span>
        )}
        {props.phrases.slice(0, shownPhrases).map((phrase, index) => (
          <Button key={phrase.title} size="small" title={phrase.text} onClick={() => props.onPhrase(phrase)}>
            {phrase.title} <Kbd>Ctrl+{index + 1}</Kbd>
          </Button>
        ))}
      </div>
      <div className="case-bar-actions">
        {layout.buttons.map((offer) => (
          <ActionButton
            key={offer.action}
            // What Ctrl+Enter does; while a form is open that is the form's action, and nothing here.
            type={offer.action === primary?.action && offer.reason === null ? 'primary' : 'default'}
            reason={offer.reason}
            loading={busy === offer.action}
            {...(offer.key !== null && { keys: offer.key })}
            onClick={() => onPress(offer)}
          >
            {offer.title}
          </ActionButton>
        ))}
        {layout.buttons.length === 0 && layout.menu.length === 0 && <span className="cases-quiet">您的岗位现在没有要办的，可以阅读。</span>}
        {layout.menu.length > 0 && (
          <Dropdown
            open={isMenuOpen}
            onOpenChange={setMenuOpen}
            trigger={['click']}
            autoFocus
            menu={{
              items: layout.menu.map((offer) => ({
                key: offer.action,
                label: offer.reason === null ? offer.title : `${offer.title}　${offer.reason}`,
                disabled: offer.reason !== null,
              })),
              onClick: ({ key }) => {
                setMenuOpen(false)
                const offer = layout.menu.find(({ action }) => action === key)
                if (offer) onPress(offer)
              },
            }}
          >
            <Button>
              更多 <Kbd>Ctrl+0</Kbd>
            </Button>
          </Dropdown>
        )}
        <span className="case-said" role={said?.tone === 'error' ? 'alert' : 'status'} title={said?.text ?? grey?.reason ?? undefined}>
          {said && (
            <>
              {said.tone === 'error' && <Lamp tone="red" label="没有办成" />} {said.text}
            </>
          )}
          {!said && grey && <span className="cases-quiet">{`${grey.title}：${grey.reason}`}</span>}
        </span>
        {children}
      </div>
    </footer>
  )
}
