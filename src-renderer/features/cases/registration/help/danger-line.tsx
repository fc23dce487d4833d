import { Button } from 'antd'
import { dangerIn } from '#shared/domain/proposals/emergency'
import { Kbd } from '../../../../ui/kbd'
import { Lamp } from '../../../../ui/lamp'
import { RegistrationLine, type RegistrationPartProps } from '../registration-line'

/** Words of danger propose 紧急; submitting then tells the shift lead at once. Somebody decides, and may say no by going on. */
export function DangerLine({ draft, onTake }: Pick<RegistrationPartProps, 'draft'> & { onTake(): void }) {
  const danger = dangerIn(`${draft.cause} ${draft.course}`)
  if (!danger || draft.isUrgent) return null
  return (
    <RegistrationLine title="紧急？" fields={[]} hint="登记时值班长立刻收到；危及人身的请来电人同时拨 110、119、120">
      <span className="reg-danger" role="status">
        <Lamp tone="red" label="" /> <b>{danger.title}</b> 据“{danger.words}”
      </span>
      <Button size="small" type="dashed" danger onClick={onTake}>
        按紧急件办 <Kbd>Alt+W</Kbd>
      </Button>
    </RegistrationLine>
  )
}
