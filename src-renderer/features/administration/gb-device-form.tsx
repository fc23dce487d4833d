import { ModalForm, type ProFormInstance, ProFormSwitch, ProFormText } from '@ant-design/pro-components'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { GbDevice } from '#shared/contracts/gb-shapes'
import { useBridge } from '../../bridge/react'
import { FormKeys } from '../../ui/form-keys'
import { CodedError } from '../../ui/states'

interface Fields {
  readonly deviceId: string
  readonly name: string
  readonly password?: string
  readonly isEnabled: boolean
}

/** A device that may register: its code and the password that is typed into it. The centre keeps a digest of the password, nobody reads it again. */
export function GbDeviceForm({
  device,
  newId,
  onClose,
  onSaved,
  onStale,
}: {
  readonly device: GbDevice | null
  readonly newId: string
  onClose(): void
  onSaved(device: GbDevice): void
  onStale(): void
}) {
  const { call } = useBridge()
  const form = useRef<ProFormInstance<Fields>>(undefined)
  const [error, setError] = useState<AppError>()
  const initial = useMemo(
    () => ({ deviceId: device?.deviceId ?? newId, name: device?.name ?? '', password: '', isEnabled: device?.isEnabled ?? true }),
    [device, newId],
  )
  useEffect(() => {
    form.current?.setFieldsValue(initial)
  }, [initial])

  async function save({ deviceId, name, password = '', isEnabled }: Fields): Promise<boolean> {
    const answer =
      device === null
        ? await call('gbDevices.create', { deviceId, name, password })
        : await call('gbDevices.update', {
            ...{ deviceId: device.deviceId, version: device.version, name, isEnabled },
            ...(password !== '' && { password }),
          })
    setError(answer.ok ? undefined : answer.error)
    if (answer.ok) onSaved(answer.value)
    else if (answer.error.code === 'record/stale') onStale()
    return answer.ok
  }

  return (
    <ModalForm<Fields>
      open
      title={device ? `修改“${device.name}”` : '登记国标设备'}
      width={480}
      layout="horizontal"
      labelCol={{ flex: '80px' }}
      formRef={form}
      initialValues={initial}
      autoFocusFirstInput
      modalProps={{ onCancel: onClose, mask: { closable: false }, destroyOnHidden: true }}
      submitter={{ searchConfig: { submitText: device ? '保存 Ctrl+Enter' : '登记 Ctrl+Enter', resetText: '取消 Esc' } }}
      onFinish={save}
    >
      <FormKeys formRef={form}>
        {error && <CodedError error={error} />}
        <ProFormText
          name="deviceId"
          label="国标编码"
          disabled={device !== null}
          placeholder="20 位数字，与设备上填的一致"
          rules={[{ required: true, pattern: /^\d{20}$/, message: '20 位数字' }]}
        />
        <ProFormText
          name="name"
          label="名称"
          placeholder="如 解放路录像机"
          rules={[{ required: true, whitespace: true, max: 40, message: '填名称，不超过 40 字' }]}
        />
        <ProFormText.Password
          name="password"
          label="注册口令"
          placeholder={device ? '不改就留空' : '与设备上填的一致'}
          fieldProps={{ autoComplete: 'new-password' }}
          extra="中心只存校验值，口令看不到也找不回，忘了就重录。"
          rules={[{ required: device === null, pattern: /^[!-~]{6,64}$/, message: '6 至 64 位字母、数字或符号' }]}
        />
        {device && (
          <ProFormSwitch
            name="isEnabled"
            label="状态"
            checkedChildren="在用"
            unCheckedChildren="停用"
            extra="停用后设备不能注册，正看的画面随即断开；目录和台账都保留。"
          />
        )}
      </FormKeys>
    </ModalForm>
  )
}
