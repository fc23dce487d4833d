import type { EpochMs } from '#shared/base/clock'
import type { HandoverFacts, HandoverItem } from '#shared/domain/shift/handover-facts'

/** A forenoon at a centre, as the core would have gathered it. People and cases are invented. */
const minute = 60_000
const hour = 60 * minute

type Given = Pick<HandoverItem, 'section' | 'tone' | 'title' | 'detail' | 'ownerName'> & {
  readonly ago: number
  readonly left?: number
  readonly carried?: number
}

const given: readonly Given[] = [
  { section: 'attendance', tone: 'green', title: '沈玉梅 值班长', detail: '坐席 01', ownerName: '沈玉梅', ago: 352 * minute },
  { section: 'attendance', tone: 'green', title: '杨雪 受理员', detail: '坐席 03', ownerName: '杨雪', ago: 350 * minute },
  { section: 'attendance', tone: 'green', title: '吕明哲 派遣员', detail: '坐席 05', ownerName: '吕明哲', ago: 348 * minute },
  { section: 'equipment', tone: 'green', title: '中心', detail: '在线', ownerName: '', ago: 0 },
  {
    section: 'equipment',
    tone: 'amber',
    title: '大屏 12 格中第 11 格通道满，已报修',
    detail: '设备',
    ownerName: '丁一凡',
    ago: 101 * minute,
  },
  { section: 'dutyLog', tone: 'none', title: '采集员 2 人支援联盟街道', detail: '事件', ownerName: '沈玉梅', ago: 81 * minute },
  { section: 'dutyLog', tone: 'none', title: '区里调阅友协画面 12 分钟', detail: '来访', ownerName: '丁一凡', ago: 152 * minute },
  { section: 'dutyLog', tone: 'none', title: '早市占道劝离，转城管中队', detail: '事件', ownerName: '吕明哲', ago: 175 * minute },
  {
    section: 'special',
    tone: 'red',
    title: '上水井盖：联盟大街 118 号燃气井盖缺失',
    detail: '2026112000312',
    ownerName: '燃气公司',
    ago: 190 * minute,
    left: -35,
  },
  {
    section: 'openItems',
    tone: 'red',
    title: '占道经营：保国菜市场北门',
    detail: '2026111800312',
    ownerName: '城管中队',
    ago: 51 * hour,
    left: -35,
    carried: 3,
  },
  {
    section: 'openItems',
    tone: 'amber',
    title: '道路破损：渤海三路',
    detail: '2026111600208',
    ownerName: '市政处',
    ago: 94 * hour,
    left: 80,
    carried: 2,
  },
  {
    section: 'openItems',
    tone: 'amber',
    title: '区长信箱回复稿待签发',
    detail: '交班人写明',
    ownerName: '范丽',
    ago: 26 * hour,
    carried: 1,
  },
  { section: 'missedCalls', tone: 'amber', title: '漏接来电回拨 150****0863', detail: '', ownerName: '', ago: 183 * minute },
]

export function fakeFacts(at: EpochMs): HandoverFacts {
  const column = (queue: string, title: string, before: number, now: number, amber: number, red: number) => ({
    queue,
    title,
    before,
    now,
    amber,
    red,
  })
  return {
    cut: { at, log: {}, eventSeq: 4811 },
    cases: [
      column('toFile', '待立案', 4, 5, 1, 0),
      column('toClose', '待结案', 7, 4, 0, 0),
      column('requests', '申请待批', 2, 3, 1, 1),
      column('emergencies', '紧急', 0, 1, 0, 1),
      column('deferred', '缓受理', 1, 1, 0, 0),
    ],
    flow: {
      ...{ countedBy: 'centre', isWhole: true, since: at - 6 * hour, open: 214 },
      counts: { registered: 63, reopened: 1, closed: 48, otherwiseEnded: 7, filed: 55, dispatched: 52 },
    },
    items: given.map(({ ago, left, carried = 0, ...rest }, index) => ({
      ...rest,
      itemId: `fake/${index}`,
      since: at - ago,
      dueAt: left === undefined ? null : at + left * minute,
      carried,
    })),
  }
}
