import type { ProFormInstance } from '@ant-design/pro-components'
import type { KeyboardEvent, ReactNode, RefObject } from 'react'

/** Ctrl+Enter submits from every field of a form; on an incomplete one the first missing field takes the focus and says so. */
export function FormKeys<F>({
  formRef,
  children,
}: {
  readonly formRef: RefObject<ProFormInstance<F> | undefined>
  readonly children: ReactNode
}) {
  async function submit(): Promise<void> {
    const form = formRef.current
    if (!form) return
    try {
      await form.validateFields()
      form.submit()
    } catch (refused) {
      const first = fieldsOf(refused)[0]
      if (first) form.focusField(first)
    }
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !event.ctrlKey) return
    // Taken before the field: an open list of choices would take Enter as a choice.
    event.preventDefault()
    event.stopPropagation()
    void submit()
  }
  return <div onKeyDownCapture={onKeyDown}>{children}</div>
}

/** What Ant Design's form throws when fields are missing. */
function fieldsOf(refused: unknown): readonly (string | number)[][] {
  if (typeof refused !== 'object' || refused === null || !('errorFields' in refused) || !Array.isArray(refused.errorFields)) return []
  return refused.errorFields.map((field: { name: (string | number)[] }) => field.name)
}
