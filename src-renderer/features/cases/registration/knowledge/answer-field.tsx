import { Button, Input } from 'antd'
import { quoteWords } from '#shared/domain/knowledge/article'
import { RegistrationLine, type RegistrationPartProps } from '../registration-line'
import { quotedIn } from './quoting'

/** 当场答复: what the caller was told, and on what ground. Asked for when somebody only wants to know something, and wherever something was quoted. */
export function AnswerField({ draft, change }: Pick<RegistrationPartProps, 'draft' | 'change'>) {
  if (draft.callClass !== 'inquiry' && draft.answer === '') return null
  const quoted = quotedIn(draft)
  return (
    <RegistrationLine
      title="当场答复"
      fields={['answer']}
      hint={draft.answer === '' ? '引用知识库（Alt+F）或写下答复，Ctrl+D 办结；答不了的照常登记，约时间回电' : undefined}
    >
      <Input.TextArea
        aria-label="当场答复"
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={2_000}
        value={draft.answer}
        onChange={({ target }) => change({ answer: target.value })}
      />
      {quoted && (
        <span className="reg-quoted">
          {`依据 ${quoteWords(quoted)}`}
          <Button size="small" type="text" onClick={() => change(unquoted)}>
            去掉依据
          </Button>
        </span>
      )}
    </RegistrationLine>
  )
}

const unquoted = { quotedId: '', quotedEdition: '', quotedTitle: '', quotedBasis: '' } as const
