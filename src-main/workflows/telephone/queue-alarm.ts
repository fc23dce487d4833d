import type { EpochMs } from '#shared/base/clock'
import type { QueueNow } from '#shared/contracts/central-api/calls'
import type { Me } from '#shared/contracts/central-api/sessions'
import { type QueueAlarm, queueAlarm } from '#shared/domain/agent/queue-alarm'
import type { NoticeContent, Notices } from '../notices'

/** Tells a shift lead that callers wait and nobody can take them, once for as long as it lasts. Its words hold no numbers: with each it would sound anew. */
export interface QueueAlarmWatch {
  /** Null: the centre does not know the queue. */
  follow(queue: QueueNow | null, me: Pick<Me, 'role'> | undefined): void
  end(): void
}

const key = 'queue/unanswered'

const words: Readonly<Record<QueueAlarm, NoticeContent>> = {
  nobodyReady: {
    ...{ level: 'warning', opens: null, title: '有人在排队，没有坐席能接' },
    text: '在线的坐席都在示忙，或话机不在线。请在首页“坐席状态”里解除置忙、提示示闲，或自己示闲接听。',
  },
  allBusy: {
    ...{ level: 'info', opens: null, title: '坐席全在通话，有人等了 15 秒以上' },
    text: '请看首页“坐席状态”，可请小休、处理案卷的坐席示闲。',
  },
}

export function createQueueAlarmWatch(notices: Pick<Notices, 'raise' | 'settle'>, now: () => EpochMs): QueueAlarmWatch {
  return {
    follow(queue, me) {
      const alarm = queue && me?.role === 'shiftLead' ? queueAlarm(queue, now()) : null
      if (alarm === null) notices.settle(key)
      else notices.raise(key, words[alarm])
    },
    end: () => notices.settle(key),
  }
}
