/**
 * Words of a caller that speak of danger to people, now. They propose 紧急 and say which words did; a person decides. What is over, or did not happen,
 * is told by the words in front of it. The list is ours, by the cases that GB/T 30428.2 limits in hours.
 */
const dangers: readonly { readonly words: RegExp; readonly title: string }[] = [
  { words: /(燃气|煤气|天然气)[^，。]{0,6}(泄漏|漏气|漏了|味)/, title: '燃气泄漏' },
  { words: /(着火|起火|冒浓烟|失火|爆炸)/, title: '火情' },
  { words: /(漏电|触电|电线[^，。]{0,6}(掉|断|垂|耷拉)|线缆[^，。]{0,4}(掉|断|垂落))/, title: '带电线缆' },
  { words: /(井盖|井口|雨水篦子)[^，。]{0,8}(丢|没了|不见|缺失|敞)/, title: '井口敞开' },
  { words: /((掉|摔|栽|陷)(进|到|下)[^，。]{0,4}(井|坑|沟|洞)|有人(受伤|掉|摔|被砸))/, title: '有人受伤' },
  { words: /(塌陷|塌了|坍塌|塌方|要倒|快倒了|倒塌)/, title: '塌陷或倒塌' },
  { words: /(爆管|水管爆|自来水[^，。]{0,4}喷|跑水)/, title: '供水爆管' },
  { words: /(砸到人|砸伤|掉下来砸|高空坠|坠落)/, title: '高空坠物' },
]

const denied = /(没有|没|不是|以前|去年|差点|怕|担心|防止)[^，。]{0,3}$/

export interface Danger {
  readonly title: string
  readonly words: string
}

/** The first danger that the text tells of; undefined when it tells of none. */
export function dangerIn(text: string): Danger | undefined {
  for (const { words, title } of dangers) {
    const found = words.exec(text)
    if (found && !denied.test(text.slice(0, found.index))) return { title, words: found[0] }
  }
  return undefined
}
