import { ModalForm, ProForm, ProFormDependency, type ProFormInstance, ProFormSwitch, ProFormText } from '@ant-design/pro-components'
import { Select } from 'antd'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { OutputOfCommand } from '#shared/contracts/seat-api/table'
import { type RoleId, roleIds, roles } from '#shared/domain/account/role'
import { randomPassword } from '../../bridge/random-password'
import { useBridge } from '../../bridge/react'
import { FormKeys } from '../../ui/form-keys'
import { match } from '../../ui/pinyin-match'
import { CodedError } from '../../ui/states'
import { useDepartments } from './use-departments'

export type Account = OutputOfCommand<'accounts.create'>

interface Fields {
  readonly accountNo: string
  readonly name: string
  readonly roles: RoleId[]
  readonly departmentCode?: string
  readonly workPhone?: string
  readonly isEnabled: boolean
}

export interface AccountFormProps {
  /** Null makes a new account. */
  readonly account: Account | null
  onClose(): void
  onSaved(account: Account, password: string | null): void
  /** Somebody else changed it meanwhile: read it again. */
  onStale(): void
}

const roleOptions = roleIds.map((role) => ({ value: role, label: roles[role] }))

/** Ant Design takes Tab for Enter while the list is open: with nothing typed it would take out again the post that Enter has just chosen. */
function keepChosenRoles(event: KeyboardEvent): void {
  if (event.key === 'Tab' && event.target instanceof HTMLInputElement && event.target.value === '') event.stopPropagation()
}

/** New account, or name, posts and standing of one that is there. A stale version keeps the dialog open with the newest content. */
export function AccountForm({ account, onClose, onSaved, onStale }: AccountFormProps) {
  const { call } = useBridge()
  const form = useRef<ProFormInstance<Fields>>(undefined)
  const departments = useDepartments()
  const [error, setError] = useState<AppError>()
  const initial = useMemo(() => account ?? { accountNo: '', name: '', roles: [], isEnabled: true }, [account])

  useEffect(() => {
    form.current?.setFieldsValue(initial)
  }, [initial])

  async function save(fields: Fields): Promise<boolean> {
    const password = account ? null : randomPassword()
    const { accountNo, name, roles: posts, isEnabled } = fields
    const department = posts.includes('departmentOperator') && fields.departmentCode ? { departmentCode: fields.departmentCode } : {}
    const workPhone = fields.workPhone?.trim() || null
    const answer =
      account === null
        ? await call('accounts.create', {
            accountNo,
            name,
            roles: posts,
            ...department,
            ...(workPhone !== null && { workPhone }),
            password: password ?? '',
          })
        : await call('accounts.update', {
            accountId: account.accountId,
            version: account.version,
            name,
            roles: posts,
            ...department,
            workPhone,
            isEnabled,
          })
    setError(answer.ok ? undefined : answer.error)
    if (answer.ok) onSaved(answer.value, password)
    else if (answer.error.code === 'record/stale') onStale()
    return answer.ok
  }

  return (
    <ModalForm<Fields>
      open
      title={account ? `修改账号 ${account.accountNo} ${account.name}` : '新建账号'}
      width={440}
      layout="horizontal"
      labelCol={{ flex: '72px' }}
      formRef={form}
      initialValues={initial}
      autoFocusFirstInput
      modalProps={{ onCancel: onClose, mask: { closable: false }, destroyOnHidden: true }}
      submitter={{ searchConfig: { submitText: account ? '保存 Ctrl+Enter' : '新建 Ctrl+Enter', resetText: '取消 Esc' } }}
      onFinish={save}
    >
      <FormKeys formRef={form}>
        {error && <CodedError error={error} />}
        <ProFormText
          name="accountNo"
          label="账号"
          disabled={account !== null}
          placeholder="工号，2 至 16 位数字或字母"
          rules={[{ required: true, pattern: /^[0-9A-Za-z]{2,16}$/, message: '2 至 16 位数字或字母' }]}
        />
        <ProFormText name="name" label="姓名" rules={[{ required: true, whitespace: true, max: 40, message: '填姓名，不超过 40 字' }]} />
        <div onKeyDownCapture={keepChosenRoles}>
          <ProForm.Item name="roles" label="岗位" rules={[{ required: true, message: '至少选一个岗位' }]}>
            <Select
              mode="multiple"
              options={[...roleOptions]}
              placeholder="可选几个，支持拼音首字母"
              showSearch={{ filterOption: (typed, option) => match(typed, { text: String(option?.label ?? '') }) !== undefined }}
            />
          </ProForm.Item>
        </div>
        <ProFormDependency name={['roles']}>
          {({ roles: posts = [] }: Partial<Fields>) =>
            posts.includes('departmentOperator') && (
              <ProForm.Item name="departmentCode" label="专业部门" rules={[{ required: true, message: '终端操作员须选所在部门' }]}>
                <Select
                  options={[...departments]}
                  placeholder="名称或拼音首字母"
                  showSearch={{ filterOption: (typed, option) => match(typed, { text: String(option?.label ?? '') }) !== undefined }}
                />
              </ProForm.Item>
            )
          }
        </ProFormDependency>
        <ProFormText
          name="workPhone"
          label="工作电话"
          placeholder="在岗时可从拨号盘找到，如采集员手机"
          // Its clearing button would be a stop of Tab.
          fieldProps={{ allowClear: false }}
          rules={[{ pattern: /^\+?[0-9]{2,20}$/, message: '只填数字，2 至 20 位' }]}
        />
        {account && (
          <ProFormSwitch
            name="isEnabled"
            label="状态"
            checkedChildren="在用"
            unCheckedChildren="停用"
            extra="停用后此人不能签入，已签入的随即失效；记录都保留。"
          />
        )}
        {!account && <p className="ui-meta adm-wrap">口令由程序生成，建好后显示一次。</p>}
      </FormKeys>
    </ModalForm>
  )
}
