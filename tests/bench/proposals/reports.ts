/**
 * A month of reports whose place, class and time are the generator's, told in sentences that nothing was trained on: the conditions of the handbook that
 * stand in them were taken out of the training (handbook and every case that quotes them), beginnings and ends are lists of this file, half of what
 * citizens have a way of saying (`colloquial.ts`) is said so, by a sentence that stands in no case before, and a few characters are lost as in fast
 * typing. What both have in common is what there is to learn: the names of things and the words for what is wrong with them.
 */
import { casesOfDay } from '#server/demo/cases/day'
import type { CaseWorld, Entry } from '#server/demo/cases/world'
import { type Chance, chanceOf } from '#server/demo/city/random'
import type { CaseFacts } from '#shared/domain/case/facts'
import { caseSources } from '#shared/domain/case/states'
import { everydayWords } from '#shared/domain/proposals/everyday-words'
import { colloquial } from './colloquial'

export interface Report {
  readonly facts: CaseFacts
  readonly at: number
  readonly text: string
  readonly isColloquial: boolean
  /** A citizen's sentence that holds no everyday word of three signs or more: what the model says of it, it did not get word for word. */
  readonly isApart: boolean
}

const words = [...new Set(Object.values(everydayWords).flatMap((list) => list.split('，')))].filter((word) => Array.from(word).length >= 3)

const beginnings = ['喂你好，', '', '我想问一下，', '我住这附近，', '麻烦记一下，', '你们能不能管管，', '我跟你说啊，', '刚路过看见，']
const places = ['这边', '旁边', '后身', '道口', '那块儿', '跟前', '']
const ends = [
  '，你们赶紧来人看看吧',
  '，都没人管',
  '，打了好几次电话了',
  '，我家老人差点出事',
  '，天天这样',
  '，拍照片了',
  '',
  '，谢谢啊',
  '，不知道找谁',
]
const fillers = ['那个', '就是', '嗯', '啊', '这个']

/** The condition of an entry that is kept from training; none when it has only one. */
export function heldOutCondition(entry: Entry): string | undefined {
  return entry.conditions.length < 2 ? undefined : entry.conditions[digitSum(entry) % entry.conditions.length]?.text
}

const digitSum = ({ subclassCode }: Pick<Entry, 'subclassCode'>): number => [...subclassCode].reduce((sum, digit) => sum + Number(digit), 0)

/** Every third of a citizen's sentences is kept from training. */
const isHeldOut = (entry: Pick<Entry, 'subclassCode'>) => (_: string, at: number) => at % 3 === digitSum(entry) % 3

/**
 * How a case of the months before was written down: half of the citizens' ones in a citizen's own words, of which the month's are kept back, the rest as
 * the generator has it.
 */
export function writtenDown(facts: CaseFacts, chance: Chance): string {
  const said = colloquial[`${facts.kind}/${facts.subclassCode}`]
  if (said === undefined || !caseSources[facts.source].isPublic || chance.next() < 0.5) return facts.description
  const others = said.filter((sentence, at) => !isHeldOut(facts)(sentence, at))
  return `市民来电：${facts.address}${chance.pick(others as [string])}，请处理。`
}

export function* reportsOfDay(world: CaseWorld, day: number, until: number): Generator<Report> {
  const chance = chanceOf(world.seed * 31 + day)
  for (const { beginning, history } of casesOfDay(world, day, until)) {
    const { facts } = beginning
    const entry = world.entryOf(facts.kind, facts.subclassCode)
    if (!entry) continue
    yield { facts, at: history[0]?.at ?? until, ...retold(entry, facts, chance) }
  }
}

export function retold(entry: Entry, facts: CaseFacts, chance: Chance): Pick<Report, 'text' | 'isColloquial' | 'isApart'> {
  const said = colloquial[`${facts.kind}/${facts.subclassCode}`]
  const isColloquial = said !== undefined && chance.next() < 0.5
  const place = facts.address.replace(/附近$/, '')
  const what = isColloquial ? chance.pick(said.filter(isHeldOut(entry)) as unknown as [string]) : official(entry, chance)
  const text = `${chance.pick(beginnings as [string])}${place}${chance.pick(places as [string])}${what}${chance.pick(ends as [string])}`
  return { text: typed(text, chance), isColloquial, isApart: isColloquial && !words.some((word) => what.includes(word)) }
}

/** The words of a condition that was kept from training, with the name of the class in front unless it holds it. */
function official(entry: Entry, chance: Chance): string {
  const condition = (heldOutCondition(entry) ?? chance.pick(entry.conditions as [Entry['conditions'][number]]).text).replace(/。$/, '')
  const name = entry.name.replace(/异常(SOS)?$/, '$1')
  return condition.includes(name) ? condition : chance.next() < 0.5 ? `${name}，${condition}` : `有${name}的情况，${condition}`
}

/** As fast hands write: a character in forty is lost, a filler slips in. */
function typed(text: string, chance: Chance): string {
  const kept = Array.from(text).filter(() => chance.next() > 0.025)
  if (chance.next() < 0.4) kept.splice(chance.below(kept.length), 0, chance.pick(fillers as [string]))
  return kept.join('')
}
