import { pairsOf, runsOf, type TextRun } from '../../base/text-runs'
import type { CaseFacts } from './facts'

/**
 * How the text of cases is cut into tokens for searching, the same for what is searched and for what is asked. Chinese has no spaces, so a run of
 * Han characters gives its single characters and every two neighbours; Latin letters and digits give whole words. Databases are handed finished
 * tokens and cut nothing themselves: SQLite and PostgreSQL then find the same cases.
 */

/** Signs of tokens that are no text: they are punctuation or fold away (NFKC makes `№` into `No`), so no text ever gives one. */
const caseNoSign = '№'
const codeSigns = { department: '§d', subclass: '§c', street: '§s' } as const

/** Longer words are cut: PostgreSQL takes no lexeme beyond 2046 bytes, and nobody types one. */
const longestWord = 40
const fewestCaseNoDigits = 4

const wordOf = ({ characters }: TextRun): string => characters.slice(0, longestWord).join('')

/** Each token of a text once. */
export function tokensOf(text: string): readonly string[] {
  const tokens = runsOf(text).flatMap((run) => (run.isHan ? [...run.characters, ...pairsOf(run)] : [wordOf(run)]))
  return [...new Set(tokens)]
}

/** Neighbouring pairs of Han characters and whole words of a text, each once: what its likeness to another text is measured by. */
export function pairsAndWordsOf(text: string): ReadonlySet<string> {
  return new Set(runsOf(text).flatMap((run) => (run.isHan && run.characters.length > 1 ? pairsOf(run) : [wordOf(run)])))
}

/**
 * Everything that a case is found by: its words, the end of its number, and codes that narrow a search. `departments`: codes of those who have it now,
 * so that an operator's search looks at no others.
 */
export function caseTokens(caseNo: string, facts: CaseFacts, departments: readonly string[]): readonly string[] {
  const { subclassName, subclassCode, streetCode, address, description, gridCode, componentCode, external } = facts
  const texts = [subclassName, address, description, gridCode ?? '', componentCode ?? '', external?.no ?? '']
  const codes = [
    codeToken('subclass', subclassCode),
    ...(streetCode === null ? [] : [codeToken('street', streetCode)]),
    ...departments.map((code) => codeToken('department', code)),
  ]
  return [...new Set([...caseNoTokens(caseNo), ...tokensOf(texts.join('\n')), ...codes])]
}

/** Those of them that its number gives, and with it its day. */
export const caseNoTokens = (caseNo: string): readonly string[] => [...tokensOf(caseNo), `${caseNoSign}${reversed(digitsOf(caseNo))}`]

export const codeToken = (of: keyof typeof codeSigns, code: string): string => `${codeSigns[of]}${code}`

/** One thing that a case must have: the token, or, where the words may be the end of a case number, a token that begins so. */
export interface QueryTerm {
  readonly token: string
  readonly orPrefix: string | null
}

/**
 * What is asked, as terms that must all hold; none when it holds nothing to search for. A Han character alone asks for itself, several for their
 * neighbouring pairs. Four digits or more may also be the last ones of a case number, with or without its hyphen.
 */
export function queryTerms(query: string): readonly QueryTerm[] {
  const tokens = runsOf(query).flatMap((run) => {
    if (!run.isHan) return [wordOf(run)]
    return run.characters.length === 1 ? run.characters : pairsOf(run)
  })
  return [...new Set(tokens)].map((token) => ({ token, orPrefix: caseNoEnd(token) }))
}

function caseNoEnd(token: string): string | null {
  const isEnd = /^[0-9]+$/.test(token) && token.length >= fewestCaseNoDigits
  return isEnd ? `${caseNoSign}${reversed(token)}` : null
}

const digitsOf = (text: string): string => text.replace(/\D/g, '')
const reversed = (text: string): string => Array.from(text).reverse().join('')
