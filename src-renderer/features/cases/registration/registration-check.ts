import { isCitizenDue, mayHaveCitizen } from '#shared/domain/case/registration'
import { explainCode } from '#shared/domain/grid/explain-code'
import { parseGridCode } from '#shared/domain/grid/grid-code'
import type { CodeEdition } from '#shared/domain/grid/item-code'
import { hasExternal, positionOf, type RegistrationDraft } from './registration-draft'

/**
 * What keeps a draft from being registered, field by field in reading order, each with a sentence that says what to do. The centre checks the codes
 * again against its own lists; here a mistake is told while the person still looks at it. Pure.
 */
export type RegistrationField = keyof RegistrationDraft

export interface Fault {
  readonly field: RegistrationField
  readonly text: string
}

/** What of the reference data is at hand; empty lists say nothing. */
export interface KnownCodes {
  readonly editions: readonly CodeEdition[]
  readonly grids: ReadonlySet<string>
}

export function faultsOf(draft: RegistrationDraft, known: KnownCodes): readonly Fault[] {
  // A further word about a case that is there needs nothing but the word.
  if (draft.joinCaseId !== '') return blank(draft.course) ? [{ field: 'course', text: '写清来电人这次说了什么。' }] : []
  if (draft.source === '') return [{ field: 'source', text: '先选问题来源。' }]
  const faults: (Fault | false | undefined)[] = [
    ...sourceFaults(draft),
    citizenFault(draft),
    blank(draft.address) && { field: 'address', text: '写清事发位置：路名、门牌或明显建筑。' },
    blank(draft.course) && { field: 'course', text: '写清经过：看到什么、有多严重。' },
    draft.callId !== '' && draft.callClass === '' && { field: 'callClass', text: '选诉求类别：咨询、投诉、举报……' },
    draft.isUrgent && blank(draft.subclassCode) && { field: 'subclassCode', text: '紧急件须定小类，才能直接立案。' },
    componentFault(draft, known),
    !blank(draft.position) &&
      positionOf(draft.position) === undefined && { field: 'position', text: '写成“经度, 纬度”两个数，如 126.6317, 45.6058。' },
    gridFault(draft, known),
    draft.isUrgent && isUnplaced(draft) && { field: 'gridCode', text: '紧急件须有单元网格或坐标，才能直接立案。' },
  ]
  return faults.filter((fault): fault is Fault => typeof fault === 'object')
}

/** What keeps a call from being ended by an answer 当场答复: less than a case needs, for nobody is sent anywhere. */
export function answerFaultsOf(draft: RegistrationDraft): readonly Fault[] {
  const faults: (Fault | false)[] = [
    draft.source === '' && { field: 'source', text: '先选问题来源。' },
    draft.joinCaseId !== '' && { field: 'joinCaseId', text: '已并入另一案卷：用 Ctrl+Enter 并入，或按 Alt+R 撤回再当场答复。' },
    blank(draft.course) && { field: 'course', text: '写下来电人问了什么。' },
    draft.callId !== '' && draft.callClass === '' && { field: 'callClass', text: '选诉求类别：咨询、投诉、举报……' },
    blank(draft.answer) && { field: 'answer', text: '写下答复，或按 Alt+F 引用知识库。' },
    (draft.isSensitive || draft.namedAgents.length > 0) && { field: 'namedAgents', text: '投诉接线员或敏感的不能当场答复办结，请登记。' },
    draft.isUrgent && { field: 'isUrgent', text: '紧急件不能当场答复办结，请登记。' },
  ]
  return faults.filter((fault): fault is Fault => typeof fault === 'object')
}

/** What may be registered without and is due before pre-filing: said beside the button, never in the way. */
export function dueLater(draft: RegistrationDraft): readonly string[] {
  return [
    ...(blank(draft.subclassCode) ? ['小类'] : []),
    ...(isUnplaced(draft) ? ['网格或坐标'] : []),
    ...(draft.photoIds.length === 0 && draft.source !== '' && !mayHaveCitizen(draft.source) ? ['照片'] : []),
  ]
}

function sourceFaults(draft: RegistrationDraft): readonly (Fault | false)[] {
  switch (draft.source) {
    case 'camera':
      return [blank(draft.cameraNo) && { field: 'cameraNo', text: '选探头：案卷要说得出是哪一路看到的。' }]
    case 'leader':
      return [
        blank(draft.instructedBy) && { field: 'instructedBy', text: '写明哪位领导交办。' },
        blank(draft.instruction) && { field: 'instruction', text: '写下批示内容。' },
      ]
    case 'survey':
      return [blank(draft.instructedBy) && { field: 'instructedBy', text: '写明是哪一次专项普查，分类汇总靠它。' }]
    case 'forum':
      return [
        !/^https?:\/\/\S+\.\S+/.test(draft.link.trim()) && { field: 'link', text: '写网页链接，以 https:// 开头：办结后要到原处回复。' },
        draft.photoIds.length === 0 && { field: 'photoIds', text: '粘贴网页截图存证：原帖可能会删。' },
      ]
    case 'cityPlatform':
    case 'hotline12345':
      return [blank(draft.externalNo) && { field: 'externalNo', text: '写对方编号：回传办理情况要用它。' }]
    default:
      return []
  }
}

function citizenFault(draft: RegistrationDraft): Fault | false {
  const { source, number, mayNotBeCalled } = draft
  if (source === '' || !mayHaveCitizen(source)) return false
  const hasCitizen = !blank(draft.citizenName) || !blank(number)
  if (!isCitizenDue({ source, hasCitizen, wantsReply: draft.wantsReply, mayNotBeCalled })) return false
  if (blank(number)) return { field: 'number', text: '写联系电话；来电人不愿留的，勾“不愿留号”。' }
  return !/^[0-9+*#() -]*$/.test(number) && { field: 'number', text: '号码只由数字和 + - ( ) 组成。' }
}

function gridFault({ gridCode, communityCode }: RegistrationDraft, { grids }: KnownCodes): Fault | false {
  if (blank(gridCode)) return false
  const parsed = parseGridCode(gridCode)
  if (!parsed.ok) return { field: 'gridCode', text: parsed.error.explanation }
  if (communityCode !== '' && parsed.value.communityCode !== communityCode) return { field: 'gridCode', text: '这个网格不在所选的社区。' }
  return grids.size > 0 && !grids.has(parsed.value.text) && { field: 'gridCode', text: '没有这个单元网格，请核对。' }
}

function componentFault({ componentCode, standard, kind, subclassCode }: RegistrationDraft, { editions }: KnownCodes): Fault | false {
  if (blank(componentCode) || editions.length === 0) return false
  const text = componentCode.trim()
  if (text.length < 16) return { field: 'componentCode', text: `部件编码 16 或 17 位，这里是 ${text.length} 位。` }
  const read = explainCode(text, editions, standard || undefined)
  if (!read.ok) return { field: 'componentCode', text: read.error.explanation }
  const isOther = kind === 'component' && subclassCode !== '' && text.slice(6, 6 + subclassCode.length) !== subclassCode
  return isOther && { field: 'componentCode', text: `编码里的小类与所选的 ${subclassCode} 不同，请核对。` }
}

const blank = (text: string): boolean => text.trim() === ''
const isUnplaced = ({ gridCode, position }: RegistrationDraft): boolean => blank(gridCode) && positionOf(position) === undefined

/** Fields that a source asks for besides the five elements. */
export function sourceFieldsOf(source: RegistrationDraft['source']): readonly ('camera' | 'external' | 'instruction' | 'citizen')[] {
  if (source === '') return []
  return [
    ...(source === 'camera' ? (['camera'] as const) : []),
    ...(hasExternal(source) ? (['external'] as const) : []),
    ...(source === 'leader' || source === 'survey' ? (['instruction'] as const) : []),
    ...(mayHaveCitizen(source) ? (['citizen'] as const) : []),
  ]
}
