/**
 * Whether what has the focus takes the letters that are typed: then a pane's own keys wait. Buttons, check marks and choices are inputs, too, and take none.
 */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.closest('textarea, select') !== null) return true
  const input = target.closest('input')
  return input !== null && !letterless.has(input.type)
}

const letterless: ReadonlySet<string> = new Set(['button', 'checkbox', 'radio', 'range', 'reset', 'submit'])
