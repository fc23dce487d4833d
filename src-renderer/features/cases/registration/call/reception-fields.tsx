import { Button, Checkbox, Input, Radio } from 'antd'
import {
  type CallClass,
  callClasses,
  callClassIds,
  isConfidentialAtFirst,
  type ReplyMethod,
  replyMethodIds,
  replyMethods,
  type Urgency,
  urgencies,
  urgencyIds,
} from '#shared/domain/case/reception'
import { Kbd } from '../../../../ui/kbd'
import { RegistrationLine, type RegistrationPartProps } from '../registration-line'

type Part = Pick<RegistrationPartProps, 'draft' | 'change'>

/** 诉求类别: chosen before the class of the problem, because it decides whether there is a case at all. */
export function CallClassField({ draft, change }: Part) {
  const chosen = draft.callClass === '' ? undefined : callClasses[draft.callClass]
  return (
    <RegistrationLine title="诉求类别" fields={['callClass']} isDue hint={chosen?.handling}>
      <Radio.Group
        size="small"
        optionType="button"
        aria-label="诉求类别"
        value={draft.callClass}
        options={callClassIds.map((value) => ({ value, label: callClasses[value].name }))}
        onChange={({ target }) => {
          const callClass = target.value as CallClass
          change({ callClass, ...(isConfidentialAtFirst(callClass) && { isConfidential: true }) })
        }}
      />
    </RegistrationLine>
  )
}

/** Where the caller is, and whether the name stays secret: the first is not where it happened, and is never taken for it. */
export function CallerPlaceField({ draft, change }: Part) {
  return (
    <RegistrationLine title="来电人在" fields={['callerPlace', 'isConfidential']} hint="不是事发地；同在一处可不填">
      <Input
        size="small"
        aria-label="来电人所在"
        className="reg-short"
        maxLength={200}
        value={draft.callerPlace}
        onChange={({ target }) => change({ callerPlace: target.value })}
      />
      <Checkbox checked={draft.isConfidential} onChange={({ target }) => change({ isConfidential: target.checked })}>
        要求保密
      </Checkbox>
    </RegistrationLine>
  )
}

export function UrgencyField({ draft, change }: Part) {
  return (
    <RegistrationLine
      title="紧急程度"
      fields={['isUrgent', 'urgency']}
      hint={draft.isUrgent ? `${urgencies[draft.urgency].meaning}；登记后值班长立刻看到，可直接「紧急立案」` : undefined}
    >
      <Radio.Group
        size="small"
        optionType="button"
        aria-label="紧急程度"
        value={draft.isUrgent && draft.urgency === 'ordinary' ? 'urgent' : draft.urgency}
        options={urgencyIds.map((value) => ({ value, label: urgencies[value].name }))}
        onChange={({ target }) => change({ urgency: target.value as Urgency, isUrgent: target.value !== 'ordinary' })}
      />
    </RegistrationLine>
  )
}

export function ReplyFields({ draft, change }: Part) {
  return (
    <>
      <RegistrationLine title="回复方式" fields={['replyMethod']} hint={draft.wantsReply ? undefined : '没有要求回复'}>
        <Radio.Group
          size="small"
          optionType="button"
          aria-label="回复方式"
          disabled={!draft.wantsReply}
          value={draft.wantsReply ? draft.replyMethod : undefined}
          options={replyMethodIds.map((value) => ({ value, label: replyMethods[value] }))}
          onChange={({ target }) => change({ replyMethod: target.value as ReplyMethod })}
        />
      </RegistrationLine>
      <RegistrationLine title="核实要求" fields={['requirement']}>
        <Input
          size="small"
          aria-label="核实要求"
          maxLength={200}
          placeholder="要监督员看清什么，可不填"
          value={draft.requirement}
          onChange={({ target }) => change({ requirement: target.value })}
        />
      </RegistrationLine>
    </>
  )
}

/** 关联案卷: this call says more about a case that is there; it becomes a word in that case's history and no case of its own. */
export function JoinedField({ draft, change }: Part) {
  if (draft.joinCaseId === '') return null
  return (
    <RegistrationLine title="并入案卷" fields={['joinCaseId']} hint="提交后在该案留一条「来电人再次来电」，不另立案">
      <b className="reg-joined">{draft.joinCaseNo}</b>
      <Button size="small" onClick={() => change({ joinCaseId: '', joinCaseNo: '' })}>
        撤回 <Kbd>Alt+R</Kbd>
      </Button>
    </RegistrationLine>
  )
}
