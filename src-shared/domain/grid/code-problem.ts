/**
 * Why a code is not accepted. `code` is for programs, `explanation` a Chinese sentence for the person who typed it; whoever refuses an input puts
 * it into the error of their own.
 */
export interface CodeProblem<Code extends string> {
  readonly code: Code
  readonly explanation: string
}

/** A code as people paste it: full-width digits made plain, spaces and hyphens between the groups removed. */
export function plainCode(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '')
}

/** Whether a plain code is of digits alone; anything else was not meant as one. */
export const isDigits = (text: string): boolean => /^\d+$/.test(text)
