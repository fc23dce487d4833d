import { App, Button, Popover, Typography } from 'antd'
import { useState } from 'react'
import type { OutputOfCommand } from '#shared/contracts/seat-api/table'
import { mayCall } from '../../../bridge/permissions'
import { useBridge, useTopic } from '../../../bridge/react'
import { useNow } from '../../../bridge/use-now'
import { formatMoment } from '../../../ui/time-format'

/** 传照片链接 for a caller: made when asked for, shown here once, copied into a message. Another press makes another one. */
export function CitizenLink({ caseId }: { readonly caseId: string }) {
  const { call } = useBridge()
  const { message } = App.useApp()
  const role = useTopic('session.changed')?.agent?.role
  const now = useNow(60_000)
  const [link, setLink] = useState<OutputOfCommand<'citizenLinks.create'>>()
  if (!mayCall('citizenLinks.create', role)) return null
  async function create(): Promise<void> {
    const answer = await call('citizenLinks.create', { caseId })
    if (answer.ok) setLink(answer.value)
    else void message.error(answer.error.message)
  }
  return (
    <Popover
      trigger="click"
      open={link !== undefined}
      onOpenChange={(isOpen) => !isOpen && setLink(undefined)}
      title="传照片的一次性链接"
      content={
        link && (
          <div className="reg-link">
            <Typography.Text copyable={{ text: link.url, tooltips: ['复制', '已复制'] }}>{link.url}</Typography.Text>
            <p>{`发给来电人：只能用一次，最多 ${link.most} 张，${formatMoment(link.expiresAt, now)} 前有效。关掉后不再显示。`}</p>
          </div>
        )
      }
    >
      <Button size="small" type="text" className="reg-join" onClick={() => void create()}>
        照片链接
      </Button>
    </Popover>
  )
}
