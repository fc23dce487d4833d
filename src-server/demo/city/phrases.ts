/**
 * Words for the demonstration's cases: what callers and collectors say, what seats note down, what departments and reviewers answer. Sentences are
 * put together from the handbook's own conditions and invented turns of phrase; no sentence is taken from a real case. It knows nothing of case states.
 */
import type { ReferenceDocument } from '#shared/contracts/reference'
import type { Chance } from './random'

type Entry = ReferenceDocument<'handbook'>['entries'][number]
type Lines = readonly [string, ...string[]]

/** Who noticed it: a caller on the hotline, a collector on the street, a seat at the cameras. */
export type Voice = 'caller' | 'collector' | 'camera'

const openings: Readonly<Record<Voice, Lines>> = {
  caller: ['市民来电反映：', '来电人称，', '居民反映，', '市民通过热线举报：'],
  collector: ['巡查发现，', '采集员在巡查中发现：', '例行巡查时看到，'],
  camera: ['视频巡查发现，', '监控画面中可见：', '轮巡到该点位时发现，'],
}

const since: Lines = ['今早开始', '昨天傍晚起', '已有两三天', '近一周一直', '刚刚发生', '上周就有了']
const nearby: Lines = ['附近', '门前', '路口东侧', '对面人行道', '北侧', '公交站旁', '小区入口处']

/** By the first two digits of an event's code; components and their faults (01 to 05) share one list. */
const effects: Readonly<Record<string, Lines>> = {
  '06': ['味道大，过往居民意见较多', '影响周边环境', '行人只能绕行', '附近住户多次反映'],
  '07': ['影响街面观瞻', '遮挡视线', '清了又贴'],
  '08': ['晚间仍在施工，影响休息', '过往车辆带泥', '行人通行不便', '粉尘较大'],
  '09': ['人行道基本走不过去', '上下班时段拥堵', '学生放学通行不便', '商户劝说后又摆出来'],
  '10': ['行人车辆容易滑倒', '存在安全隐患'],
}
const componentEffects: Lines = ['夜间看不清，容易出事', '车辆经过有响声', '行人绕行', '存在安全隐患', '附近没有警示标志']

const requests: Lines = ['希望尽快处理。', '请派人到现场查看。', '盼早日解决。', '请相关单位核实处置。']

/** The fault of a component is told by the component's own name. */
const subjectOf = ({ name }: Entry): string => name.replace(/异常(SOS)?$/, '$1')

/** E.g. `市民来电反映：友协大街98号门前道路破损，坑深足以伤车绊人，今早开始，行人只能绕行。希望尽快处理。` */
export function problemText(entry: Entry, placeName: string, voice: Voice, chance: Chance): string {
  const condition = chance.pick(entry.conditions as [Entry['conditions'][number]]).text.replace(/。$/, '')
  const known = entry.subclassCode.slice(0, 2)
  const effect = chance.pick(effects[known] ?? componentEffects)
  const subject = subjectOf(entry)
  const what = condition.includes(subject) ? condition : `${subject}，${condition}`
  const middle = voice === 'caller' ? `，${chance.pick(since)}，${effect}。${chance.pick(requests)}` : `，${effect}。`
  return `${chance.pick(openings[voice])}${placeName}${chance.pick(nearby)}${what}${middle}`
}

/** What somebody notes when a case moves on. */
export const opinions = {
  file: ['三要素齐全，属立案范围，予以立案。', '经核实情况属实，立案。', '照片、位置清楚，符合立案条件，立案派遣。'],
  decline: ['不属于城市管理受理范围，不予立案，已向来电人说明。', '现场未见所述问题，不予立案。', '与在办案卷重复，并入原案卷。'],
  dispatch: ['请按时限到场处置，完工拍照回传。', '责任清楚，派遣处置。', '请先设警示再处理，注意现场安全。'],
  verify: ['到场核实，问题存在，已拍照。', '核实属实，位置略有偏差，已更正。', '到场未发现所述问题。'],
  check: ['核查通过，现场已恢复。', '处置到位，前后照片角度一致。', '仍有残留，建议返工。'],
  rework: ['处置不彻底，请返工并重新拍照。', '处置照片与原位置不符，退回重办。'],
  urge: ['距时限不足一半，请抓紧处置。', '来电人再次催问，请尽快反馈进度。'],
  sendBack: ['权属不在本单位，申请回退并附权属说明。', '位置在辖区以外，请改派。'],
  extend: ['需开挖施工，申请延期。', '配件订货中，已设围挡，申请延期。'],
  suspend: ['冬季无法修补路面，申请缓办至开春。', '涉及产权纠纷，申请缓办。'],
  close: ['核查通过，准予结案。', '处置完成，资料齐全，结案。'],
} as const satisfies Readonly<Record<string, Lines>>

/** What a department reports after its work; ends with the handbook's closing condition. */
export function handlingText(entry: Entry, chance: Chance): string {
  return `${chance.pick(['已到场处置。', '维修人员已完工。', '已组织人员清理整改。', '当日处理完毕。'])}${entry.closing}`
}

/** What is said to the caller afterwards. */
export function replyText(entry: Entry, departmentName: string, chance: Chance): string {
  const opening = chance.pick(['您好，', '感谢您的来电，', '您反映的问题有结果了：'])
  const ending = chance.pick(['如仍有问题请再拨打 12319。', '欢迎继续监督。', '谢谢您对城市管理的支持。'])
  return `${opening}关于${subjectOf(entry)}的问题，${departmentName}已处理完毕。${ending}`
}

/** What a caller says when called back. */
export const followUps: Readonly<Record<'satisfied' | 'neutral' | 'dissatisfied' | 'notReached', Lines>> = {
  satisfied: ['处理很快，满意。', '现场已恢复，表示感谢。', '满意，没有其他意见。'],
  neutral: ['已处理，但等得有点久。', '基本解决，希望常来检查。'],
  dissatisfied: ['来人看过又反复，不满意。', '只清理了一部分，要求继续处理。'],
  notReached: ['电话无人接听，稍后再拨。', '号码停机，无法回访。'],
}
