import type { ChildProcess } from 'node:child_process'

/** Everything that a command said, and a promise of a line that matches. */
export function listen(child: ChildProcess) {
  let said = ''
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => {
      said += text
      for (const look of waiting) look()
    })
  const match = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(said)
        if (found) resolve(found)
      }
      waiting.add(look)
      look()
      child.once('exit', (code) => reject(new Error(`ended with ${code} and said: ${said}`)))
    })
  return { match, all: () => said }
}
