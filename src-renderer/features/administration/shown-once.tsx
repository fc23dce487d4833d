import { Typography } from 'antd'
import type { HookAPI } from 'antd/es/modal/useModal'

/** Shows a fresh password once. It is kept nowhere: who closes this without passing it on has to reset it again. */
export function showPasswordOnce(modal: HookAPI, person: string, password: string): void {
  modal.success({
    title: `${person} 的新口令`,
    width: 400,
    okText: '已转交，关闭',
    content: (
      <>
        <Typography.Paragraph className="adm-password" copyable={{ text: password }}>
          {password}
        </Typography.Paragraph>
        <p className="ui-meta adm-wrap">只显示这一次，请当面转交；本人首次签入须改口令。</p>
      </>
    ),
  })
}
