import { Button } from 'antd'
import type { CallerKnown } from '#shared/contracts/caller-shapes'
import type { CallerView } from '#shared/contracts/seat-api/caller-views'
import { endingWords } from '#shared/domain/call/ending'
import { kindOf, writeNumber } from '#shared/domain/call/number'
import { wrapUpCodes } from '#shared/domain/call/wrap-up'
import { followUpOutcomes } from '#shared/domain/case/inputs'
import { joinable, type KnownName, marksOf, maybeReasons, usualName } from '#shared/domain/case/known-caller'
import { caseStates } from '#shared/domain/case/states'
import { useBridge } from '../../../../bridge/react'
import { useNow } from '../../../../bridge/use-now'
import { Lamp } from '../../../../ui/lamp'
import { OpenLink } from '../../../../ui/open-target'
import { SectionTitle } from '../../../../ui/pane-header'
import { formatMoment, formatTimeWithSeconds } from '../../../../ui/time-format'
import { lampOf, remainingWords } from '../../queue/row-words'
import { useCaseSettings } from '../../use-case-settings'
import type { CallInHand } from './use-call-in-hand'
import './call.css'

type Row = CallerKnown['cases'][number]

interface CallerPanelProps {
  readonly call: CallInHand
  readonly caller: CallerView | undefined
  readonly joinedCaseId: string
  /** A report of this call was sent already. */
  readonly isRegistered: boolean
  onJoin(row: Row): void
}

/** 来电人: who it is, what they reported before with open cases on top, and how sure this is. It is there before the call is answered. */
export function CallerPanel({ call, caller, joinedCaseId, isRegistered, onJoin }: CallerPanelProps) {
  const known = caller?.known ?? null
  return (
    <section aria-label="来电人" className="caller">
      <SectionTitle title="来电人" meta={<CallerState caller={caller} />} />
      <CallerHead call={call} known={known} isRegistered={isRegistered} />
      {known && (
        <>
          <SectionTitle title="历史诉求" meta={historyWords(known)} />
          {known.cases.length === 0 && <p className="reg-empty">没有以前的案卷。</p>}
          <ul className="reg-list">
            {known.cases.map((row) => (
              <CaseLine key={row.caseId} row={row} isJoined={row.caseId === joinedCaseId} onJoin={onJoin} />
            ))}
          </ul>
          <Maybes known={known} joinedCaseId={joinedCaseId} onJoin={onJoin} />
          <EarlierCalls calls={known.calls} total={known.callTotal} />
        </>
      )}
    </section>
  )
}

/** Where it comes from and how old it is, in words. */
function CallerState({ caller }: { readonly caller: CallerView | undefined }) {
  const { call } = useBridge()
  if (!caller || caller.from === 'none') return <>没有号码可查</>
  const age = caller.readAt === null ? '还没向中心取过' : `${formatTimeWithSeconds(caller.readAt)} 取得`
  if (caller.isAsking) return <>{caller.from === 'seat' ? `本机所存（${age}），正在问中心…` : '正在问中心…'}</>
  if (caller.reason === null) return <>{caller.from === 'centre' ? `中心 ${age}` : `本机所存，${age}`}</>
  return (
    <>
      <span title={caller.reason}>
        <Lamp tone="late" label="" /> 中心没有回答，本机所存（{age}）
      </span>{' '}
      <button type="button" className="ui-link" onClick={() => void call('callers.lookUp', { callId: caller.callId })}>
        再查
      </button>
    </>
  )
}

const kinds = { mobile: '手机', landline: '固话', short: '内线', foreign: '境外' } as const

function CallerHead({
  call,
  known,
  isRegistered,
}: {
  readonly call: CallInHand
  readonly known: CallerKnown | null
  readonly isRegistered: boolean
}) {
  const now = useNow(30_000)
  const name = known && usualName(known.names)
  const marks = known ? marksOf(known, now) : []
  const { number, isWithheld, ended } = call
  return (
    <div className="caller-head">
      <span className="caller-number">
        <b>{isWithheld ? '号码未送' : number === null ? '无号码' : writeNumber(number)}</b>
        {number !== null && <span className="cases-quiet">{kinds[kindOf(number)]}</span>}
        {name && <span>{nameWords(name)}</span>}
      </span>
      {known && !name && known.names.length > 1 && <span>登记过：{known.names.map((each) => each.name).join('、')}，请先问称呼</span>}
      {isWithheld && <span>来电人没有送号码：问清联系电话，不愿留的勾「不愿留号」。</span>}
      {call.caseNo !== null && (
        <span>
          随转来的案卷 <OpenLink target={{ search: call.caseNo }}>{call.caseNo}</OpenLink>
        </span>
      )}
      {call.wasResumed && <span>程序重启过，通话和写到一半的登记表都接上了。</span>}
      {ended && (
        <span>
          {endingWords(ended)}，{isRegistered ? '这通来电已登记；还有一件就接着写。' : '登记表还在，写完再提交。'}
        </span>
      )}
      {known?.lastFollowUp && (
        <span className="cases-quiet">
          上次回访 {formatMoment(known.lastFollowUp.at, now)}：{followUpOutcomes[known.lastFollowUp.outcome]}
        </span>
      )}
      {marks.length > 0 && (
        <span className="caller-marks">
          {marks.map(({ id, tone, words }) => (
            <span key={id} className="caller-mark">
              {tone !== 'plain' && <Lamp tone={tone} label="" />} {words}
            </span>
          ))}
        </span>
      )}
    </div>
  )
}

const nameWords = ({ name, gender }: KnownName): string =>
  gender === 'unknown' || /先生|女士/.test(name) ? name : `${name}（${gender === 'male' ? '先生' : '女士'}）`

function historyWords({ cases, total }: CallerKnown): string {
  const open = cases.filter(({ endedAt }) => endedAt === null).length
  return `${total} 件，未结 ${open}${total > cases.length ? `；只列 ${cases.length} 件` : ''}`
}

function CaseLine({
  row,
  note,
  isJoined,
  onJoin,
}: {
  readonly row: Row
  readonly note?: string
  readonly isJoined: boolean
  onJoin(row: Row): void
}) {
  const now = useNow(30_000)
  const calendar = useCaseSettings()?.calendar
  const isOpen = row.endedAt === null
  return (
    <li>
      <span className="reg-list-head">
        {isOpen ? <Lamp tone={lampOf(row, now)} label="" /> : <span aria-hidden="true">✓</span>}
        <OpenLink target={{ caseId: row.caseId }}>{row.subclassName || '未定小类'}</OpenLink>
        <span className="reg-list-words">{row.address}</span>
        <span className="ui-spring" />
        <span className={isOpen ? '' : 'cases-quiet'}>
          {isOpen && calendar
            ? remainingWords(row, calendar, now)
            : `${formatMoment(row.endedAt ?? row.beganAt, now)} ${caseStates[row.state].name}`}
        </span>
        {joinable(row) && (
          <Button size="small" className="caller-join" type={isJoined ? 'primary' : 'default'} onClick={() => onJoin(row)}>
            {isJoined ? '已并入' : '并入'}
          </Button>
        )}
      </span>
      {(isOpen || note !== undefined) && (
        <span className="reg-list-words cases-quiet">
          {[isOpen ? `${row.caseNo}　${caseStates[row.state].name}` : undefined, row.urges > 0 ? `催过 ${row.urges} 次` : undefined, note]
            .filter(Boolean)
            .join('　')}
        </span>
      )}
    </li>
  )
}

/** Guesses are never mixed with what is known. */
function Maybes({ known, joinedCaseId, onJoin }: { readonly known: CallerKnown; readonly joinedCaseId: string; onJoin(row: Row): void }) {
  if (known.maybes.length === 0) return null
  return (
    <>
      <SectionTitle title="可能是同一人" meta="未必是，问清再用" />
      <ul className="reg-list">
        {known.maybes.map(({ row, reason }) => (
          <CaseLine key={row.caseId} row={row} note={maybeReasons[reason]} isJoined={row.caseId === joinedCaseId} onJoin={onJoin} />
        ))}
      </ul>
    </>
  )
}

const callsShown = 4

function EarlierCalls({ calls, total }: { readonly calls: CallerKnown['calls']; readonly total: number }) {
  const now = useNow(30_000)
  if (calls.length === 0) return null
  return (
    <>
      <SectionTitle title="以前的来电" meta={`${total} 通`} />
      <ul className="reg-list">
        {calls.slice(0, callsShown).map(({ callId, startedAt, answeredAt, direction, agentName, wrapUpCode }) => (
          <li key={callId}>
            <span className="reg-list-head">
              {formatMoment(startedAt, now)} {direction === 'incoming' ? '呼入' : '呼出'}
              <span className="ui-spring" />
              <span className="cases-quiet">
                {answeredAt === null ? '未接' : [wrapUpCode && wrapUpCodes[wrapUpCode].name, agentName].filter(Boolean).join('，')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
