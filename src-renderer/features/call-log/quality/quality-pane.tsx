import { type KeyboardEvent, useEffect, useState } from 'react'
import { ledgerReaders } from '#shared/contracts/central-api/ledger'
import { qualityReaders } from '#shared/contracts/central-api/quality'
import { isReviewer } from '#shared/domain/quality/form'
import { useTopic } from '../../../bridge/react'
import { useNow } from '../../../bridge/use-now'
import { useQuery } from '../../../bridge/use-query'
import { MonthNav, monthByKey } from '../../../ui/month-nav'
import { PaneHeader } from '../../../ui/pane-header'
import { CodedError, LoadingState } from '../../../ui/states'
import { takesText } from '../../../ui/takes-text'
import { formatDate } from '../../../ui/time-format'
import { FiguresTab } from './figures-tab'
import { FormTab } from './form-tab'
import { LedgerTab } from './ledger-tab'
import { ReviewList } from './review-list'
import '../call-log.css'
import './quality.css'

const tabNames = { review: '抽检', mine: '我的结果', figures: '数字', form: '评分表', ledger: '热线台账' } as const
type Tab = keyof typeof tabNames

/** 质检: the calls that the plan of a month drew, one's own results, and the figures. `[` and `]` go from part to part. */
export function QualityPane() {
  const role = useTopic('session.changed')?.agent?.role
  const today = formatDate(useNow(60_000))
  const [month, setMonth] = useState(today.slice(0, 7))
  const tabs: readonly Tab[] = [
    ...(role && isReviewer(role) ? (['review'] as const) : []),
    'mine',
    ...(role && qualityReaders.some((each) => each === role) ? (['figures'] as const) : []),
    ...(role && isReviewer(role) ? (['form'] as const) : []),
    ...(role && ledgerReaders.includes(role) ? (['ledger'] as const) : []),
  ]
  const [chosen, setChosen] = useState<Tab>()
  const current = chosen && tabs.includes(chosen) ? chosen : (tabs[0] ?? 'mine')
  if (!role) return <LoadingState what="质检" />
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === ']' ? 1 : event.key === '[' ? -1 : 0
    if (step === 0 || event.ctrlKey || event.altKey || event.metaKey || takesText(event.target)) return
    setChosen(tabs[(tabs.indexOf(current) + step + tabs.length) % tabs.length])
    event.preventDefault()
  }
  function onListKey(key: string): boolean {
    const next = monthByKey(key, month)
    if (next !== undefined) setMonth(next)
    return next !== undefined
  }
  return (
    <section className="ui-pane qa-pane" aria-label="质检" onKeyDown={onKeyDown}>
      <PaneHeader title="质检与台账">
        {(current === 'review' || current === 'figures' || current === 'ledger') && <MonthNav month={month} onChange={setMonth} />}
        <div className="qa-tabs" role="tablist" aria-label="质检">
          {tabs.map((tab) => (
            <button key={tab} type="button" role="tab" aria-selected={tab === current} onClick={() => setChosen(tab)}>
              {tabNames[tab]}
            </button>
          ))}
        </div>
      </PaneHeader>
      {current === 'review' && <ReviewTab key={month} month={month} onListKey={onListKey} onForm={() => setChosen('form')} />}
      {current === 'mine' && <MineTab />}
      {current === 'ledger' && <LedgerTab key={month} month={month} onListKey={onListKey} />}
      {current === 'form' && <FormTab />}
      {current === 'figures' && <FiguresTab month={month} onListKey={onListKey} />}
    </section>
  )
}

function ReviewTab({ month, onListKey, onForm }: { readonly month: string; onListKey(key: string): boolean; onForm(): void }) {
  const read = useQuery('quality.list', { month })
  useReloadOnNews(read.reload)
  const form = read.value?.form
  return (
    <>
      {read.error && <CodedError error={read.error} onRetry={read.reload} />}
      {form && (
        <p className="qa-plan">
          {`每人每月抽 ${Math.round(form.plan.share * 1_000) / 10}%，至少 ${form.plan.minimum} 通，按通话编号抽，不由人挑；${form.passMark} 分合格。`}
          <button type="button" className="ui-link" onClick={onForm}>{`${form.title} 第 ${form.version} 版`}</button>
        </p>
      )}
      {!read.value && !read.error && <LoadingState what="抽中的通话" />}
      {read.value && <ReviewList rows={read.value.items} isOwn={false} isDimmed={read.isLoading} onListKey={onListKey} />}
    </>
  )
}

function MineTab() {
  const read = useQuery('quality.mine', {})
  useReloadOnNews(read.reload)
  return (
    <>
      {read.error && <CodedError error={read.error} onRetry={read.reload} />}
      {!read.value && !read.error && <LoadingState what="我的质检" />}
      {read.value && <ReviewList rows={read.value.items} isOwn isDimmed={read.isLoading} />}
    </>
  )
}

function useReloadOnNews(reload: () => void): void {
  const changedAt = useTopic('quality.changed')?.changedAt
  useEffect(() => {
    if (changedAt) reload()
  }, [changedAt, reload])
}
