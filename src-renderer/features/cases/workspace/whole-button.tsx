import { Kbd } from '../../../ui/kbd'

interface WholeButtonProps {
  /** The key that does the same. */
  readonly name: string
  readonly isWhole: boolean
  /** What there is to see, `全部 14 条`. */
  readonly words: string
  onWhole(): void
}

/** Gives a part of the desk the whole height, and the photos their place back. */
export function WholeButton({ name, isWhole, words, onWhole }: WholeButtonProps) {
  return (
    <button type="button" className="ui-link case-whole" aria-expanded={isWhole} onClick={onWhole}>
      <Kbd>{name}</Kbd> {isWhole ? '收起' : words}
    </button>
  )
}
