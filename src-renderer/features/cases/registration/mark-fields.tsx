import { Checkbox } from 'antd'
import { AgentsSelect } from '../agents-select'
import { FilesField } from '../workspace/forms/files-field'
import { RegistrationLine, type RegistrationPartProps } from './registration-line'

/** 紧急: how it goes on. A call has degrees of it instead (`call/reception-fields`). */
export function UrgentMark({ draft, change }: Pick<RegistrationPartProps, 'draft' | 'change'>) {
  return (
    <RegistrationLine
      title="紧急程度"
      fields={['isUrgent']}
      hint={draft.isUrgent ? '值班长、指挥长和派遣员的「紧急」队列立刻看到；登记后可直接「紧急立案」，不经预立案' : undefined}
    >
      <Checkbox checked={draft.isUrgent} onChange={({ target }) => change({ isUrgent: target.checked })}>
        紧急（危及人身或公共安全）
      </Checkbox>
    </RegistrationLine>
  )
}

/** 敏感, 回避: marks that change who sees the case; each says what it does. */
export function MarkFields({ draft, change }: RegistrationPartProps) {
  return (
    <>
      <RegistrationLine
        title="敏感"
        fields={['isSensitive']}
        hint={draft.isSensitive ? '登记后只有平台主管和助理看得到，您也看不到' : undefined}
      >
        <Checkbox checked={draft.isSensitive} onChange={({ target }) => change({ isSensitive: target.checked })}>
          敏感投诉
        </Checkbox>
      </RegistrationLine>
      <AgentsField draft={draft} change={change} />
    </>
  )
}

/** Whom the complaint names 投诉对象: by account number, people on duty offered. The case then goes to the shift lead. */
function AgentsField({ draft, change }: Pick<RegistrationPartProps, 'draft' | 'change'>) {
  const isNamed = draft.namedAgents.length > 0
  return (
    <RegistrationLine
      title="投诉坐席"
      fields={['namedAgents']}
      hint={isNamed ? '被投诉人与受理席看不到，由值班长受理（回避）' : '投诉本中心人员时填工号'}
    >
      <AgentsSelect className="reg-short" value={draft.namedAgents} onChange={(namedAgents) => change({ namedAgents })} />
    </RegistrationLine>
  )
}

/** Photos go on their way at once, or wait with the case while the centre is away. */
export function PhotosField({ draft, change }: Pick<RegistrationPartProps, 'draft' | 'change'>) {
  return (
    <div className="reg-photos" data-fields="photoIds">
      <FilesField
        name="photoIds"
        title="照片"
        purpose="report"
        input={{ photoIds: [...draft.photoIds] }}
        change={({ photoIds }) => change({ photoIds: photoIds ?? [] })}
      />
    </div>
  )
}
