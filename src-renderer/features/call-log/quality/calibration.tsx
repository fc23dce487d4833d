import { App, Checkbox } from 'antd'
import { useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { Calibration } from '#shared/domain/quality/file'
import { itemsOf, type QualityForm } from '#shared/domain/quality/form'
import { differencesOf } from '#shared/domain/quality/sheet'
import { useBridge, useTopic } from '../../../bridge/react'
import { useQuery } from '../../../bridge/use-query'
import { ActionButton } from '../../../ui/action-button'
import { SectionTitle } from '../../../ui/pane-header'
import { CodedError, LoadingState } from '../../../ui/states'
import { resultWords } from './words'

/** Where those who scored the same call differ: only such items are shown, the widest first. */
export function Differences({ calibration, form }: { readonly calibration: Calibration; readonly form: QualityForm }) {
  const { sheets } = calibration
  const items = new Map(itemsOf(form).map((item) => [item.itemId, item]))
  const differences = differencesOf(
    form,
    sheets.map(({ sheet }) => sheet),
  )
  const apart = differences.filter(({ isAgreed }) => !isAgreed).sort((a, b) => b.spread - a.spread)
  return (
    <section aria-label="校准差异">
      <SectionTitle
        title="校准差异"
        meta={apart.length === 0 ? '各项一致' : `${differences.length} 项中 ${apart.length} 项不一致，差距大的在前`}
      />
      <table className="qa-differences">
        <thead>
          <tr>
            <th>评分项</th>
            {sheets.map(({ byNo, byName, total }) => (
              <th key={byNo}>{`${byName} ${total}`}</th>
            ))}
            <th>差</th>
          </tr>
        </thead>
        <tbody>
          {apart.map(({ itemId, results, spread }) => (
            <tr key={itemId}>
              <td>{items.get(itemId)?.title}</td>
              {results.map((result, at) => (
                <td key={sheets[at]?.byNo}>{resultWords(items.get(itemId), result)}</td>
              ))}
              <td>{spread === 0 ? '—' : spread}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Asks colleagues to score one call, each alone. */
export function Invitation({ callId, agentNo, onSent }: { readonly callId: string; readonly agentNo: string; onSent(): void }) {
  const { call } = useBridge()
  const { message } = App.useApp()
  const me = useTopic('session.changed')?.agent?.accountNo
  const people = useQuery('quality.reviewers', {})
  const [chosen, setChosen] = useState<readonly string[]>(me === undefined ? [] : [me])
  const [error, setError] = useState<AppError>()
  async function send(): Promise<void> {
    const answer = await call('quality.enter', { callId, content: { kind: 'calibrate', reviewers: [...chosen] } })
    setError(answer.ok ? undefined : answer.error)
    if (!answer.ok) return
    void message.success('校准已发起，收齐之前各人的分互相看不到')
    onSent()
  }
  if (people.error) return <CodedError error={people.error} onRetry={people.reload} />
  if (!people.value) return <LoadingState what="质检人员" />
  return (
    <section className="qa-invite" aria-label="发起校准">
      <SectionTitle title="发起校准" meta="至少两人，各自独立评分，收齐后看差异、定一个分" />
      <Checkbox.Group
        value={[...chosen]}
        onChange={(values) => setChosen(values)}
        options={people.value.items
          .filter(({ accountNo }) => accountNo !== agentNo)
          .map(({ accountNo, name }) => ({ value: accountNo, label: `${name} ${accountNo}` }))}
      />
      <ActionButton
        size="small"
        type="primary"
        reason={chosen.length < 2 ? '至少请两人' : chosen.length > 8 ? '最多八人' : null}
        onClick={() => void send()}
      >
        发起校准
      </ActionButton>
      {error && <CodedError error={error} />}
    </section>
  )
}
