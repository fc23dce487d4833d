import type { ProFormInstance } from '@ant-design/pro-components'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'

/**
 * Ctrl+Enter submits from everywhere in the dialog of a form, its buttons included; on an incomplete one the first missing field takes the focus
 * and says so.
 */
export function FormKeys<F>({
  formRef,
  children,
}: {
  readonly formRef: RefObject<ProFormInstance<F> | undefined>
  readonly children: ReactNode
}) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The buttons are the dialog's, outside of what it is given as children.
    const dialog = place.current?.closest<HTMLElement>('[role="dialog"]')
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== 'Enter' || !event.ctrlKey) return
      // Taken before the field: an open list of choices would take Enter as a choice.
      event.preventDefault()
      event.stopPropagation()
      void submit(formRef.current)
    }
    dialog?.addEventListener('keydown', onKeyDown, { capture: true })
    return () => dialog?.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [formRef])
  return <div ref={place}>{children}</div>
}

async function submit<F>(form: ProFormInstance<F> | undefined): Promise<void> {
  if (!form) return
  try {
    await form.validateFields()
    form.submit()
  } catch (refused) {
    const first = fieldsOf(refused)[0]
    if (first) form.focusField(first)
  }
}

/** What Ant Design's form throws when fields are missing. */
function fieldsOf(refused: unknown): readonly (string | number)[][] {
  if (typeof refused !== 'object' || refused === null || !('errorFields' in refused) || !Array.isArray(refused.errorFields)) return []
  return refused.errorFields.map((field: { name: (string | number)[] }) => field.name)
}
