/** The longest time in which the thread could do nothing else. */
export function watchStalls(): () => number {
  let last = performance.now()
  let worst = 0
  const timer = setInterval(() => {
    worst = Math.max(worst, performance.now() - last - 10)
    last = performance.now()
  }, 10)
  return () => {
    clearInterval(timer)
    return Math.round(worst)
  }
}
